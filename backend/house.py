"""Everything the program opens once: secrets, rows, the store of documents; and in which order it closes again.

The web application (`app.py`) and the command line both live in an open house. Opening brings both files up to date,
each after a backup of its own.
"""

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.accounts.sessions import Sessions
from backend.files.actions import Shelf
from backend.kit.background import keep_running
from backend.kit.clock import Clock, now
from backend.kit.secrets import Secrets, open_secrets
from backend.kit.settings import Settings
from backend.projections.everything import follower
from backend.replication.doorkeeper import Doorkeeper
from backend.replication.held import HeldWork
from backend.replication.index import index
from backend.replication.spaces import StoredSpaces
from backend.rows import HouseError, back_up, open_rows
from sync.errors import SchemaTooNewError
from sync.stores.sqlite import SqliteStore
from sync.stores.sqlite.schema import STEPS, version

SPACES = "spaces.db"
FILES = "files"
LOCK = ".lock"


@dataclass(frozen=True)
class House:
    """What is open while the program runs."""

    settings: Settings
    secrets: Secrets
    clock: Clock
    sessions: Sessions
    store: SqliteStore
    shelf: Shelf
    spaces: StoredSpaces
    doorkeeper: Doorkeeper


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock = now) -> AsyncGenerator[House]:
    """Open everything, and close it at the end of the block. Raises HouseError with a sentence for the operator."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(settings.data):
        secrets = open_secrets(settings.data)
        async with open_rows(settings, clock()):
            store = await _open_store(settings.data / SPACES, clock)
            sessions = Sessions(key=secrets.session_key, secure=settings.secure, clock=clock)
            shelf = Shelf(settings.data / FILES, clock)
            spaces = StoredSpaces(store, shelf)
            try:
                yield House(settings, secrets, clock, sessions, store, shelf, spaces, Doorkeeper(store))
            finally:
                await store.close()


@asynccontextmanager
async def open_for_work(house: House) -> AsyncGenerator[None]:
    """Let go on beside the server what follows the changes of documents; it ends with the block."""
    work = {
        "held": HeldWork(house.doorkeeper, house.spaces, house.clock).run,
        "projections": follower(house.store, house.spaces, house.clock).run,
    }
    tasks = [asyncio.create_task(keep_running(name, one), name=name) for name, one in work.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def _alone(data: Path) -> Generator[None]:
    """Keep a second program out of the folder: the store counts its changes in memory, so only one may write."""
    with (data / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise HouseError(f"Another Interlink is using {data}: stop it first.") from error
        yield


async def _open_store(file: Path, clock: Clock) -> SqliteStore:
    if await asyncio.to_thread(_behind, file):
        await asyncio.to_thread(back_up, file, clock())
    try:
        return SqliteStore(file, index=index)
    except SchemaTooNewError as error:
        raise HouseError(str(error)) from error


def _behind(file: Path) -> bool:
    """Say whether the store file exists and opening it will change its schema."""
    if not file.exists():
        return False
    with closing(sqlite3.connect(file)) as connection:
        return 0 < version(connection) < len(STEPS)
