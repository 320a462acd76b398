"""Passkeys: made, used, copied, forged, removed. The authenticator is ours, who verifies is py_webauthn."""

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.accounts.tables import Account, Challenge, Passkey
from tests.backend.accounts.authenticator import PRESENT, Authenticator, b64


async def add(browser: httpx.AsyncClient, passkey: Authenticator, **forged: object) -> httpx.Response:
    options = (await browser.post("/passkeys/options")).json()["options"]
    return await browser.post("/passkeys", json={"credential": passkey.create(options, **forged), "name": "My phone"})


async def sign_in(browser: httpx.AsyncClient, passkey: Authenticator, **forged: object) -> httpx.Response:
    options = (await browser.post("/session/passkey/options")).json()["options"]
    return await browser.post("/session/passkey", json={"credential": passkey.get(options, **forged), "device": "new"})


async def test_a_person_adds_a_passkey_and_signs_in_with_one_touch(town):
    phone, passkey = await town.newcomer(), Authenticator()
    assert (await add(phone, passkey)).status_code == 201

    async with town.browser() as tablet:
        answer = await sign_in(tablet, passkey)
        assert answer.json()["account"] == (await phone.get("/session")).json()["account"]
        assert (await tablet.get("/account")).json()["passkeys"] == 1


async def test_the_browser_is_asked_for_a_passkey_that_shows_itself_and_checks_who_holds_it(town):
    phone = await town.newcomer()
    made = (await phone.post("/passkeys/options")).json()["options"]
    used = (await phone.post("/session/passkey/options")).json()["options"]

    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["authenticatorSelection"]["userVerification"] == used["userVerification"] == "required"
    assert made["rp"]["id"] == used["rpId"] == "localhost"
    assert made["attestation"] == "none"
    assert not used.get("allowCredentials"), "nobody is named before they have proved who they are"


async def test_a_second_passkey_makes_an_account_recoverable_that_has_nothing_else(town):
    phone = await town.newcomer()
    first, second = Authenticator(), Authenticator()
    await add(phone, first)
    await add(phone, second)

    listed = (await phone.get("/passkeys")).json()["passkeys"]
    assert [one["name"] for one in listed] == ["My phone", "My phone"]
    made = (await phone.post("/passkeys/options")).json()["options"]
    assert {one["id"] for one in made["excludeCredentials"]} == {b64(first.credential), b64(second.credential)}


async def test_the_same_passkey_is_not_added_twice(town):
    phone, passkey = await town.newcomer(), Authenticator()
    await add(phone, passkey)

    assert (await add(phone, passkey)).status_code == 409


OTHER_KEY = ec.generate_private_key(ec.SECP256R1())
FORGERIES = {
    "another site's page": {"origin": "https://interlink.example.evil"},
    "another site's passkey": {"rp": "interlink.example.evil"},
    "a challenge of its own": {"challenge": b64(b"chosen by mallory, 32 bytes long")},
    "nobody was verified": {"flags": PRESENT},
    "nobody was there": {"flags": 0},
    "of another kind": {"type": "payment.get"},
}


@pytest.mark.parametrize("forged", [*FORGERIES.values(), {"key": OTHER_KEY}], ids=[*FORGERIES, "signed by another key"])
async def test_a_forged_sign_in_is_refused(town, forged):
    phone, passkey = await town.newcomer(), Authenticator()
    await add(phone, passkey)
    async with town.browser() as mallorys:
        answer = await sign_in(mallorys, passkey, **forged)

        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_passkey")
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
async def test_a_forged_passkey_is_not_kept(town, forged):
    phone = await town.newcomer()
    answer = await add(phone, Authenticator(), **forged)

    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_passkey")
    assert await Passkey.count() == 0


async def test_an_answer_is_good_once(town):
    phone, passkey = await town.newcomer(), Authenticator(counts=False)
    await add(phone, passkey)
    async with town.browser() as tablet:
        options = (await tablet.post("/session/passkey/options")).json()["options"]
        answer = {"credential": passkey.get(options), "device": "new"}
        assert (await tablet.post("/session/passkey", json=answer)).is_success
        assert (await tablet.post("/session/passkey", json=answer)).status_code == 401


async def test_a_challenge_is_good_for_five_minutes_and_leaves_no_row_behind(town):
    phone, passkey = await town.newcomer(), Authenticator()
    await add(phone, passkey)
    async with town.browser() as tablet:
        options = (await tablet.post("/session/passkey/options")).json()["options"]
        town.clock.later(minutes=5, seconds=1)
        late = await tablet.post("/session/passkey", json={"credential": passkey.get(options), "device": "new"})
        assert late.status_code == 401
        assert (await sign_in(tablet, passkey)).is_success
        assert await Challenge.count() == 0


