"""What is made from documents: published processes, names of who contributed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from backend.projections import everything
from backend.projections.follower import Follower
from backend.replication.registry import TYPES
from sync.database import Database
from sync.rows import FeedEntry
from tests.backend.world import World, a_process, a_world, contribution, written


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as one:
        await a_process(one, await one.person("Jānis"))
        yield one


@pytest.fixture
def follower(world: World) -> Follower:
    return a_follower(world)


def a_follower(world: World) -> Follower:
    return everything.follower(world.store, world.spaces, world.clock, TYPES)


async def changed(world: World, kind: str, key: str, **members: Any) -> None:
    stored = world.stored(f"all:{kind}:{key}")
    assert stored is not None
    await world.spaces.write(world.space, [{**stored, **members}])


def published(world: World) -> dict[str, Any] | None:
    return world.stored(f"all:published-process:{world.process}", "commons")


async def test_who_contributes_is_named_and_who_only_joined_is_not(world: World, follower: Follower) -> None:
    ilze, edgars = await world.person("Ilze"), await world.person("Edgars")
    as_ilze, as_edgars = await world.joins(ilze), await world.joins(edgars)
    await world.sends(ilze, contribution(as_ilze, world.items["walk"]))
    await follower.catch_up()
    named = world.stored(f"all:member:{as_ilze}")
    assert named is not None
    assert (named["name"], named["kind"], named["roles"]) == ("Ilze", "cit", [])
    assert world.stored(f"all:member:{as_edgars}") is None


async def test_who_says_how_far_a_task_is_is_named_and_the_server_that_founded_it_is_not(
    world: World, follower: Follower
) -> None:
    ilze = await world.person("Ilze")
    as_ilze = await world.joins(ilze)
    await follower.catch_up()
    assert world.stored(f"all:member:{as_ilze}") is None
    await changed(world, "task", world.items["walk"], status="finished", by=as_ilze)
    await follower.catch_up()
    named = world.stored(f"all:member:{as_ilze}")
    assert named is not None
    assert named["name"] == "Ilze"
    assert world.stored("all:member:server") is None


async def test_who_changes_what_another_made_is_named_too(world: World, follower: Follower) -> None:
    ilze, anna = await world.person("Ilze"), await world.person("Anna")
    as_ilze, as_anna = await world.joins(ilze), await world.joins(anna)
    said = contribution(as_ilze, world.items["walk"])
    await world.sends(ilze, said)
    await follower.catch_up()
    assert world.stored(f"all:member:{as_anna}") is None
    await world.spaces.write(world.space, [{**(world.stored(said["_id"]) or {}), "by": as_anna}])
    await follower.catch_up()
    named = world.stored(f"all:member:{as_anna}")
    assert named is not None
    assert named["name"] == "Anna"


async def test_a_process_is_seen_by_everybody_only_while_it_is_public(world: World, follower: Follower) -> None:
    await follower.catch_up()
    assert published(world) is None
    await changed(world, "process", world.process, public=True)
    await follower.catch_up()
    assert published(world)
    await changed(world, "process", world.process, public=False)
    await follower.catch_up()
    assert published(world) is None


async def test_a_published_process_tells_how_far_it_is_and_who_took_part_but_names_nobody(
    world: World, follower: Follower
) -> None:
    ilze = await world.person("Ilze")
    as_ilze = await world.joins(ilze)
    await world.sends(ilze, contribution(as_ilze, world.items["walk"], "A secret garden."))
    await changed(world, "process", world.process, public=True, place="Madona")
    await changed(world, "task", world.items["interview"], status="finished")
    await changed(world, "task", world.items["walk"], status="in_progress")
    await changed(world, "task", world.items["paint"], disabled=True)
    await follower.catch_up()

    outline = published(world)
    assert outline is not None
    assert outline["place"] == "Madona"
    assert outline["people"] == {"gov": 0, "cit": 1, "com": 0}
    assert outline["progress"] == 0.5, "one finished, one half, one awaiting; the switched-off task does not count"
    prepare, deliver = outline["phases"]
    assert (prepare["status"], prepare["progress"]) == ("in_progress", 0.5)
    assert (deliver["status"], deliver["objectives"][0]["tasks"]) == ("awaiting", [])
    listen, decide = prepare["objectives"]
    assert (listen["took_part"], decide["took_part"]) == (["cit"], [])
    assert [one["status"] for one in listen["tasks"]] == ["finished", "in_progress"]
    told = str(outline)
    assert "Ilze" not in told
    assert "secret" not in told
    assert as_ilze not in told


async def test_rebuilt_from_zero_gives_the_same_and_writes_nothing_new(world: World, follower: Follower) -> None:
    await changed(world, "process", world.process, public=True)
    ilze = await world.person("Ilze")
    await world.sends(ilze, contribution(await world.joins(ilze), world.items["walk"]))
    await follower.catch_up()
    before, number = published(world), world.store.number
    world.clock.pass_days(1)
    await follower.rebuild()
    assert published(world) == before
    assert world.store.number == number


async def test_a_rebuild_takes_back_what_nothing_stands_behind(world: World, follower: Follower) -> None:
    await changed(world, "process", world.process, public=True)
    await follower.catch_up()
    outline = published(world)
    assert outline is not None
    stray = {**outline, "_id": "all:published-process:stray"}
    await world.spaces.write("commons", [stray])
    await follower.rebuild()
    assert world.stored(stray["_id"], "commons") is None
    assert published(world) == outline


async def test_after_a_crash_between_effect_and_checkpoint_it_goes_on_without_a_trace(
    world: World, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    await changed(world, "process", world.process, public=True)

    async def killed(*_: object) -> None:
        raise ConnectionAbortedError

    with monkeypatch.context() as power_cut:
        power_cut.setattr(Database, "transact", killed)
        with pytest.raises(ConnectionAbortedError):
            await follower.catch_up()
    await a_follower(world).catch_up()
    number, outline = world.store.number, published(world)
    assert outline
    await a_follower(world).catch_up()
    assert (world.store.number, published(world)) == (number, outline)


class Listener:
    """A projection that remembers what it was given."""

    name = "listener"
    kinds = ("comment", "contribution")

    def __init__(self) -> None:
        self.heard: list[list[str]] = []

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        self.heard.append([entry.id.split(":")[1] for entry in entries])

    async def forget(self) -> None: ...


async def test_a_projection_hears_of_its_own_types_in_their_order_and_once_at_first_in_any_case(world: World) -> None:
    listener = Listener()
    follower = Follower(world.store, [listener])
    await follower.catch_up()
    await changed(world, "process", world.process, public=True)
    await follower.catch_up()
    assert listener.heard == [[]]
    ilze = await world.person("Ilze")
    member, walk = await world.joins(ilze), world.items["walk"]
    comment = written(member, "comment", partition=walk, about=walk, text="Hm.")
    await world.sends(ilze, contribution(member, walk), comment, contribution(member, walk))
    await follower.catch_up()
    assert listener.heard == [[], ["contribution", "comment", "contribution"]]


async def test_a_running_follower_wakes_with_each_change(world: World, follower: Follower) -> None:
    running = asyncio.create_task(follower.run())
    try:
        await changed(world, "process", world.process, public=True)
        async with asyncio.timeout(10):
            while published(world) is None:
                await world.store.changed(world.store.number)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
