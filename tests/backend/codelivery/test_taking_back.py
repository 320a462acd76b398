"""What is no longer asked is taken back from everybody, and nobody hears of what is over."""

from datetime import timedelta

import pytest

from backend.kit.envelope import rfc3339
from tests.backend.codelivery.calling import NAMES, Square
from tests.backend.codelivery.helpers import TUESDAY
from tests.backend.world import deleted


@pytest.fixture
async def asked(square: Square) -> list[str]:
    """Three who may help, and are asked five days before."""
    found = await square.volunteers("Ilze", "Marta", "Anna", quiet=None, cap=20)
    await square.calls(days=5)
    return found


async def test_who_was_asked_by_an_earlier_search_is_asked_no_more_when_all_places_are_taken(square: Square) -> None:
    everybody = await square.volunteers(*NAMES[:7], quiet=None, cap=20)
    await square.calls(days=5)
    first = (await square.waves())[0][1]
    await square.garden.changes(places=2)
    await square.goes_on()
    assert len(await square.waves()) == 2
    for member in [one for one in everybody if one not in first][:2]:
        await square.says(member)
    assert [await square.words(member) for member in sorted(first)] == [[]] * 3


async def test_who_asked_for_more_people_and_then_cancels_asks_nobody_any_more(
    square: Square, asked: list[str]
) -> None:
    await square.garden.changes(places=2)
    await square.follows()
    assert (await square.call()).step == 0, "the search begins anew and has asked nobody yet"
    await square.garden.changes(cancelled=True)
    await square.goes_on()
    assert [await square.words(member) for member in asked] == [[]] * 3


async def test_a_task_that_was_removed_asks_nobody_any_more(square: Square, asked: list[str]) -> None:
    world = square.garden.world
    task = world.stored(f"all:task:{square.garden.task}")
    assert task
    await world.spaces.write(world.space, [{"_id": task["_id"], "_deleted": True}])
    await square.goes_on()
    assert [await square.words(member) for member in asked] == [[]] * 3

    await world.spaces.write(world.space, [{name: task[name] for name in task if name != "_rev"}])
    await square.later(hours=1)
    assert [await square.words(member) for member in asked] == [["needed"]] * 3, "it came back"


async def test_a_process_that_was_put_away_calls_nobody(square: Square, asked: list[str]) -> None:
    world = square.garden.world
    process = world.stored(f"all:process:{world.process}")
    assert process
    changed = {name: process[name] for name in process if name != "_rev"} | {"archived": True}
    await world.spaces.write(world.space, [changed])
    await square.goes_on()
    assert [await square.words(member) for member in asked] == [[]] * 3
    await square.later(days=4, hours=12)
    assert len(await square.waves()) == 1
    assert await square.words(square.garden.janis) == []


@pytest.mark.parametrize("how", ["deleted", "cancelled", "elsewhere", "at another time"])
async def test_who_came_is_not_told_afterwards_that_it_is_cancelled_or_has_moved(
    square: Square, asked: list[str], how: str
) -> None:
    await square.says(asked[0])
    await square.later(days=6)
    before = await square.words(asked[0])
    earlier = square.now() - timedelta(days=2)
    times = [{"id": TUESDAY, "start": rfc3339(earlier), "end": rfc3339(earlier + timedelta(hours=1))}]
    if how == "deleted":
        await square.garden.send(square.garden.janis, deleted(square.garden.need))
    elif how == "cancelled":
        await square.garden.changes(cancelled=True)
    elif how == "elsewhere":
        await square.garden.changes(place={"name": "The library"})
    else:
        await square.garden.changes(occurrences=times)
    await square.goes_on()
    told = [one["word"] for one in await square.inbox(square.people[asked[0]])]
    assert "confirmed" in before
    assert {"cancelled", "moved"}.isdisjoint(told)


async def test_who_is_in_the_middle_of_it_hears_that_it_goes_on_elsewhere(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze", quiet=None)
    start = square.now() + timedelta(days=1)
    week = {"id": TUESDAY, "start": rfc3339(start), "end": rfc3339(start + timedelta(days=5))}
    await square.calls(occurrences=[week])
    await square.says(ilze)
    await square.later(days=3)
    await square.garden.changes(place={"name": "The library"})
    await square.goes_on()
    assert "moved" in await square.words(ilze)