async def test_a_challenge_to_make_a_passkey_serves_neither_another_account_nor_a_sign_in(town):
    ilze, mallory = await town.newcomer(), await town.newcomer("Mallory", "mallory@example.org")
    passkey = Authenticator()
    await add(ilze, passkey)
    options = (await ilze.post("/passkeys/options")).json()["options"]
    planted = {"credential": Authenticator().create(options), "name": "planted"}
    assert (await mallory.post("/passkeys", json=planted)).status_code == 401

    options = (await ilze.post("/passkeys/options")).json()["options"]
    reused = {"credential": passkey.get({**options, "rpId": "localhost"}), "device": "new"}
    async with town.browser() as tablet:
        assert (await tablet.post("/session/passkey", json=reused)).status_code == 401


async def test_a_counter_that_goes_back_tells_of_a_copy_and_its_owner_reads_of_it(town):
    phone, passkey = await town.newcomer(), Authenticator()
    await add(phone, passkey)
    async with town.browser() as tablet, town.browser() as thief:
        assert (await sign_in(tablet, passkey)).is_success
        assert (await sign_in(thief, passkey, counter=1)).status_code == 401
        assert (await sign_in(tablet, passkey)).is_success, "who holds the original goes on"
    lines = (await phone.get("/account/audit")).json()["lines"]
    assert "passkey_refused" in [line["what"] for line in lines]


async def test_a_passkey_that_is_synced_counts_nothing_and_works_again_and_again(town):
    phone, passkey = await town.newcomer(), Authenticator(synced=True, counts=False)
    assert (await add(phone, passkey)).json()["synced"] is True
    async with town.browser() as tablet:
        for _ in range(3):
            assert (await sign_in(tablet, passkey)).is_success


async def test_an_unknown_passkey_looks_like_a_wrong_one(town):
    phone, passkey = await town.newcomer(), Authenticator()
    await add(phone, passkey)
    async with town.browser() as tablet:
        unknown = await sign_in(tablet, Authenticator())
        wrong = await sign_in(tablet, passkey, key=OTHER_KEY)

        assert (unknown.status_code, unknown.content) == (wrong.status_code, wrong.content)


@pytest.mark.parametrize(
    "credential",
    [{}, {"id": 5}, {"id": "x", "response": {}}, {"id": "x" * 9_000}, {"response": {"clientDataJSON": "e30"}}],
)
async def test_an_answer_that_cannot_be_read_is_refused(town, credential):
    async with town.browser() as tablet:
        answer = await tablet.post("/session/passkey", json={"credential": credential, "device": "new"})
        assert answer.json()["code"] == "wrong_passkey"


async def test_a_passkey_is_renamed_and_removed_by_its_owner_alone(town):
    ilze, mallory = await town.newcomer(), await town.newcomer("Mallory", "mallory@example.org")
    key = (await add(ilze, Authenticator())).json()["id"]

    assert (await mallory.patch(f"/passkeys/{key}", json={"name": "mine"})).status_code == 404
    assert (await mallory.delete(f"/passkeys/{key}")).status_code == 404
    assert (await ilze.patch(f"/passkeys/{key}", json={"name": "Old phone"})).json()["name"] == "Old phone"
    assert (await ilze.delete(f"/passkeys/{key}")).status_code == 204
    assert (await ilze.get("/passkeys")).json()["passkeys"] == []


async def test_the_last_way_in_is_removed_only_by_who_knows_it(town):

    phone, passkey = await town.newcomer(), Authenticator()
    key = (await add(phone, passkey)).json()["id"]
    account = (await phone.get("/session")).json()["account"]["id"]
    await Account.update({Account.email: account, Account.email_verified: False}).where(Account.id == account)

    assert (await phone.get("/session")).json()["account"]["recoverable"] is False
    answer = await phone.delete(f"/passkeys/{key}")
    assert (answer.status_code, answer.json()["code"]) == (409, "last_credential")
    assert len((await phone.get("/passkeys")).json()["passkeys"]) == 1
    assert (await phone.delete(f"/passkeys/{key}?anyway=true")).status_code == 204


async def test_an_address_of_digits_can_have_no_passkeys_and_says_so(town):
    async with town.browser() as phone:
        here = {"host": "127.0.0.1:8000"}
        assert (await phone.get("/session/providers", headers=here)).json()["passkeys"] is False
        assert (await phone.post("/session/passkey/options", headers=here)).status_code == 404
        assert (await phone.get("/session/providers")).json()["passkeys"] is True


async def test_in_public_only_the_public_address_counts(open_town):
    town = await open_town(public_url="https://interlink.example")
    async with town.browser(host="localhost:8000", origin="https://interlink.example") as phone:
        options = (await phone.post("/session/passkey/options")).json()["options"]
        assert options["rpId"] == "interlink.example"
