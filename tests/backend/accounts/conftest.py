from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.backend.accounts.town import Town, a_town


@pytest.fixture
async def open_town(tmp_path: Path) -> AsyncIterator[Callable[..., Any]]:
    """Opens a town with settings of its own."""
    async with AsyncExitStack() as towns:

        async def opening(**settings: Any) -> Town:
            return await towns.enter_async_context(a_town(tmp_path, **settings))

        yield opening


@pytest.fixture
async def town(open_town: Callable[..., Any]) -> Town:
    return await open_town()
