"""Ways in for programs: named, limited, revocable, and never beside a cookie."""

import base64

import pytest

DOOR = "http://localhost:8000/db"


async def made(town, browser, scope: str = "replication") -> dict[str, str]:
    answer = await browser.post("/credentials", json={"name": "backup at home", "scope": scope})
    assert answer.status_code == 201
    return answer.json()


async def test_a_program_is_listed_by_its_name_and_its_token_is_told_once(town):
    phone = await town.newcomer()
    new = await made(town, phone)

    [known] = (await phone.get("/credentials")).json()["credentials"]
    assert (known["id"], known["name"], known["scope"]) == (new["id"], "backup at home", "replication")
    assert "token" not in known
    assert len((await phone.get("/devices")).json()["devices"]) == 1, "a program is no device"


async def test_a_program_for_replication_reaches_the_door_and_files_and_nothing_else(town):
    phone = await town.newcomer()
    new = await made(town, phone)
    async with town.program(new["token"]) as program:
        assert (await program.get(f"{DOOR}/_all_dbs")).json() == [f"person-{new['account']}"]
        assert (await program.get("/spaces")).json()["account"] == new["account"]
        assert (await program.get("/session")).json()["account"]["id"] == new["account"]
        for method, path in (
            ("GET", "/account"),
            ("GET", "/devices"),
            ("DELETE", "/account"),
            ("POST", "/credentials"),
        ):
            answer = await program.request(
                method, path, json={"name": "x", "scope": "api"} if method == "POST" else None
            )
            assert (answer.status_code, answer.json()["code"]) == (403, "credential_scope"), path


async def test_a_program_for_the_interface_does_not_reach_the_door(town):
    phone = await town.newcomer()
    new = await made(town, phone, "api")
    async with town.program(new["token"]) as program:
        assert (await program.get("/account")).json()["id"] == new["account"]
        assert (await program.get(f"{DOOR}/_all_dbs")).json() == []
        answer = await program.get(f"{DOOR}/person-{new['account']}")
        assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized")


async def test_a_program_cannot_make_another_one_nor_delete_the_account(town):
    phone = await town.newcomer()
    new = await made(town, phone, "api")
    async with town.program(new["token"]) as program:
        answer = await program.post("/credentials", json={"name": "more", "scope": "replication"})
        assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_again")
        assert (await program.delete("/account")).json()["code"] == "sign_in_again"


async def test_couchdbs_replicator_signs_in_with_account_and_token(town):
    phone = await town.newcomer()
    new = await made(town, phone)
    for account, known in ((new["account"], True), ("somebody-else", False), ("", False)):
        basic = base64.b64encode(f"{account}:{new['token']}".encode()).decode()
        async with town.program(authorization=f"Basic {basic}") as replicator:
            assert (await replicator.get(f"{DOOR}/_all_dbs")).json() == ([f"person-{account}"] if known else [])


async def test_a_revoked_program_is_nobody(town):
    phone = await town.newcomer()
    new = await made(town, phone)
    async with town.program(new["token"]) as program:
        assert (await program.get(f"{DOOR}/person-{new['account']}")).is_success
        assert (await phone.delete(f"/credentials/{new['id']}")).status_code == 204

        answer = await program.get(f"{DOOR}/person-{new['account']}")
        assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized")
        assert (await program.get("/spaces")).json()["account"] is None


async def test_a_cookie_and_a_token_together_are_refused(town):
    phone = await town.newcomer()
    new = await made(town, phone)
    answer = await phone.get("/account", headers={"authorization": f"Bearer {new['token']}"})

    assert (answer.status_code, answer.json()["code"]) == (400, "two_credentials")


async def test_the_token_of_a_cookie_is_worth_nothing_in_the_header_and_the_other_way_round(town):
    phone = await town.newcomer()
    new = await made(town, phone, "api")
    async with town.program(phone.cookies["interlink"]) as thief:
        assert (await thief.get("/account")).status_code == 401
    async with town.browser() as thief:
        thief.cookies.set("interlink", new["token"], domain="localhost.local")
        assert (await thief.get("/account")).status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic !!", "Basic bm90aGluZw==", "Digest x", "x" * 5000])
async def test_a_header_that_cannot_be_read_is_nobody(town, header):
    await town.newcomer()
    async with town.program(authorization=header) as program:
        assert (await program.get("/account")).status_code == 401
        assert (await program.get("/session")).json()["account"] is None


async def test_a_native_app_signs_in_by_itself_and_stands_among_the_devices(town):
    phone = await town.newcomer()
    async with town.program() as app:
        await app.post("/session/code", json={"email": "ilze@example.org", "language": "lv", "device": "native"})
        used = {
            "email": "ilze@example.org",
            "code": await town.code(),
            "device": "native",
            "credential": "Interlink app",
        }
        answer = await app.put("/session/code", json=used)
        assert "set-cookie" not in answer.headers
        token = answer.json()["token"]

    async with town.program(token) as app:
        assert (await app.get("/account")).is_success
        assert len((await app.get(f"{DOOR}/_all_dbs")).json()) == 1
        assert {(one["name"], one["kind"]) for one in (await phone.get("/devices")).json()["devices"]} == {
            ("Chrome, Android", "phone"),
            ("Interlink app", "program"),
        }


async def test_making_a_program_needs_a_sign_in_of_the_last_minutes(town):
    phone = await town.newcomer()
    town.clock.later(minutes=16)

    answer = await phone.post("/credentials", json={"name": "backup", "scope": "api"})
    assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_again")
