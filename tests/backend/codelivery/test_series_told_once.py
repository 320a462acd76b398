"""Whoever promised to come to several dates of a series is told once of what happens to them together."""

from typing import Any

import pytest

from backend.kit.envelope import rfc3339
from tests.backend.codelivery.calling import Square
from tests.backend.codelivery.helpers import a_claim
from tests.backend.world import deleted, revised

WEEKS = tuple(f"01KC000000000000000000000{number}" for number in range(4))


class Series:
    """Ilze comes to all four dates, Marta to the last one."""

    def __init__(self, square: Square, ilze: str, marta: str) -> None:
        self.square, self.ilze, self.marta = square, ilze, marta

    async def claims(self, member: str, *occurrences: str) -> None:
        square = self.square
        need = square.garden.need["_id"].split(":")[2]
        claims = [a_claim(member, square.garden.task, one, need=need, state="asked") for one in occurrences]
        await square.garden.send(square.people[member], *claims)
        await self.goes_on()

    async def changes(self, **members: Any) -> None:
        await self.square.garden.changes(**members)
        await self.goes_on()

    async def goes_on(self) -> None:
        await self.square.goes_on()
        await self.square.goes_on()  # an answer is a document, which is followed in its turn

    async def told(self, member: str, *words: str) -> list[dict[str, Any]]:
        return [one for one in await self.square.inbox(self.square.people[member]) if one["word"] in words]

    def times(self) -> list[dict[str, str]]:
        return [self.square.occurrence(one, 2 + 7 * number) for number, one in enumerate(WEEKS)]


@pytest.fixture
async def series(square: Square) -> Series:
    ilze, marta = await square.volunteers("Ilze", "Marta", quiet=None, cap=20)
    found = Series(square, ilze, marta)
    await square.calls(places=2, occurrences=found.times(), place={"name": "The market"})
    await found.claims(ilze, *WEEKS)
    await found.claims(marta, WEEKS[3])
    return found


async def test_when_the_place_of_a_series_moves_everybody_is_told_once(series: Series) -> None:
    await series.changes(place={"name": "The library"})
    [notice] = await series.told(series.ilze, "moved", "moved_dates")
    assert notice["word"] == "moved_dates"
    assert (notice["facts"]["count"], notice["facts"]["place"]) == (4, "The library")
    assert "start" not in notice["facts"]
    assert notice["path"].endswith(f"?at={WEEKS[0]}")
    assert notice["until"] == series.times()[-1]["start"]
    [notice] = await series.told(series.marta, "moved", "moved_dates")
    assert (notice["word"], notice["facts"]["start"]) == ("moved", series.times()[-1]["start"])


async def test_dates_that_are_over_are_not_counted(series: Series) -> None:
    await series.square.later(days=10)
    await series.square.garden.changes(place={"name": "The library"})
    await series.goes_on()
    [notice] = await series.told(series.ilze, "moved", "moved_dates")
    assert notice["facts"]["count"] == 2


async def test_that_only_the_end_of_a_date_is_another_is_told(series: Series) -> None:
    times = series.times()
    await series.changes(
        occurrences=[times[0] | {"end": rfc3339(series.square.now().replace(day=23, hour=17))}, *times[1:]]
    )
    [notice] = await series.told(series.ilze, "moved", "moved_dates")
    assert notice["word"] == "moved"
    assert notice["facts"]["end"] == "2026-11-23T17:00:00Z"
    assert await series.told(series.marta, "moved", "moved_dates") == []


async def test_each_time_it_moves_is_told(series: Series) -> None:
    for place in ("The library", "The market", "The library"):
        await series.changes(place={"name": place})
    assert len(await series.told(series.ilze, "moved_dates")) == 3


@pytest.mark.parametrize("how", ["cancelled", "deleted", "archived", "task removed"])
async def test_when_a_series_is_cancelled_everybody_is_told_once(series: Series, how: str) -> None:
    garden, world = series.square.garden, series.square.garden.world
    if how == "cancelled":
        await series.changes(cancelled=True)
    elif how == "deleted":
        await garden.send(garden.janis, deleted(garden.need))
    else:
        kind, key = ("process", world.process) if how == "archived" else ("task", garden.task)
        found = world.stored(f"all:{kind}:{key}")
        assert found
        kept = {name: value for name, value in found.items() if name != "_rev"}
        gone = {"_id": found["_id"], "_deleted": True}
        await world.spaces.write(world.space, [kept | {"archived": True} if how == "archived" else gone])
    await series.goes_on()
    [notice] = await series.told(series.ilze, "cancelled", "cancelled_dates")
    assert (notice["word"], notice["facts"]["count"]) == ("cancelled_dates", 4)
    [notice] = await series.told(series.marta, "cancelled", "cancelled_dates")
    assert (notice["word"], notice["facts"]["start"]) == ("cancelled", series.times()[-1]["start"])
    assert await series.square.words(series.ilze) == ["cancelled_dates"], "no place is theirs any more"


async def test_a_date_left_out_and_then_the_rest_are_told_one_after_the_other(series: Series) -> None:
    await series.changes(occurrences=series.times()[:3])
    assert [one["word"] for one in await series.told(series.marta, "cancelled", "cancelled_dates")] == ["cancelled"]
    assert [one["word"] for one in await series.told(series.ilze, "cancelled", "cancelled_dates")] == ["cancelled"]
    await series.changes(cancelled=True)
    words = [(one["word"], one["facts"].get("count")) for one in await series.told(series.ilze, "cancelled_dates")]
    assert words == [("cancelled_dates", 3)]


async def test_who_asked_again_after_a_cancellation_is_told_of_the_next_one(series: Series) -> None:
    await series.changes(cancelled=True)
    await series.changes(cancelled=False)
    garden = series.square.garden
    again = [garden.world.stored(f"{garden.task}:claim:{one}-{series.ilze}") for one in WEEKS[:2]]
    for claim in again:
        assert claim
        claim["_revisions"] = {"start": 1, "ids": [claim["_rev"].split("-")[1]]}
    await garden.send(series.square.people[series.ilze], *(revised(one, note="Again") for one in again if one))
    await series.goes_on()
    await series.changes(cancelled=True)
    counts = [one["facts"]["count"] for one in await series.told(series.ilze, "cancelled_dates")]
    assert sorted(counts) == [2, 4]
