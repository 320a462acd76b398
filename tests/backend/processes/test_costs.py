"""What a tree costs to look at: as many questions for hundreds of items as for nine."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.kit.spaces import SpaceKind, space_of
from backend.processes.about import about
from backend.processes.actions import start_process
from backend.processes.schemas import StartProcess
from tests.backend.world import World, a_process, a_schema, a_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as one:
        await a_process(one, await one.person("Jānis"))
        yield one


def a_tree(phases: int, objectives: int, tasks: int) -> list[dict[str, Any]]:
    """The phases of a schema with so many objectives in each, and so many tasks in each of those."""

    def named(kind: str, number: int) -> dict[str, Any]:
        return {"key": f"{kind}{number}", "name": {"en": f"{kind} {number}"}, "after": [], "profiles": []}

    return [
        named("phase", p)
        | {
            "codelivery": False,
            "objectives": [
                named("objective", o) | {"tasks": [named("task", t) for t in range(tasks)]} for o in range(objectives)
            ],
        }
        for p in range(phases)
    ]


async def test_the_tree_is_read_with_the_same_number_of_questions_whatever_its_size(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    founder = await world.person("Ilze")
    asked: list[str] = []
    for name in ("exists", "read", "list"):
        plain = getattr(world.spaces, name)

        def counted(*args: Any, plain: Any = plain, name: str = name) -> Any:
            asked.append(name)
            return plain(*args)

        monkeypatch.setattr(world.spaces, name, counted)

    costs = dict[int, int]()
    for phases, objectives, tasks in ((3, 1, 1), (4, 4, 3), (4, 4, 20)):
        schema = a_schema(world.clock()) | {"_id": "all:schema:sized", "phases": a_tree(phases, objectives, tasks)}
        await world.spaces.write("commons", [schema])
        made = await start_process(world.spaces, founder, StartProcess("sized", "en", "Sized"), world.clock())
        asked.clear()
        found = await about(world.spaces, made.id)
        assert found
        assert len(found.phases) == phases
        items = phases + phases * objectives + phases * objectives * tasks
        costs[items] = len(asked)
        assert made.space == space_of(SpaceKind.PROCESS, made.id)
    assert costs == {9: 5, 68: 5, 340: 5}
