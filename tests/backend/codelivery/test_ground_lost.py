"""Nobody is expected at a task that was removed, or in an archived process: their places are cancelled, once."""

from typing import Any

import pytest

from backend.kit.ids import new_ulid
from tests.backend.codelivery.calling import Square
from tests.backend.codelivery.helpers import TUESDAY

WEDNESDAY = "01KC0000000000000000000001"


@pytest.fixture
async def ilze(square: Square) -> str:
    """Who has a place in five days."""
    [member] = await square.volunteers("Ilze", quiet=None, cap=20)
    await square.calls(days=5)
    await square.says(member)
    return member


async def changes(square: Square, kind: str, key: str, **members: Any) -> None:
    """Change, or (with nothing to change) remove a document of the tree, and let everybody look."""
    world = square.garden.world
    found = world.stored(f"all:{kind}:{key}")
    assert found
    kept = {name: value for name, value in found.items() if name != "_rev"}
    await world.spaces.write(world.space, [kept | members if members else {"_id": found["_id"], "_deleted": True}])
    await square.goes_on()
    await square.goes_on()  # an answer is a document, which is followed in its turn


async def loses_its_ground(square: Square, how: str) -> None:
    world = square.garden.world
    match how:
        case "task removed":
            await changes(square, "task", square.garden.task)
        case "objective removed":
            await changes(square, "objective", world.items["listen"])
        case _:
            await changes(square, "process", world.process, archived=True)


async def outcomes(square: Square) -> dict[str, str]:
    world = square.garden.world
    places = await world.spaces.list(world.space, square.garden.task, "place")
    return {one["_id"].rpartition(":")[2]: one["outcome"] for one in places}


@pytest.mark.parametrize("how", ["task removed", "objective removed", "process archived"])
async def test_who_had_a_place_is_told_once_that_it_is_cancelled_and_reminded_of_nothing(
    square: Square, ilze: str, how: str
) -> None:
    await loses_its_ground(square, how)
    assert await outcomes(square) == {f"{TUESDAY}-{ilze}": "cancelled"}
    assert await square.words(ilze) == ["cancelled"]
    await square.later(days=4, hours=1)
    await square.later(hours=22)
    assert await square.words(ilze) == ["cancelled"], "no reminder of what nobody comes to"


async def test_who_asks_in_an_archived_process_is_told_that_it_is_cancelled(square: Square, ilze: str) -> None:
    [marta] = await square.volunteers("Marta", quiet=None)
    await loses_its_ground(square, "process archived")
    await square.says(marta)
    assert (await outcomes(square))[f"{TUESDAY}-{marta}"] == "cancelled"
    assert "confirmed" not in await square.words(marta)


async def test_who_came_before_the_process_was_archived_has_come(square: Square, ilze: str) -> None:
    await square.later(days=6)
    await loses_its_ground(square, "process archived")
    await square.says(ilze, "done")
    assert await outcomes(square) == {f"{TUESDAY}-{ilze}": "confirmed"}
    assert "cancelled" not in await square.words(ilze)


async def test_who_came_stays_confirmed_when_the_rest_of_a_series_is_cancelled(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze", quiet=None)
    await square.calls(occurrences=[square.occurrence(TUESDAY, 1), square.occurrence(WEDNESDAY, 8)])
    for one in (TUESDAY, WEDNESDAY):
        await square.says(ilze, occurrence=one)
        square.garden.claims.clear()
    await square.later(days=3)
    await square.garden.changes(cancelled=True)
    await square.goes_on()
    assert await outcomes(square) == {f"{TUESDAY}-{ilze}": "confirmed", f"{WEDNESDAY}-{ilze}": "cancelled"}


async def test_when_the_task_comes_back_who_was_cancelled_may_ask_again(square: Square, ilze: str) -> None:
    world = square.garden.world
    task = world.stored(f"all:task:{square.garden.task}")
    assert task
    await loses_its_ground(square, "task removed")
    await world.spaces.write(world.space, [{name: task[name] for name in task if name != "_rev"}])
    await square.later(hours=1)
    assert await outcomes(square) == {f"{TUESDAY}-{ilze}": "cancelled"}, "nobody promises for somebody else"
    await square.says(ilze)
    assert await outcomes(square) == {f"{TUESDAY}-{ilze}": "confirmed"}


async def test_another_task_keeps_its_places(square: Square, ilze: str) -> None:
    await changes(square, "task", square.garden.world.items["interview"])
    await changes(square, "task", square.garden.task, name={"en": f"Walk {new_ulid()}"})
    assert await outcomes(square) == {f"{TUESDAY}-{ilze}": "confirmed"}
