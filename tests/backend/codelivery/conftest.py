"""A garden that needs helpers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.backend.codelivery.calling import Square, a_square
from tests.backend.codelivery.helpers import Garden
from tests.backend.world import a_process, a_world


@pytest.fixture
async def garden(tmp_path: Path) -> AsyncIterator[Garden]:
    async with a_world(tmp_path) as world:
        janis = await world.person("Jānis")
        await a_process(world, janis)
        yield Garden(world, janis)


@pytest.fixture
async def square(tmp_path: Path) -> AsyncIterator[Square]:
    async with a_square(tmp_path) as one:
        yield one
