"""A process from a schema."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from backend.kit.errors import Problem
from backend.kit.ids import is_ulid
from backend.people import queries
from backend.people.access import Verb, may
from backend.processes.actions import start_process
from backend.processes.schemas import StartProcess
from backend.processes.templates import MAX_ITEMS
from backend.replication.registry import TYPES
from tests.backend.world import PHASES, World, a_process, a_schema, a_world


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
    with pytest.raises(Problem, match="unknown_schema"):
        await start_process(world.spaces, founder, StartProcess("castle", "en", "Ours"), world.clock())
    assert world.store.names() == names
    assert await queries.memberships_of(founder.id) == []


async def started(world: World, schema: str | None, aim: str = "") -> list[dict[str, Any]]:
    """Everything in the partition of all of a new process of Ilze's, items by their order."""
    founder = await world.person("Ilze")
    made = await start_process(world.spaces, founder, StartProcess(schema, "lv", "Tilts", aim=aim), world.clock())
    kinds = ("process", "phase", "objective", "task")
    return [one for kind in kinds for one in await world.spaces.list(made.space, "all", kind)]


async def keeps_schema(world: World, *phases: dict[str, Any]) -> None:
    """Somebody's schema, as it came, is in the commons."""
    await world.spaces.write("commons", [a_schema(world.clock()) | {"_id": "all:schema:odd", "phases": list(phases)}])


def a_phase(key: str, after: Sequence[str] = (), objectives: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    return {"key": key, "name": {"en": key}, "codelivery": False, "after": list(after), "objectives": list(objectives)}


async def test_without_a_schema_a_process_begins_empty_with_its_aim(world: World) -> None:
    [process] = await started(world, None, " Cross the river. ")
    assert process["aim"] == {"lv": "Cross the river."}
    assert "schema" not in process
    assert process["languages"] == ["lv"]


async def test_a_prerequisite_that_names_nothing_is_left_out(world: World) -> None:
    await keeps_schema(world, a_phase("one", ["nowhere", "two", "two"]), a_phase("two"))
    [_, one, two] = await started(world, "odd")
    assert one["after"] == [two["_id"].rsplit(":", 1)[1]]


async def test_prerequisites_in_a_circle_are_kept_to_be_put_right(world: World) -> None:
    await keeps_schema(world, a_phase("hen", ["egg"]), a_phase("egg", ["hen"]))
    [_, hen, egg] = await started(world, "odd")
    assert [hen["after"], egg["after"]] == [[egg["_id"].rsplit(":", 1)[1]], [hen["_id"].rsplit(":", 1)[1]]]


async def test_siblings_with_the_same_key_are_all_copied_and_the_first_is_meant(world: World) -> None:
    await keeps_schema(world, a_phase("twin"), a_phase("twin"), a_phase("last", ["twin"]))
    [_, *phases] = await started(world, "odd")
    first, _, last = sorted(phases, key=lambda one: one["order"])
    assert len(phases) == 3
    assert last["after"] == [first["_id"].rsplit(":", 1)[1]]


async def test_a_schema_of_far_too_many_tasks_is_refused_whole_and_says_so(world: World) -> None:
    task: dict[str, Any] = {"key": "t", "name": {"en": "Again"}, "profiles": [], "after": []}
    objective: dict[str, Any] = {"key": "o", "name": {"en": "Much"}, "profiles": [], "after": [], "tasks": [task] * 200}
    await keeps_schema(world, a_phase("endless", objectives=[objective] * 50))
    names = world.store.names()
    with pytest.raises(Problem, match="schema_too_large") as refused:
        await started(world, "odd")
    assert refused.value.values == {"limit": MAX_ITEMS}
    assert world.store.names() == names


async def test_the_whole_tree_costs_one_write_however_many_items_it_has(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes: list[int] = []
    write = world.spaces.write

    async def counted(space: str, documents: Sequence[dict[str, Any]]) -> None:
        writes.append(len(documents))
        await write(space, documents)

    await keeps_schema(world, *(a_phase(f"p{number}") for number in range(50)))
    monkeypatch.setattr(world.spaces, "write", counted)
    await started(world, "odd")
    assert [count for count in writes if count > 5] == [51]
    assert len(writes) <= 4
