"""A process from a schema."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.kit.errors import Problem
from backend.kit.ids import is_ulid
from backend.people import queries
from backend.people.access import Verb, may
from backend.processes.actions import start_process
from backend.processes.schemas import StartProcess
from backend.replication.registry import TYPES
from tests.backend.world import PHASES, World, a_process, a_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as one:
        await a_process(one, await one.person("Jānis"))
        yield one


async def test_the_whole_tree_of_the_schema_is_copied_in_all_its_languages(world: World) -> None:
    counts = {kind: len(await world.spaces.list(world.space, "all", kind)) for kind in ("phase", "objective", "task")}
    assert counts == {"phase": 2, "objective": 3, "task": 4}
    walk = world.stored(f"all:task:{world.items['walk']}")
    assert walk is not None
    assert walk["name"] == {"en": "Walk", "lv": "Walk (lv)"}
    assert walk["parent"] == world.items["listen"]
    assert walk["status"] == "awaiting"


async def test_every_document_of_the_new_process_has_the_form_of_its_type(world: World) -> None:
    for declaration in TYPES:
        for one in await world.spaces.list(world.space, "all", declaration.name):
            declaration.read(one)


async def test_items_have_ids_of_their_own_and_prerequisites_follow_them(world: World) -> None:
    assert all(is_ulid(one) for one in world.items.values())
    assert len(set(world.items.values())) == len(world.items)
    walk, decide, deliver = [
        world.stored(f"all:{kind}:{world.items[key]}")
        for kind, key in (("task", "walk"), ("objective", "decide"), ("phase", "deliver"))
    ]
    assert walk
    assert decide
    assert deliver
    assert walk["after"] == [world.items["interview"]]
    assert decide["after"] == [world.items["listen"]]
    assert deliver["after"] == [world.items["prepare"]]


async def test_siblings_keep_the_order_of_the_schema(world: World) -> None:
    phases = await world.spaces.list(world.space, "all", "phase")
    assert [one["key"] for one in sorted(phases, key=lambda one: one["order"])] == [one["key"] for one in PHASES]


async def test_what_helps_an_objective_helps_its_tasks(world: World) -> None:
    interview = world.stored(f"all:task:{world.items['interview']}")
    assert interview is not None
    assert interview["profiles"] == ["ORG_2", "UND_1"]


async def test_the_process_is_named_in_the_founders_language(world: World) -> None:
    process = world.stored(f"all:process:{world.process}")
    assert process is not None
    assert process["name"] == {"lv": "Mūsu dārzs"}
    assert process["languages"] == ["lv", "en"]
    assert process["schema"] == "garden"
    assert process["public"] is False


async def test_the_founder_administers_it_with_a_team_that_may_everything(world: World) -> None:
    [membership] = await queries.members_of(world.process)
    standing = await queries.standing_in(membership)
    assert standing.administrator
    assert all(may(standing, verb, (world.process,)) for verb in Verb)
    [team] = await world.spaces.list(world.space, "all", "team")
    [grant] = await world.spaces.list(world.space, "all", "grant")
    assert team["members"] == [membership.member]
    assert (grant["team"], grant["target"], grant["create"]) == (team["_id"].split(":")[2], None, True)


async def test_nobody_is_named_before_they_contribute(world: World) -> None:
    assert await world.spaces.list(world.space, "all", "member") == []


async def test_without_such_a_schema_nothing_is_started(world: World) -> None:
    founder = await world.person("Ilze")
    names = world.store.names()
    with pytest.raises(Problem, match="invalid_request"):
        await start_process(world.spaces, founder, StartProcess("castle", "en", "Ours"), world.clock())
    assert world.store.names() == names
    assert await queries.memberships_of(founder.id) == []
