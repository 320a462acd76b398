"""Changing who may do what: told before, saved as one, seen by phones, and never over somebody else's change."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.accounts.tables import Account, Session, SyncReport
from backend.people import queries
from tests.backend.people.quarter import Quarter, a_quarter, code_of
from tests.backend.world import contribution


@pytest.fixture
async def quarter(tmp_path: Path) -> AsyncIterator[Quarter]:
    async with a_quarter(tmp_path) as one:
        yield one


async def cell(quarter: Quarter, item: str | None, team: str = "", **flags: bool) -> dict[str, Any]:
    target = quarter.world.items[item] if item else None
    return {"team": team or await quarter.team("ilze"), "target": target} | flags


async def preview(quarter: Quarter, *changes: dict[str, Any]) -> dict[str, Any]:
    version = (await quarter.janis.get(f"{quarter.process}/grants")).json()["version"]
    body = {"version": version, "changes": list(changes)}
    answer = await quarter.janis.post(f"{quarter.process}/grants/preview", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_before_saving_it_is_told_who_loses_how_much(quarter: Quarter) -> None:
    member = await quarter.member("ilze")
    for text in ("One.", "Two."):
        await quarter.world.sends(quarter.people["ilze"], contribution(member, quarter.world.items["walk"], text))
    before = await quarter.world.sees(quarter.people["ilze"])
    told = await preview(quarter, await cell(quarter, "walk"))
    loses = {one["verb"]: one for one in told["loses"]}
    assert set(loses) == {"access", "create"}
    assert (loses["access"]["people"], loses["access"]["documents"]) == (1, 2)
    assert loses["access"]["item"] == quarter.world.items["walk"]
    assert (told["gains"], told["peopleChanged"]) == ([], 1)
    assert await quarter.world.sees(quarter.people["ilze"]) == before, "nothing has changed yet"


async def test_it_is_told_whose_phones_have_work_waiting_when_they_agreed_to_tell(quarter: Quarter) -> None:
    ilze = quarter.people["ilze"].id
    [session] = await Session.select(Session.id).where(Session.account == ilze)
    seen = quarter.world.clock()
    await SyncReport(
        id="01ARZ3NDEKTSV4RRFFQ69G5FAV",
        session=session["id"],
        account=ilze,
        space=quarter.world.space,
        waiting=3,
        last_sync=seen,
    ).save()
    change = await cell(quarter, "walk")
    assert (await preview(quarter, change))["loses"][0]["waiting"] == 0, "Ilze did not agree"
    await Account.update({Account.shares_sync: True}).where(Account.id == ilze)
    told = (await preview(quarter, change))["loses"][0]
    assert told["waiting"] == 1
    assert told["lastSeen"].startswith("2026-11-21T12:00:00")
    people = (await quarter.janis.get(f"{quarter.process}/people")).json()["members"]
    assert [one.get("waiting") for one in people if one["name"] == "ilze"] == [3]
    people = (await quarter.ilze.get(f"{quarter.process}/people")).json()["members"]
    assert all("waiting" not in one and "account" not in one for one in people), "members see neither of it"


async def test_what_was_told_is_what_happens(quarter: Quarter) -> None:
    change = await cell(quarter, "prepare")
    told = await preview(quarter, change)
    before = await quarter.world.sees(quarter.people["ilze"])
    assert (await quarter.grants(change)).status_code == 200
    after = await quarter.world.sees(quarter.people["ilze"])
    lost = {quarter.world.items[key] for key in ("prepare", "listen", "interview", "walk", "decide", "choose")}
    assert before - after == lost
    assert [one["people"] for one in told["loses"]] == [1, 1]
    assert await quarter.counters("ilze") == (0, 1)
    assert (await quarter.grants(change | {"remove": True})).status_code == 200
    assert await quarter.world.sees(quarter.people["ilze"]) == before
    assert await quarter.counters("ilze") == (1, 1)
    assert await quarter.counters("janis") == (0, 0)


async def test_phones_are_told_by_documents(quarter: Quarter) -> None:
    change = await cell(quarter, "walk", access=True, delete=True)
    assert (await quarter.grants(change)).status_code == 200
    stored = [one for one in await quarter.world.spaces.list(quarter.world.space, "all", "grant") if one["target"]]
    assert [(one["team"], one["target"], one["access"], one["create"], one["delete"]) for one in stored] == [
        (change["team"], change["target"], True, False, True)
    ]
    await quarter.grants(change | {"remove": True})
    stored = await quarter.world.spaces.list(quarter.world.space, "all", "grant")
    assert [one for one in stored if one["target"]] == []


async def test_nobody_saves_over_what_somebody_else_has_just_changed(quarter: Quarter) -> None:
    version = (await quarter.janis.get(f"{quarter.process}/grants")).json()["version"]
    await quarter.grants(await cell(quarter, "walk"))
    body = {"version": version, "changes": [await cell(quarter, "choose")]}
    for path in ("grants/preview", "grants"):
        send = quarter.janis.post if "preview" in path else quarter.janis.put
        assert code_of(await send(f"{quarter.process}/{path}", json=body)) == (409, "conflict")
    grants = await queries.grants_of(quarter.world.process)
    assert quarter.world.items["choose"] not in [one.target for one in grants]


async def test_all_changes_are_saved_or_none(quarter: Quarter) -> None:
    before = await queries.grants_of(quarter.world.process)
    good = await cell(quarter, "walk")
    wrong = {
        "unknown_item": good | {"target": "01ARZ3NDEKTSV4RRFFQ69G5FAV"},
        "unknown_team": good | {"team": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "target": None},
    }
    for word, bad in wrong.items():
        assert code_of(await quarter.grants(good, bad)) == (422, word)
    assert code_of(await quarter.grants(good, good)) == (400, "invalid_request")
    assert code_of(await quarter.grants()) == (400, "invalid_request")
    assert code_of(await quarter.grants(*[good] * 501)) == (400, "invalid_request")
    assert await queries.grants_of(quarter.world.process) == before


async def test_a_team_that_comes_in_brings_its_people_and_takes_them_along(quarter: Quarter) -> None:
    team = await quarter.own_team()
    made = await quarter.makes(quarter.janis, "/api/v1/invitations", {"team": team})
    await quarter.edgars.post("/api/v1/invitations/accept", json={"token": made["link"].partition("#")[2]})
    assert await queries.membership(quarter.people["edgars"].id, quarter.world.process) is None
    change = await cell(quarter, None, team, access=True, create=True)
    told = await preview(quarter, change)
    assert {(one["verb"], one["people"]) for one in told["gains"]} == {("access", 1), ("create", 1)}
    assert (await quarter.grants(change)).status_code == 200
    member = await quarter.member("edgars")
    assert quarter.world.items["walk"] in await quarter.world.sees(quarter.people["edgars"])
    await quarter.world.sends(quarter.people["edgars"], contribution(member, quarter.world.items["walk"]))
    gone = change | {"remove": True}
    assert (await preview(quarter, gone))["peopleChanged"] == 1
    assert (await quarter.grants(gone)).status_code == 200
    assert await queries.membership(quarter.people["edgars"].id, quarter.world.process) is None
    assert await queries.membership(quarter.people["janis"].id, quarter.world.process), "who administers stays"
    await quarter.grants(change)
    assert await quarter.member("edgars") == member, "who comes back finds their own work"
    assert await quarter.counters("edgars") == (1, 1)


async def test_somebody_elses_team_cannot_be_pulled_into_a_process(quarter: Quarter) -> None:
    organisation = await quarter.makes(quarter.liga, "/api/v1/organisations", {"name": {"en": "L"}, "public": True})
    team = await quarter.own_team("liga", organisation=organisation["id"])
    assert code_of(await quarter.grants(await cell(quarter, None, team, access=True))) == (422, "unknown_team")


async def test_members_see_grants_and_only_administrators_change_them(quarter: Quarter) -> None:
    body = {"version": 0, "changes": [await cell(quarter, "walk")]}
    assert (await quarter.ilze.get(f"{quarter.process}/grants")).status_code == 200
    for who, expected in ((quarter.ilze, (403, "forbidden")), (quarter.edgars, (404, "not_found"))):
        assert code_of(await who.put(f"{quarter.process}/grants", json=body)) == expected
        assert code_of(await who.post(f"{quarter.process}/grants/preview", json=body)) == expected


async def test_a_person_is_told_why_they_may_and_why_not(quarter: Quarter) -> None:
    team = await quarter.team("ilze")
    await quarter.grants(await cell(quarter, "walk", access=True))
    asked = {"item": quarter.world.items["walk"]}
    told = (await quarter.ilze.get(f"{quarter.process}/rights", params=asked)).json()
    assert (told["access"], told["create"], told["delete"], told["administrator"]) == (True, False, False, False)
    decisive = {(one["flag"], one["allows"]) for one in told["reasons"] if one["decides"]}
    assert decisive == {("access", True), ("create", False), ("delete", False)}
    assert {(one["team"], one["teamName"]["en"]) for one in told["reasons"]} == {(team, "ilze's")}
    as_janis = await quarter.janis.get(
        f"{quarter.process}/rights", params=asked | {"member": await quarter.member("ilze")}
    )
    assert as_janis.json() == told
    spying = {"member": await quarter.member("janis")}
    assert code_of(await quarter.ilze.get(f"{quarter.process}/rights", params=spying)) == (403, "forbidden")
    nowhere = {"item": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}
    assert code_of(await quarter.ilze.get(f"{quarter.process}/rights", params=nowhere)) == (404, "not_found")
