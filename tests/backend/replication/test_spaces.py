"""What the server writes itself."""

from backend.kit.envelope import written_by_server
from backend.processes.documents import TASK
from tests.backend.replication.conftest import Neighbours
from tests.backend.world import World


async def test_writing_the_same_twice_makes_no_revision(world: World, neighbours: Neighbours) -> None:
    stored = world.stored(f"all:task:{world.items['walk']}")
    assert stored is not None
    assert await world.spaces.write(world.space, [stored, {**stored, "at": "2030-01-01T00:00:00Z"}]) == 0
    assert await world.spaces.write(world.space, [{**stored, "status": "finished"}]) == 1


async def test_what_is_removed_is_no_longer_read_or_listed(world: World, neighbours: Neighbours) -> None:
    identifier = f"all:task:{world.items['walk']}"
    assert await world.spaces.write(world.space, [{"_id": identifier, "_deleted": True}]) == 1
    assert await world.spaces.write(world.space, [{"_id": identifier, "_deleted": True}]) == 0
    assert await world.spaces.read(world.space, identifier) is None
    assert identifier not in [one["_id"] for one in await world.spaces.list(world.space, "all", "task")]


async def test_a_list_of_more_than_one_page_is_whole(world: World, neighbours: Neighbours) -> None:
    members = {"parent": world.items["build"], "order": "a5", "name": {"en": "One of many"}}
    many = [
        written_by_server(TASK, f"01ARZ3NDEKTSV4RRFFQ6{number:06}", members, lang="en", at=world.clock())
        for number in range(2001)
    ]
    assert await world.spaces.write(world.space, many) == 2001
    listed = [one["_id"] for one in await world.spaces.list(world.space, "all", "task")]
    assert len(listed) == len(set(listed)) == 2001 + 4
    assert listed == sorted(listed)
