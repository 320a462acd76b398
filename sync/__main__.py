"""`python -m sync serve --data DIR --port N`: the engine alone, open to its own machine."""

import argparse
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from litestar import Litestar

from sync.door import routes
from sync.errors import SchemaTooNewError
from sync.hooks import Access, OpenAccess
from sync.limits import OPEN
from sync.stores.memory import MemoryStore
from sync.stores.sqlite import SqliteStore


class OpenHouse:
    """Everybody may everything: for one's own machine."""

    def __init__(self, store: SqliteStore | MemoryStore) -> None:
        self._store = store

    async def access(self, request: Any, database: str) -> Access:  # noqa: ARG002 — the same for all
        return OpenAccess()

    async def databases(self, request: Any) -> list[tuple[str, Access]]:  # noqa: ARG002 — the same for all
        return [(name, OpenAccess()) for name in self._store.names()]

    async def administers(self, request: Any) -> bool:  # noqa: ARG002 — the same for all
        return True


def application(data: Path | None) -> Litestar:
    """The engine as an application; `data` is the folder of its file (None: nothing is kept)."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncGenerator[None]:
        store = MemoryStore() if data is None else SqliteStore(data / "spaces.db")
        app.register(routes(store, OpenHouse(store), prefix="/", limits=OPEN))
        yield
        await store.close()

    return Litestar(lifespan=[lifespan], openapi_config=None)


def main() -> int:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m sync", description="A CouchDB-compatible server and replicator.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve a folder of databases, open to this machine")
    serve.add_argument("--data", type=Path, help="folder that keeps the databases (without it they are forgotten)")
    serve.add_argument("--port", type=int, default=5984)
    arguments = parser.parse_args()
    if arguments.data is not None:
        arguments.data.mkdir(parents=True, exist_ok=True)
    try:
        uvicorn.run(
            application(arguments.data),
            host="127.0.0.1",
            port=arguments.port,
            log_level="warning",
            timeout_graceful_shutdown=2,
        )
    except SchemaTooNewError as error:
        print(error, file=sys.stderr)  # noqa: T201 — a command line speaks to its user
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
