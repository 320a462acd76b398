"""A place of somebody who left the process is free again, as if they had said that they cannot come."""

from backend.people.actions.belonging import enter_process
from backend.people.actions.members import take_out
from tests.backend.codelivery.calling import Square


async def leaves(square: Square, member: str) -> None:
    """Jānis takes somebody out of the process."""
    world = square.garden.world
    await take_out(square.house.keeper, square.garden.janis, world.process, member)
    await square.goes_on()


async def outcomes(square: Square) -> dict[str, str]:
    world = square.garden.world
    return {one["member"]: one["outcome"] for one in await world.spaces.list(world.space, square.garden.task, "place")}


async def test_who_waits_has_the_place_of_who_left_and_hears_of_it(square: Square) -> None:
    ilze, marta = await square.volunteers("Ilze", "Marta", quiet=None)
    await square.calls(waiting=1)
    await square.says(ilze)
    await square.says(marta)
    await leaves(square, ilze)
    assert await outcomes(square) == {ilze: "withdrawn", marta: "confirmed"}
    assert "moved_up" in await square.words(marta)


async def test_when_nobody_waits_the_search_begins_anew(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze", quiet=None)
    await square.calls(waiting=0)
    await square.says(ilze)
    [marta] = await square.volunteers("Marta", quiet=None)
    assert (await square.call()).open == 0
    await leaves(square, ilze)
    assert (await square.call()).open == 1
    assert await square.words(marta) == ["needed"]


async def test_who_left_is_not_reminded(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze", quiet=None)
    await square.calls(days=5)
    await square.says(ilze)
    told = len(await square.inbox(square.people[ilze]))
    await leaves(square, ilze)
    await square.later(days=4, hours=1)
    await square.later(hours=22)
    assert len(await square.inbox(square.people[ilze])) == told


async def test_what_is_over_stays_as_it_was(square: Square) -> None:
    ilze, marta = await square.volunteers("Ilze", "Marta", quiet=None)
    await square.calls(places=2, days=1)
    await square.says(ilze)
    await square.says(marta)
    await square.later(days=2)
    await leaves(square, ilze)
    await square.says(marta, "done")
    assert await outcomes(square) == {ilze: "confirmed", marta: "confirmed"}


async def test_who_comes_back_may_ask_again(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze", quiet=None)
    await square.calls(days=5)
    await square.says(ilze)
    await leaves(square, ilze)
    world = square.garden.world
    async with square.house.keeper.changing([world.process], [square.people[ilze].id]):
        assert await enter_process(world.process, square.people[ilze].id) == ilze
    await world.joins(square.people[ilze])
    await square.goes_on()
    assert await outcomes(square) == {ilze: "withdrawn"}
    await square.says(ilze)
    assert await outcomes(square) == {ilze: "confirmed"}
