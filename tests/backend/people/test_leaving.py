"""Leaving, being removed, renamed or forgotten: what others see of it, and what phones hear of it at the real door."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.accounts.tables import Account
from backend.people import queries
from backend.projections.everything import follower
from backend.replication.registry import TYPES
from tests.backend.people.quarter import Quarter, a_quarter, code_of
from tests.backend.world import contribution


@pytest.fixture
async def quarter(tmp_path: Path) -> AsyncIterator[Quarter]:
    async with a_quarter(tmp_path) as one:
        yield one


async def contributes(quarter: Quarter, name: str) -> str:
    """Somebody contributes, and is named in the process from then on."""
    member = await quarter.member(name)
    await quarter.world.sends(quarter.people[name], contribution(member, quarter.world.items["walk"]))
    world = quarter.world
    await follower(world.store, world.spaces, world.clock, TYPES).catch_up()
    assert world.stored(f"all:member:{member}")
    return member


async def changes(quarter: Quarter, since: str) -> tuple[dict[str, dict], str]:
    answer = await quarter.janis.get(
        f"/db/{quarter.world.space}/_changes", params={"since": since, "include_docs": "true"}
    )
    told = answer.json()
    return {row["id"]: row["doc"] for row in told["results"]}, told["last_seq"]


async def test_the_last_administrator_of_a_process_cannot_leave(quarter: Quarter) -> None:
    me = f"{quarter.process}/members/me"
    assert code_of(await quarter.janis.delete(me)) == (409, "last_administrator")
    janis, ilze = await quarter.member("janis"), await quarter.member("ilze")
    assert code_of(await quarter.janis.delete(f"{quarter.process}/administrators/{janis}"))[1] == "last_administrator"
    assert (await quarter.janis.put(f"{quarter.process}/administrators/{ilze}")).status_code == 204
    assert "admin" in await quarter.world.sees(quarter.people["ilze"])
    assert (await quarter.janis.delete(me)).status_code == 204
    assert (await quarter.janis.get(f"{quarter.process}/people")).status_code == 404
    assert (await quarter.ilze.get(f"{quarter.process}/people")).json()["members"][0]["name"] == "ilze"


async def test_an_administrator_gains_and_loses_what_only_administrators_see(quarter: Quarter) -> None:
    ilze = await contributes(quarter, "ilze")
    path = f"{quarter.process}/administrators/{ilze}"
    for _ in range(2):
        assert (await quarter.janis.put(path)).status_code == 204
    assert await quarter.counters("ilze") == (1, 0)
    stored = quarter.world.stored(f"all:member:{ilze}")
    assert stored
    assert stored["roles"] == ["administrator"]
    assert (await quarter.janis.delete(path)).status_code == 204
    assert await quarter.counters("ilze") == (1, 1)
    stored = quarter.world.stored(f"all:member:{ilze}")
    assert stored
    assert stored["roles"] == []


async def test_who_leaves_finds_nothing_any_more_and_their_words_stay(quarter: Quarter) -> None:
    member = await contributes(quarter, "ilze")
    assert (await quarter.ilze.delete(f"{quarter.process}/members/me")).status_code == 204
    assert (await quarter.ilze.get(f"/db/{quarter.world.space}")).status_code == 404
    assert (await quarter.ilze.get(f"{quarter.process}/people")).status_code == 404
    assert quarter.world.stored(f"all:member:{member}")["name"] == "ilze"
    made = await quarter.invites()
    await quarter.ilze.post("/api/v1/invitations/accept", json={"token": made["link"].partition("#")[2]})
    assert await quarter.member("ilze") == member, "who comes back is the same member"
    assert await quarter.counters("ilze") == (1, 1), "and their devices begin anew"


async def test_only_administrators_remove_others(quarter: Quarter) -> None:
    janis, ilze = await quarter.member("janis"), await quarter.member("ilze")
    assert code_of(await quarter.ilze.delete(f"{quarter.process}/members/{janis}")) == (403, "forbidden")
    assert code_of(await quarter.edgars.delete(f"{quarter.process}/members/{ilze}")) == (404, "not_found")
    assert code_of(await quarter.janis.delete(f"{quarter.process}/members/nobody")) == (404, "not_found")
    assert (await quarter.janis.delete(f"{quarter.process}/members/{ilze}")).status_code == 204
    assert code_of(await quarter.janis.delete(f"{quarter.process}/members/{ilze}")) == (404, "not_found")


async def test_a_new_name_reaches_phones_by_the_ordinary_sync(quarter: Quarter) -> None:
    member = await contributes(quarter, "ilze")
    _, since = await changes(quarter, "0")
    answer = await quarter.ilze.patch("/api/v1/account", json={"name": "Ilze from the library"})
    assert answer.status_code == 200, answer.text
    told, since = await changes(quarter, since)
    assert {one: doc["name"] for one, doc in told.items()} == {f"all:member:{member}": "Ilze from the library"}
    assert (await changes(quarter, since))[0] == {}


async def test_who_is_erased_is_named_nowhere_and_their_work_stays(quarter: Quarter) -> None:
    member = await contributes(quarter, "ilze")
    _, since = await changes(quarter, "0")
    keeper = quarter.visits.house.keeper
    async with keeper.changing([quarter.world.process], [quarter.people["ilze"].id]):
        await Account.delete().where(Account.id == quarter.people["ilze"].id)
    told, _ = await changes(quarter, since)
    assert told[f"all:member:{member}"]["name"] == ""
    [team] = [doc for one, doc in told.items() if one.startswith("all:team:")]
    assert member not in team["members"]
    assert [one for one in await all_ids(quarter) if ":contribution:" in one]


async def all_ids(quarter: Quarter) -> list[str]:
    answer = await quarter.janis.get(f"/db/{quarter.world.space}/_all_docs")
    return [row["id"] for row in answer.json()["rows"]]


async def test_an_open_feed_ends_when_its_reader_loses_a_right(quarter: Quarter) -> None:
    """A phone that waits hears of it at once: the state of its spaces names the process no more."""
    waiting = asyncio.create_task(
        quarter.ilze.get("/db/_db_updates", params={"feed": "longpoll", "since": await state_of(quarter)})
    )
    await asyncio.sleep(0)
    while not waiting.done():
        await quarter.janis.delete(f"{quarter.process}/members/{await member_or_none(quarter)}")
        await asyncio.wait([waiting], timeout=1)
    told = (await waiting).json()
    assert quarter.world.space not in [one["db_name"] for one in told["results"] if one.get("type") != "deleted"]


async def state_of(quarter: Quarter) -> str:
    return (await quarter.ilze.get("/db/_db_updates")).json()["last_seq"]


async def member_or_none(quarter: Quarter) -> str:
    found = await queries.membership(quarter.people["ilze"].id, quarter.world.process)
    return found.member if found else "nobody"


async def test_a_crash_between_a_change_and_its_mirror_heals_at_the_next_start(quarter: Quarter) -> None:
    world = quarter.world
    team = await quarter.team()
    stored = world.stored(f"all:team:{team}")
    assert stored
    await world.spaces.write(world.space, [stored | {"name": {"en": "What was before"}}])
    await quarter.visits.house.keeper.mirror_everything()
    assert world.stored(f"all:team:{team}")["name"] == {"lv": "Mūsu dārzs"}


async def test_what_happened_to_rights_is_kept_and_shown_to_those_concerned(quarter: Quarter) -> None:
    ilze = await quarter.member("ilze")
    await quarter.janis.put(f"{quarter.process}/administrators/{ilze}")
    await quarter.janis.delete(f"{quarter.process}/administrators/{ilze}")
    await quarter.invites()
    await quarter.grants({"team": await quarter.team("ilze"), "target": quarter.world.items["walk"], "access": True})
    as_janis = (await quarter.janis.get(f"{quarter.process}/audit")).json()["lines"]
    assert sorted(one["what"] for one in as_janis) == [
        "administrator_dismissed",
        "administrator_named",
        "grants_changed",
        "invited",
    ]
    assert all(one["by"] == "janis" for one in as_janis)
    as_ilze = (await quarter.ilze.get(f"{quarter.process}/audit")).json()["lines"]
    assert sorted(one["what"] for one in as_ilze) == ["administrator_dismissed", "administrator_named"]
    assert code_of(await quarter.edgars.get(f"{quarter.process}/audit")) == (404, "not_found")
