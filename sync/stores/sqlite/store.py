"""A store in one SQLite file: WAL, `synchronous = FULL`, one writer's thread, short reads on the spot.

Readers take a connection from a small stack, so a read inside a read works and every thread may read.
"""

import asyncio
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sync.recent import Commit, Recent
from sync.revtree import load
from sync.rows import FeedEntry, Info
from sync.store import Index, WriteTransaction, no_index
from sync.stores.sqlite import schema
from sync.stores.sqlite.group import Commits, Request, Writer
from sync.stores.sqlite.journal import Journal
from sync.stores.sqlite.reader import SqliteReader
from sync.stores.sqlite.writer import Counters, SqliteWriter
from sync.waiting import Waiting

Result = TypeVar("Result")
SETTINGS = ("synchronous = FULL", "cache_size = -16000", "temp_store = MEMORY")


class SqliteStore:
    """Open it inside the running event loop. `index` is the house's index function."""

    def __init__(self, path: Path, *, index: Index = no_index) -> None:
        self.path = path
        self.index = index
        self.waiting = Waiting()
        self._idle: list[sqlite3.Connection] = []
        connection = self._connect()
        connection.execute("PRAGMA journal_mode = WAL")
        schema.upgrade(connection)
        connection.execute("INSERT OR IGNORE INTO state VALUES (1, ?, 0, 0)", (secrets.token_hex(16),))
        self.uuid: str = connection.execute("SELECT uuid FROM state").fetchone()[0]
        self._connection = connection
        journal = Journal(connection, self._connect)
        self._writer = Writer(connection, journal, asyncio.get_running_loop(), self._committed)
        self.number = self._writer.counters.number
        self.recent = Recent(self.number, self._numbers)
        self._names = self._stored_names()

    async def create(self, name: str) -> bool:
        def work(counters: Counters) -> tuple[bool, Commits]:
            insert = "INSERT OR IGNORE INTO space (name, epoch, base) VALUES (?, ?, ?)"
            made = self._connection.execute(insert, (name, secrets.token_hex(4), counters.number)).rowcount > 0
            return made, {name: Commit(whole=True)} if made else {}

        return await self._writer.submit(work)

    async def delete(self, name: str) -> bool:
        def work(counters: Counters) -> tuple[bool, Commits]:
            if self._connection.execute("SELECT 1 FROM space WHERE name = ?", (name,)).fetchone() is None:
                return False, {}
            tx = SqliteWriter(self._connection, name, counters)
            _delete_bodies(tx)
            for table in ("document", "partition", "blob", "local", "held", "entry"):
                self._connection.execute(f"DELETE FROM {table} WHERE space = ?", (tx.space,))
            self._connection.execute("DELETE FROM space WHERE key = ?", (tx.space,))
            return True, {name: Commit(whole=True)}

        return await self._writer.submit(work)

    def names(self) -> list[str]:
        return sorted(self._names)

    def exists(self, name: str) -> bool:
        return name in self._names

    @contextmanager
    def read(self, name: str) -> Generator[SqliteReader]:
        with self._reading() as connection:
            yield SqliteReader(connection, name)

    async def write(self, name: str, work: Callable[[WriteTransaction], Result]) -> Result:
        def do(counters: Counters) -> tuple[Result, Commits]:
            tx = SqliteWriter(self._connection, name, counters)
            result = work(tx)
            tx.finish()
            return result, {name: tx.commit}

        return await self._writer.submit(do)

    def feed(self, since: int, limit: int = 1000) -> list[FeedEntry]:
        recent = self.recent.feed(since, limit)
        if recent is not None:
            return recent
        with self._reading() as connection:
            found = connection.execute(
                "SELECT name, document.number, id, rev, document.deleted, leaves <> '', body FROM document"
                " JOIN space ON space.key = space WHERE document.number > ? ORDER BY document.number LIMIT ?",
                (since, limit),
            )
            return [FeedEntry(*row[:4], deleted=row[4] == 1, branched=row[5] == 1, body=row[6]) for row in found]

    async def changed(self, since: int) -> int:
        with self.waiting.watch(None) as watcher:
            while self.number <= since and not self.waiting.closed:
                await watcher.wait()
                watcher.rest()
        await asyncio.sleep(0)  # once closed nothing is waited for; who asks on and on must still be stoppable
        return self.number

    async def renew(self) -> None:
        def work(_: Counters) -> tuple[str, Commits]:
            uuid = secrets.token_hex(16)
            self._connection.execute("UPDATE state SET uuid = ?", (uuid,))
            self._connection.execute("UPDATE space SET epoch = lower(hex(randomblob(4)))")
            self._connection.execute("DELETE FROM local")
            return uuid, {name: Commit(whole=True) for name in self._names}

        self.uuid = await self._writer.submit(work)

    async def close(self) -> None:
        self.waiting.close()
        await asyncio.to_thread(self._writer.close)
        for connection in (*self._idle, self._connection):
            connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=30)
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        return connection

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection]:
        connection = self._idle.pop() if self._idle else self._connect()
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.execute("ROLLBACK")
            self._idle.append(connection)

    def _stored_names(self) -> set[str]:
        with self._reading() as connection:
            return {name for (name,) in connection.execute("SELECT name FROM space")}

    def _numbers(self, name: str) -> tuple[Info, dict[str, int]]:
        """A database and the newest number of each of its partitions."""
        with self.read(name) as tx:
            found = tx.connection.execute("SELECT name, number FROM partition WHERE space = ?", (tx.space,))
            return tx.info(), dict(found.fetchall())

    def _committed(self, number: int, group: list[Request]) -> None:
        self.number = number
        commits = [one for request in group if request.error is None for one in request.commits.items()]
        self.recent.committed(number, commits)
        if any(commit.whole for _, commit in commits):
            self._names = self._stored_names()
        touched: defaultdict[str, set[str]] = defaultdict(set)
        for name, commit in commits:
            if commit.partitions or commit.whole:
                touched[name].update(commit.partitions)
        for name, partitions in touched.items():
            self.waiting.changed(name, partitions)


def _delete_bodies(tx: SqliteWriter) -> None:
    trees: Any = tx.connection.execute("SELECT body, tree FROM document WHERE space = ?", (tx.space,))
    for body, tree in trees.fetchall():
        tx.drop_bodies([node.body for node in load(tree).nodes.values() if node.body] if tree else [body])
