"""One's own account: name, address, password, and the end of it. And what administrators of the server may do."""

import pytest

from backend.accounts.tables import TABLES, Account, Audit, Session
from backend.people import queries
from backend.people.actions import found_process
from tests.houses import an_account

PROCESS = "01m7zx46k1gdkregvcvtgdffe4"
GOOD = "three cranes over Riga"


async def me(browser) -> dict[str, object]:
    return (await browser.get("/account")).json()


async def words(browser) -> list[str]:
    return [line["what"] for line in (await browser.get("/account/audit")).json()["lines"]]


async def test_a_new_name_goes_to_the_processes_where_no_other_was_chosen(town):
    phone = await town.newcomer()
    account = (await me(phone))["id"]
    for process, name in ((PROCESS, "Ilze"), (PROCESS.replace("4", "5"), "Ilze from Zemgale")):
        await found_process(
            process=process, account=account, team_name="T", team_kind="citizen", name=name, now=town.clock()
        )

    assert (await phone.patch("/account", json={"name": " Ilze B. ", "language": "en"})).json()["name"] == "Ilze B."
    assert sorted(one.name for one in await queries.memberships_of(account)) == ["Ilze B.", "Ilze from Zemgale"]


@pytest.mark.parametrize("body", [{"name": ""}, {"name": "n" * 101}, {"language": "tlh"}, {"administrator": True}])
async def test_a_change_that_cannot_be_is_refused_whole(town, body):
    phone = await town.newcomer()
    before = await me(phone)

    assert (await phone.patch("/account", json=body)).status_code == 400
    assert (await phone.patch("/account", json={"name": "  "})).status_code == 422
    assert await me(phone) == before


async def test_another_address_is_proved_by_a_code_and_the_old_one_is_told(town):
    phone = await town.newcomer()
    assert (await phone.put("/account/email", json={"email": "new@example.org"})).status_code == 202
    assert (await me(phone))["email"] == "ilze@example.org", "not before it is proved"

    answer = await phone.put("/account/email/code", json={"code": await town.code()})
    assert (answer.json()["email"], answer.json()["emailVerified"]) == ("new@example.org", True)
    assert "To: ilze@example.org" in (await town.mails())[-1]
    assert (await words(phone))[0] == "email_changed"


async def test_somebody_elses_address_cannot_be_taken_and_nothing_tells_that_it_is_known(town):
    await town.newcomer()
    mallory = await town.newcomer("Mallory", "mallory@example.org")

    taken = await mallory.put("/account/email", json={"email": "ilze@example.org"})
    free = await mallory.put("/account/email", json={"email": "free@example.org"})
    assert (taken.status_code, taken.content) == (free.status_code, free.content)
    told = next(mail for mail in await town.mails() if "To: ilze@example.org" in mail and "Mallory" not in mail)
    assert told
    assert (await me(mallory))["email"] == "mallory@example.org"


async def test_changing_the_address_needs_a_sign_in_of_the_last_minutes(town):
    phone = await town.newcomer()
    town.clock.later(minutes=16)

    assert (await phone.put("/account/email", json={"email": "new@example.org"})).json()["code"] == "sign_in_again"


async def test_a_password_is_set_and_then_signs_in_elsewhere(town):
    phone = await town.newcomer()
    assert (await phone.put("/account/password", json={"password": GOOD})).json()["password"] is True

    async with town.browser() as tablet:
        signed = {"email": "ilze@example.org", "password": GOOD, "device": "tablet"}
        assert (await tablet.post("/session", json=signed)).is_success


async def test_an_account_without_a_password_is_opened_by_none(town):
    await town.newcomer()
    async with town.browser() as tablet:
        answer = await tablet.post("/session", json={"email": "ilze@example.org", "password": "x", "device": "tablet"})
        assert answer.json()["code"] == "wrong_credentials"


async def test_who_forgot_the_password_signs_in_by_a_code_and_sets_another(town):
    phone = await town.newcomer()
    await phone.put("/account/password", json={"password": "forgotten it already"})
    town.clock.later(minutes=16)
    refused = await phone.put("/account/password", json={"password": GOOD})
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong_password")

    await phone.post("/session/code", json={"email": "ilze@example.org", "language": "lv", "device": "phone"})
    used = {"email": "ilze@example.org", "code": await town.code(), "device": "phone"}
    await phone.put("/session/code", json=used)
    assert (await phone.put("/account/password", json={"password": GOOD})).is_success


async def test_the_old_password_changes_it_and_may_end_all_other_sessions(town):
    phone = await town.newcomer()
    await phone.put("/account/password", json={"password": GOOD})
    async with town.browser() as tablet:
        await tablet.post("/session", json={"email": "ilze@example.org", "password": GOOD, "device": "tablet"})
        body = {"password": "four storks on a roof", "old": GOOD, "signOutOthers": True}

        assert (await tablet.put("/account/password", json=body | {"old": "wrong"})).status_code == 403
        assert (await tablet.put("/account/password", json=body)).is_success
        assert (await phone.get("/account")).status_code == 401
        assert (await tablet.get("/account")).is_success


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("seven77", "password_length"),
        ("x" * 257, None),
        ("Passw0rd!", "weak_password"),
        ("ilze@example", "weak_password"),
    ],
)
async def test_a_password_that_anybody_would_guess_is_refused(town, password, word):
    phone = await town.newcomer()
    answer = await phone.put("/account/password", json={"password": password})

    assert answer.status_code == (422 if word else 400)
    assert answer.json()["code"] == (word or "invalid_request")


