"""The engine without a house: everybody may everything, on one's own machine."""

import fcntl
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar

from sync.door.app import routes
from sync.hooks import Access, OpenAccess
from sync.limits import OPEN
from sync.store import Store
from sync.stores.memory import MemoryStore
from sync.stores.sqlite import SqliteStore

FILE = "spaces.db"
LOCK = ".lock"


class InUseError(Exception):
    """Another program has the folder open."""


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """Keep a second program out of a folder: a store counts its changes in memory, so only one may write."""
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUseError(f"Another program is using {folder}: stop it first, or speak to it by http.") from None
        yield


class OpenHouse:
    """Hooks that let everybody in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def access(self, request: Any, database: str) -> Access:  # noqa: ARG002 — the same for all
        return OpenAccess()

    async def databases(self, request: Any) -> list[tuple[str, Access]]:  # noqa: ARG002 — the same for all
        return [(name, OpenAccess()) for name in self._store.names()]

    async def administers(self, request: Any) -> bool:  # noqa: ARG002 — the same for all
        return True


def served(store: Store) -> Litestar:
    """An open store as an application."""
    return Litestar(
        [routes(store, OpenHouse(store), prefix="/", limits=OPEN)], openapi_config=None, logging_config=None
    )


def application(data: Path | None) -> Litestar:
    """The engine as an application that opens and closes its store; `data` None keeps nothing."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncGenerator[None]:
        store = MemoryStore() if data is None else SqliteStore(data / FILE)
        app.register(routes(store, OpenHouse(store), prefix="/", limits=OPEN))
        yield
        await store.close()

    return Litestar(lifespan=[lifespan], openapi_config=None, logging_config=None)
