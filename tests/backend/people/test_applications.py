"""Asking to join with a reason, and the answer with a reason."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.accounts.tables import Account, Mail
from backend.people import queries
from tests.backend.people.quarter import Quarter, a_quarter, code_of

NOWHERE = "01arz3ndektsv4rrffq69g5fav"


@pytest.fixture
async def quarter(tmp_path: Path) -> AsyncIterator[Quarter]:
    async with a_quarter(tmp_path) as one:
        yield one


async def opens(quarter: Quarter) -> None:
    """The process becomes public."""
    world = quarter.world
    root = world.stored(f"all:process:{world.process}")
    assert root
    await world.spaces.write(world.space, [root | {"public": True}])


def wish(quarter: Quarter, reason: str = "I have a wheelbarrow.") -> dict[str, str]:
    return {"process": quarter.world.process, "reason": reason}


async def test_a_wish_is_answered_with_a_reason_and_by_mail_in_the_applicants_language(quarter: Quarter) -> None:
    await opens(quarter)
    edgars = quarter.people["edgars"].id
    await Account.update({Account.email_verified: True, Account.language: "it"}).where(Account.id == edgars)
    made = await quarter.makes(quarter.edgars, "/api/v1/applications", wish(quarter))
    assert (made["state"], made["mine"], made["processName"]) == ("waiting", True, {"lv": "Mūsu dārzs"})
    [asked] = (await quarter.janis.get(f"{quarter.process}/applications")).json()["applications"]
    assert (asked["name"], asked["reason"]) == ("edgars", "I have a wheelbarrow.")
    body = {"accept": True, "answer": "Bring it along.", "team": await quarter.team()}
    answer = await quarter.janis.put(f"/api/v1/applications/{made['id']}", json=body)
    assert answer.status_code == 200, answer.text
    assert quarter.world.items["walk"] in await quarter.world.sees(quarter.people["edgars"])
    [mine] = (await quarter.edgars.get("/api/v1/applications")).json()["applications"]
    assert (mine["state"], mine["answer"]) == ("accepted", "Bring it along.")
    [mail] = await Mail.select()
    assert mail["recipient"] == "edgars@example.org"
    assert "Bring it along." in mail["body"]
    assert "ti diamo il benvenuto" in mail["body"]
    again = await quarter.janis.put(f"/api/v1/applications/{made['id']}", json=body)
    assert code_of(again) == (409, "already_answered")


async def test_a_no_lets_nobody_in_and_says_why(quarter: Quarter) -> None:
    await opens(quarter)
    made = await quarter.makes(quarter.edgars, "/api/v1/applications", wish(quarter))
    body = {"accept": False, "answer": "We are complete."}
    answer = (await quarter.janis.put(f"/api/v1/applications/{made['id']}", json=body)).json()
    assert (answer["state"], answer["answer"]) == ("declined", "We are complete.")
    assert await queries.membership(quarter.people["edgars"].id, quarter.world.process) is None
    assert await Mail.count() == 0, "nobody proved that the address is theirs"
    await quarter.makes(quarter.edgars, "/api/v1/applications", wish(quarter, "And now?"))


async def test_one_may_not_ask_twice_nor_where_one_is_nor_where_nobody_may(quarter: Quarter) -> None:
    assert code_of(await quarter.edgars.post("/api/v1/applications", json=wish(quarter))) == (404, "not_found")
    missing = wish(quarter) | {"process": NOWHERE}
    assert code_of(await quarter.edgars.post("/api/v1/applications", json=missing)) == (404, "not_found")
    await opens(quarter)
    assert code_of(await quarter.ilze.post("/api/v1/applications", json=wish(quarter))) == (409, "already_member")
    await quarter.makes(quarter.edgars, "/api/v1/applications", wish(quarter))
    assert code_of(await quarter.edgars.post("/api/v1/applications", json=wish(quarter))) == (409, "already_applied")
    for wrong in ("", "   ", "x" * 1_001):
        answer = await quarter.liga.post("/api/v1/applications", json=wish(quarter, wrong))
        assert code_of(answer) == (400, "invalid_request")
    assert code_of(await quarter.liga.post("/api/v1/applications", json={"reason": "x"})) == (400, "invalid_request")


async def test_only_administrators_see_and_answer(quarter: Quarter) -> None:
    await opens(quarter)
    made = await quarter.makes(quarter.edgars, "/api/v1/applications", wish(quarter))
    path = f"/api/v1/applications/{made['id']}"
    assert code_of(await quarter.edgars.put(path, json={"accept": True})) == (404, "not_found"), "not even oneself"
    assert code_of(await quarter.liga.put(path, json={"accept": True})) == (404, "not_found")
    assert code_of(await quarter.ilze.put(path, json={"accept": True})) == (403, "forbidden")
    assert code_of(await quarter.ilze.get(f"{quarter.process}/applications")) == (403, "forbidden")
    assert (await quarter.liga.get("/api/v1/applications")).json()["applications"] == []


async def test_teams_of_public_organisations_can_be_asked_too(quarter: Quarter) -> None:
    body = {"name": {"en": "Library friends"}, "public": True}
    organisation = (await quarter.makes(quarter.liga, "/api/v1/organisations", body))["id"]
    team = await quarter.own_team("liga", organisation=organisation)
    made = await quarter.makes(quarter.edgars, "/api/v1/applications", {"team": team, "reason": "I read a lot."})
    assert made["teamName"] == {"en": "Builders"}
    assert (await quarter.edgars.get(f"/api/v1/teams/{team}")).json()["applied"] is True
    assert len((await quarter.liga.get(f"/api/v1/teams/{team}/applications")).json()["applications"]) == 1
    assert (await quarter.liga.put(f"/api/v1/applications/{made['id']}", json={"accept": True})).status_code == 200
    assert (await quarter.edgars.get(f"/api/v1/teams/{team}")).json()["member"] is True
    private = await quarter.own_team("liga")
    answer = await quarter.edgars.post("/api/v1/applications", json={"team": private, "reason": "Please."})
    assert code_of(answer) == (404, "not_found")
