from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.backend.notices.post import Phone, Post, a_post


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with a_post(tmp_path) as one:
        yield one


@pytest.fixture
async def phone(post: Post) -> Phone:
    return await post.phone()