async def test_deleting_the_account_takes_everything_that_signs_in_and_leaves_ids_in_the_audit(town):
    phone = await town.newcomer()
    account = (await me(phone))["id"]
    await phone.put("/account/password", json={"password": GOOD})
    answer = await phone.delete("/account")

    assert answer.status_code == 204
    assert (await phone.get("/session")).json()["account"] is None
    for table in TABLES:
        if table is not Audit:
            assert await table.count() == 0, table.__name__
    stored = str(await Audit.select())
    assert account in stored
    assert "example.org" not in stored
    assert "Ilze" not in stored


async def test_deleting_needs_a_sign_in_of_the_last_minutes(town):
    phone = await town.newcomer()
    town.clock.later(minutes=16)

    answer = await phone.delete("/account")
    assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_again")
    assert await Account.count() == 1


async def test_who_alone_is_in_charge_of_a_process_is_told_before_they_go(town):
    phone = await town.newcomer()
    account = (await me(phone))["id"]
    await found_process(
        process=PROCESS, account=account, team_name="T", team_kind="citizen", name="Ilze", now=town.clock()
    )

    answer = await phone.delete("/account")
    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    assert (await phone.delete("/account?anyway=true")).status_code == 204
    assert await queries.members_of(PROCESS) == []


async def test_the_person_reads_what_happened_to_their_account_and_nobody_elses(town):
    phone = await town.newcomer()
    mallory = await town.newcomer("Mallory", "mallory@example.org")
    await phone.put("/account/password", json={"password": GOOD})

    assert await words(phone) == ["password_changed", "signed_in", "registered"]
    assert await words(mallory) == ["signed_in", "registered"]
    lines = (await phone.get("/account/audit")).json()["lines"]
    assert {line["who"] for line in lines} == {(await me(phone))["id"]}
    assert lines[0]["device"] == (await phone.get("/session")).json()["device"]


async def test_a_long_audit_comes_in_pages_without_a_gap(town):
    phone = await town.newcomer()
    for _ in range(101):
        await phone.patch("/account", json={"language": "en"})
        await Audit.insert(
            Audit(id=f"0{await Audit.count():025}", at=town.clock(), who=(await me(phone))["id"], what="signed_in")
        ) if await Audit.count() < 150 else None
        if await Audit.count() >= 103:
            break
    first = (await phone.get("/account/audit")).json()
    second = (await phone.get(f"/account/audit?after={first['next']}")).json()

    assert (len(first["lines"]), second["next"]) == (100, None)
    together = [line["id"] for line in (*first["lines"], *second["lines"])]
    assert together == sorted(set(together), reverse=True)
    assert len(together) == await Audit.count()


async def test_an_administrator_of_the_server_disables_an_account_and_lets_it_in_again(town):
    phone = await town.newcomer()
    account = (await me(phone))["id"]
    await an_account("root@example.org", administrator=True, name="Root")
    admin = town.browser()
    await admin.post(
        "/session", json={"email": "root@example.org", "password": "correct horse battery", "device": "desk"}
    )

    found = (await admin.get("/accounts?search=ILZE")).json()["accounts"]
    assert [(one["id"], one["email"], one["disabled"]) for one in found] == [(account, "ilze@example.org", False)]

    assert (await admin.patch(f"/accounts/{account}", json={"disabled": True})).json()["disabled"] is True
    answer = await phone.get("/account")
    assert (answer.status_code, answer.json()["code"]) == (401, "account_disabled")
    assert (await phone.get("/session")).json() | {"device": None} == {
        "account": None,
        "device": None,
        "wipe": False,
        "disabled": True,
    }
    assert (await phone.get(f"http://localhost:8000/db/person-{account}")).status_code == 401
    assert await Session.exists().where(Session.account == account), "kept, so that the device can be told"

    await admin.patch(f"/accounts/{account}", json={"disabled": False})
    assert (await phone.get("/account")).is_success


async def test_a_disabled_person_does_not_get_in_by_another_way(town):
    phone = await town.newcomer()
    account = (await me(phone))["id"]
    await Account.update({Account.disabled: True}).where(Account.id == account)
    async with town.browser() as tablet:
        await tablet.post("/session/code", json={"email": "ilze@example.org", "language": "lv", "device": "tablet"})
        used = {"email": "ilze@example.org", "code": await town.code(), "device": "tablet"}
        answer = await tablet.put("/session/code", json=used)

        assert (answer.status_code, answer.json()["code"]) == (401, "account_disabled")
        assert "set-cookie" not in answer.headers


async def test_for_everybody_else_the_list_of_accounts_is_not_there(town):
    phone = await town.newcomer()
    account = (await me(phone))["id"]

    assert (await phone.get("/accounts")).status_code == 404
    assert (await phone.patch(f"/accounts/{account}", json={"disabled": True})).status_code == 404
