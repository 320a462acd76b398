"""When people are called: sooner or later, for each time of a series, and for no time that nobody can mean."""

import pytest

from backend.codelivery.call_tables import Asked
from tests.backend.codelivery.calling import NAMES, Square
from tests.backend.codelivery.helpers import TUESDAY, a_need
from tests.backend.world import written


async def test_what_is_urgent_asks_again_sooner(square: Square) -> None:
    await square.volunteers(*NAMES)
    await square.calls(urgency="now")
    await square.later(hours=1)
    assert len(await square.waves()) == 2


async def test_each_time_of_a_series_is_called_for_by_itself_and_nobody_is_asked_twice_a_day(square: Square) -> None:
    members = await square.volunteers(*NAMES)
    keys = [f"01KC000000000000000000000{number}" for number in range(3)]
    await square.calls(occurrences=[square.occurrence(key, 7 * (number + 1)) for number, key in enumerate(keys)])
    asked = [set().union(*(wave for _, wave in await square.waves(key))) for key in keys]
    assert sum(len(one) for one in asked) == len(set().union(*asked)), "nobody is asked for two"
    assert set().union(*asked) == {*members}
    await square.later(hours=24)
    assert len(await Asked.select()) == len(members)
    await square.later(hours=2)
    assert len(await Asked.select()) > len(members)


async def test_what_is_far_away_is_called_for_four_weeks_before(square: Square) -> None:
    await square.volunteers(*NAMES)
    await square.calls(days=60)
    assert await square.waves() == []
    await square.later(days=31)
    assert await square.waves() == []
    await square.later(days=1)
    assert len(await square.waves()) == 1


@pytest.mark.parametrize("year", ["0001", "9999"])
async def test_a_year_that_nobody_can_mean_is_refused_and_holds_up_no_other_call(square: Square, year: str) -> None:
    [ilze] = await square.volunteers("Ilze")
    garden, chief = square.garden, await square.garden.world.member(square.garden.janis)
    strange = {"id": TUESDAY, "start": f"{year}-12-31T10:00:00Z", "end": f"{year}-12-31T12:00:00Z"}
    refused = [
        a_need(chief, garden.task, occurrences=[strange]),
        a_need(chief, garden.task, deadline=f"{year}-01-01T00:00:00-12:00"),
        written(chief, "assignment", partition=garden.task, about=garden.task, people=[ilze], due=f"{year}-12-31"),
    ]
    outcomes = await garden.world.sends(garden.janis, *refused)
    assert len([one for one in outcomes if one.error]) == len(refused)
    await square.calls()
    assert await square.waves() == [("first", {ilze})]
