from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.backend.notices.post import Phone, Post, a_post
from tests.backend.notices.village import Village, a_village


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with a_post(tmp_path) as one:
        yield one


@pytest.fixture
async def phone(post: Post) -> Phone:
    return await post.phone()


@pytest.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with a_village(tmp_path) as one:
        yield one
