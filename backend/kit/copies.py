"""Copies of SQLite files that others are writing to, several of one moment.

SQLite has no transaction over two files in WAL mode, but each file has one writer at a time. Whoever holds both files'
write locks at once knows that nothing is between two commits anywhere; a snapshot of each, taken then, is **one moment
of both**, as a power cut at that moment would leave it. The locks are let go as soon as the snapshots stand (well under
a millisecond), and the copying happens beside the writers, however long it takes.

Whoever has got one lock waits for the other for a moment only, else gives both back and begins again: so nobody is held
up for long, and nobody who takes them in another order is ever waited for in a circle.
"""

import os
import sqlite3
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from backend.kit.errors import OperatorError

PATIENCE = 60.0
"""Seconds to try."""
MOMENT = 0.5
"""Seconds to wait for one lock, while others may be held."""
_STEP = 0.001
"""Seconds between two looks: a busy writer leaves its file alone for less than that."""


@contextmanager
def one_moment(files: Sequence[Path]) -> Generator[list[sqlite3.Connection]]:
    """Open these files so that all connections see one moment, the same for all, until the block ends."""
    with ExitStack() as opened:
        writers, readers = (
            [opened.enter_context(closing(_open(file, patience))) for file in files] for patience in (0.0, PATIENCE)
        )
        try:
            _lock_all(writers)
            for one in readers:
                one.execute("BEGIN")
                one.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # only a read takes the snapshot
        finally:
            for one in writers:
                one.rollback()
        yield readers


def _lock_all(writers: list[sqlite3.Connection]) -> None:
    end = time.monotonic() + PATIENCE
    while not all(_lock(one) for one in writers):
        for one in writers:
            one.rollback()
        if time.monotonic() > end:
            raise OperatorError("The server writes without a pause: try again when it has less to do.")
        time.sleep(MOMENT / 10)


def _lock(writer: sqlite3.Connection) -> bool:
    """Take the one lock that writers of a file have; False when it could not be had in a moment."""
    end = time.monotonic() + MOMENT
    while time.monotonic() < end:
        try:
            writer.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_STEP)
        else:
            return True
    return False


def copy_database(seen: sqlite3.Connection, copy: Path) -> None:
    """Write what a connection sees into one new file that needs no other beside it; it is whole or not there.

    Raises OperatorError when the copy is not well formed, which means that the original is damaged.
    """
    part = copy.with_name(f".{copy.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as target:
            seen.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            [answer] = target.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != "ok":
            raise OperatorError(f"The copy of {copy.name} is damaged, so the database is: {answer}")
        part.chmod(0o600)
        part.rename(copy)
    finally:
        part.unlink(missing_ok=True)
    make_durable(copy.parent)


def make_durable(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _open(file: Path, patience: float) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=patience)
