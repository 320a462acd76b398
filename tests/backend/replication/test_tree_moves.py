"""What the tree decides: who reads what, before and after items move, disappear and come back."""

from sync.database import Database
from tests.backend.replication.conftest import Neighbours
from tests.backend.world import World, contribution, deleted, revised, written


async def test_everybody_reads_the_tree_and_administrators_read_every_item(
    world: World, neighbours: Neighbours
) -> None:
    seen = await world.sees(neighbours.janis)
    assert {"all", "admin", world.process, *world.items.values()} <= seen
    assert "admin" not in await world.sees(neighbours.ilze)


async def test_a_right_on_one_item_opens_what_hangs_under_it_and_nothing_else(
    world: World, neighbours: Neighbours
) -> None:
    liga = await world.person("Līga")
    await world.joins(liga, target=world.items["listen"])
    opened = {world.items[one] for one in ("listen", "interview", "walk")}
    assert await world.sees(liga) & {*world.items.values(), world.process} == opened


async def test_a_task_that_moves_takes_its_contributions_along(world: World, neighbours: Neighbours) -> None:
    liga = await world.person("Līga")
    await world.joins(liga, target=world.items["build"])
    words = contribution(neighbours.as_ilze, world.items["walk"])
    await world.sends(neighbours.ilze, words)
    before = world.store.number
    assert world.items["walk"] not in await world.sees(liga)

    walk = world.stored(f"all:task:{world.items['walk']}")
    assert walk is not None
    moved = revised(walk, parent=world.items["build"], by=neighbours.as_janis)
    assert await world.sends(neighbours.janis, moved) == []

    assert world.items["walk"] in await world.sees(liga)
    told = {one.id for one in Database(world.store, world.space).changes(before)}
    assert {words["_id"], walk["_id"]} <= told, "the feed tells of it again, so that nobody has to start over"


async def test_a_move_counts_as_a_possible_loss_only_where_rights_hang_on_items(
    world: World, neighbours: Neighbours
) -> None:
    liga = await world.person("Līga")
    await world.joins(liga, target=world.items["listen"])

    async def lost(person: object) -> int:
        access = await world.doorkeeper.access(person, world.space, "en")  # type: ignore[arg-type]
        assert access
        with world.store.read(world.space) as tx:
            return access.reading(tx).lost

    assert (await lost(liga), await lost(neighbours.ilze)) == (0, 0)
    walk = world.stored(f"all:task:{world.items['walk']}")
    assert walk is not None
    await world.sends(neighbours.janis, revised(walk, parent=world.items["build"], by=neighbours.as_janis))
    assert (await lost(liga), await lost(neighbours.ilze)) == (1, 0)
    assert world.items["walk"] not in await world.sees(liga)


async def test_what_people_gave_to_a_removed_task_stays_readable(world: World, neighbours: Neighbours) -> None:
    words = contribution(neighbours.as_ilze, world.items["walk"])
    await world.sends(neighbours.ilze, words)
    walk = world.stored(f"all:task:{world.items['walk']}")
    assert walk is not None
    gone = deleted(walk)
    assert await world.sends(neighbours.janis, gone) == []
    assert world.items["walk"] in await world.sees(neighbours.ilze)
    late = contribution(neighbours.as_ilze, world.items["walk"])
    assert [one.reason.partition(":")[0] for one in await world.sends(neighbours.ilze, late)] == ["gone"]

    back = revised({**gone, **{name: walk[name] for name in walk if name != "_rev"}}, by=neighbours.as_janis)
    back.pop("_deleted")
    back["author"] = neighbours.as_janis
    assert await world.sends(neighbours.janis, back) == []
    assert await world.sends(neighbours.ilze, late) == []


async def test_items_in_a_cycle_are_seen_by_administrators_alone(world: World, neighbours: Neighbours) -> None:
    """No single server lets a cycle be made; two servers that were apart can."""
    one, two = world.items["listen"], world.items["decide"]
    for item, parent in ((one, two), (two, one)):
        stored = world.stored(f"all:objective:{item}")
        assert stored is not None
        await world.spaces.write(world.space, [{**stored, "parent": parent}])
    under = {one, two, world.items["interview"]}
    assert under <= await world.sees(neighbours.janis)
    assert not under & await world.sees(neighbours.ilze)
    refused = await world.sends(neighbours.ilze, contribution(neighbours.as_ilze, world.items["interview"]))
    assert [one.reason.partition(":")[0] for one in refused] == ["create"]


async def test_a_member_adds_no_items(world: World, neighbours: Neighbours) -> None:
    item = written(neighbours.as_ilze, "task", parent=world.items["build"], order="a1", name={"en": "Mine"})
    assert [one.reason.partition(":")[0] for one in await world.sends(neighbours.ilze, item)] == ["create"]
