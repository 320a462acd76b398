"""What all rooms of the backend's tests share: where their rows lie."""

from collections.abc import Iterator

import pytest

from tests.backend.postgresql import postgresql


@pytest.fixture(scope="session", autouse=True)
def _postgresql() -> Iterator[None]:
    with postgresql():
        yield
