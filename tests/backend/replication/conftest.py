from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.accounts.domain import Person
from tests.backend.world import World, a_process, a_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as one:
        yield one


@dataclass
class Neighbours:
    """Jānis administers the process, Ilze may contribute everywhere, Edgars is no member."""

    janis: Person
    ilze: Person
    edgars: Person
    as_janis: str
    as_ilze: str


@pytest.fixture
async def neighbours(world: World) -> Neighbours:
    janis, ilze, edgars = [await world.person(name) for name in ("Jānis", "Ilze", "Edgars")]
    await a_process(world, janis)
    return Neighbours(janis, ilze, edgars, await world.member(janis), await world.joins(ilze))
