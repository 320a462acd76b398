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
from functools import partial
from pathlib import Path

from backend.accounts.post import Post
from backend.accounts.sessions import Sessions
from backend.accounts.tidying import Tidying
from backend.conflicts.actions import Conflicts
from backend.conflicts.upkeep import Upkeep
from backend.files.actions import Shelf
from backend.files.removal import Removal
from backend.kit.background import keep_running
from backend.kit.clock import Clock, now
from backend.kit.mail import Carrier, FolderCarrier, SmtpCarrier
from backend.kit.secrets import Secrets, open_secrets
from backend.kit.settings import Settings
from backend.notices.caller import Caller
from backend.notices.candidates import Candidates
from backend.notices.joining import Joining
from backend.notices.opening import Around, Notices, open_notices
from backend.notices.reminding import Reminding
from backend.people.actions.endings import Endings
from backend.people.actions.keeper import RightsKeeper
from backend.projections.everything import follower
from backend.projections.files import NamedFiles
from backend.projections.follower import followed
from backend.quarantine.actions import Quarantine
from backend.replication.doorkeeper import Doorkeeper
from backend.replication.ground import StoredGround
from backend.replication.held import HeldWork
from backend.replication.index import index
from backend.replication.registry import TYPES
from backend.replication.spaces import StoredSpaces
from backend.rows import HouseError, back_up, open_rows
from backend.search.actions import Search
from sync.errors import SchemaTooNewError
from sync.stores.sqlite import SqliteStore
from sync.stores.sqlite.schema import STEPS, refuse_newer, version

SPACES = "spaces.db"
FILES = "files"
MAILS = "mail"
LOCK = ".lock"
RESTORING = ".restoring"
"""Where a restore makes ready what it then moves up; while it is there, the house is not whole."""


@dataclass(frozen=True)
class House:
    """What is open while the program runs."""

    settings: Settings
    secrets: Secrets
    clock: Clock
    sessions: Sessions
    post: Post
    store: SqliteStore
    shelf: Shelf
    spaces: StoredSpaces
    doorkeeper: Doorkeeper
    keeper: RightsKeeper
    notices: Notices
    search: Search


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock = now) -> AsyncGenerator[House]:
    """Open everything, and close it at the end of the block. Raises HouseError with a sentence for the operator."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(settings.data):
        await asyncio.to_thread(_may_be_opened, settings.data)
        secrets = open_secrets(settings.data)
        async with open_rows(settings, clock()):
            store = await _open_store(settings.data / SPACES, clock)
            sessions = Sessions(key=secrets.session_key, secure=settings.secure, clock=clock)
            post = Post(_carrier(settings), settings.name, clock)
            shelf = Shelf(settings.data / FILES, clock)
            spaces = StoredSpaces(store, shelf)
            shelf.tells(Quarantine(spaces, TYPES).file_arrived)
            try:
                ground = StoredGround(store, spaces)
                keeper = RightsKeeper(spaces, ground, clock)
                notices = open_notices(secrets, settings, Around(spaces, ground, post, clock))
                keeper.tells(Joining(notices.teller, clock))
                door = Doorkeeper(store)
                with closing(Search(store, settings.data)) as words:
                    yield House(
                        settings, secrets, clock, sessions, post, store, shelf, spaces, door, keeper, notices, words
                    )
            finally:
                await store.close()


@asynccontextmanager
async def open_for_work(house: House) -> AsyncGenerator[None]:
    """Let go on beside the server what follows the changes of documents; it ends with the block."""
    teller = house.notices.teller
    candidates = Candidates(house.spaces, house.keeper.ground, house.clock)
    work = {
        "conflicts": Conflicts(house.store, TYPES).run,
        "mail": house.post.run,
        "tidying": Tidying(house.clock).run,
        "endings": Endings(house.keeper).run,
        "held": HeldWork(house.doorkeeper, house.spaces, house.clock).run,
        "notices": house.notices.courier.run,
        "telling": house.notices.teller.run,
        "search": house.search.run,
        "calls": Caller(house.spaces, candidates, teller, house.clock).run,
        "reminders": Reminding(house.spaces, teller, house.clock).run,
        "projections": follower(house.store, house.spaces, house.clock, TYPES, teller).run,
        "upkeep": Upkeep(house.store, house.clock).run,
        "files": Removal(house.shelf, partial(followed, house.store, NamedFiles.name), house.clock).run,
    }
    tasks = [asyncio.create_task(keep_running(name, one), name=name) for name, one in work.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _carrier(settings: Settings) -> Carrier:
    if settings.smtp_url is not None:
        try:
            return SmtpCarrier(settings.smtp_url, settings.sender)
        except ValueError as error:
            raise HouseError(f"The setting INTERLINK_SMTP_URL cannot be used: {error}.") from error
    return FolderCarrier(settings.data / MAILS, settings.sender)


@contextmanager
def alone(data: Path) -> Generator[None]:
    """Keep a second program out of the folder: the store counts its changes in memory, so only one may write.

    Raises HouseError when another has it.
    """
    with (data / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise HouseError(f"Another Interlink is using {data}: stop it first.") from error
        yield


def _may_be_opened(data: Path) -> None:
    """Refuse what was not restored to its end, and newer documents, before anything (the rows) is migrated."""
    if (data / RESTORING).exists():
        raise HouseError(f"A restore into {data} did not come to its end: empty the folder and restore again.")
    try:
        refuse_newer(_version(data / SPACES))
    except SchemaTooNewError as error:
        raise HouseError(str(error)) from error


async def _open_store(file: Path, clock: Clock) -> SqliteStore:
    if 0 < await asyncio.to_thread(_version, file) < len(STEPS):
        await asyncio.to_thread(back_up, file, clock())
    return SqliteStore(file, index=index)


def _version(file: Path) -> int:
    """Say how many steps the schema of a store's file has done; 0 when there is none."""
    if not file.exists():
        return 0
    with closing(sqlite3.connect(file)) as connection:
        return version(connection)
