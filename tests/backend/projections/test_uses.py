"""A building block tells in how many processes people made something from it, and never in which."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.catalogue.documents import INTERLINKER
from backend.kit.envelope import written_by_server
from backend.kit.spaces import COMMONS, SpaceKind, space_of
from backend.projections import everything
from backend.projections.follower import Follower
from backend.replication.registry import TYPES
from tests.backend.world import World, a_process, a_world

ITEM = "01ARZ3NDEKTSV4RRFFQ69G5FA1"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as one:
        await a_process(one, await one.person("Jānis"))
        words: dict[str, Any] = {"name": {"en": "Agreement"}, "description": {"en": "<p>Sign.</p>"}}
        lists: dict[str, Any] = {
            name: [] for name in ("profiles", "targets", "types", "scopes", "languages", "snapshots")
        }
        members: dict[str, Any] = {"kind": "knowledge", "tags": {}, "difficulty": "easy", "licence": "permissive"}
        members |= words | lists
        blocks = [
            written_by_server(INTERLINKER, key, members, lang="en", at=one.clock()) for key in ("agreement", "plan")
        ]
        await one.spaces.write(COMMONS, blocks)
        yield one


@pytest.fixture
def follower(world: World) -> Follower:
    return everything.follower(world.store, world.spaces, world.clock, TYPES)


async def another_process(world: World, letter: str) -> str:
    space = space_of(SpaceKind.PROCESS, letter * 26)
    await world.spaces.create(space)
    return space


def page(number: int, made_from: str | None, **members: Any) -> dict[str, Any]:
    return {
        "_id": f"{ITEM}:page:01ARZ3NDEKTSV4RRFFQ69G5F0{number}",
        "type": "page",
        "v": 1,
        "lang": "en",
        "author": "m",
        "by": "m",
        "device": "d",
        "at": "2026-11-20T10:00:00Z",
        "name": "Ours",
        "text": "",
        "made_from": made_from,
        **members,
    }


def told(world: World, key: str = "agreement") -> int | None:
    found = world.stored(f"all:uses:{key}", COMMONS)
    return found["processes"] if found else None


async def test_processes_are_counted_and_not_the_things_made_in_them(world: World, follower: Follower) -> None:
    await world.spaces.write(world.space, [page(1, "agreement"), page(2, "agreement"), page(3, None)])
    await follower.catch_up()
    assert told(world) == 1
    await world.spaces.write(await another_process(world, "b"), [page(1, "agreement")])
    await follower.catch_up()
    assert (told(world), told(world, "plan")) == (2, None)
    shown = world.stored("all:uses:agreement", COMMONS)
    assert world.process not in str(shown)


async def test_what_was_deleted_no_longer_counts(world: World, follower: Follower) -> None:
    await world.spaces.write(world.space, [page(1, "agreement"), page(2, "agreement")])
    await follower.catch_up()
    await world.spaces.write(world.space, [{"_id": page(1, None)["_id"], "_deleted": True}])
    await follower.catch_up()
    assert told(world) == 1
    await world.spaces.write(world.space, [{"_id": page(2, None)["_id"], "_deleted": True}])
    await follower.catch_up()
    assert told(world) is None


async def test_changing_a_thing_writes_nothing_to_everybody(world: World, follower: Follower) -> None:
    await world.spaces.write(world.space, [page(1, "agreement")])
    await follower.catch_up()
    before = world.stored("all:uses:agreement", COMMONS)
    stored = world.stored(page(1, None)["_id"])
    assert stored
    await world.spaces.write(world.space, [{**stored, "text": "More."}])
    await follower.catch_up()
    assert world.stored("all:uses:agreement", COMMONS) == before


@pytest.mark.parametrize("key", ["nowhere", "a/b", "../x", "a:b", ""])
async def test_what_names_no_building_block_counts_nowhere(world: World, follower: Follower, key: str) -> None:
    await world.spaces.write(world.space, [page(1, key)])
    await follower.catch_up()
    assert await world.spaces.list(COMMONS, "all", "uses") == []


async def test_counted_again_from_zero_it_is_the_same(world: World, follower: Follower) -> None:
    await world.spaces.write(world.space, [page(1, "agreement"), page(2, "plan")])
    await follower.catch_up()
    before = [world.stored(f"all:uses:{key}", COMMONS) for key in ("agreement", "plan")]
    number = world.store.number
    await follower.rebuild()
    assert [world.stored(f"all:uses:{key}", COMMONS) for key in ("agreement", "plan")] == before
    assert world.store.number == number
