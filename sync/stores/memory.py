"""A store in dictionaries: for tests, and for what need not outlive the process.

A database is a value. A reader keeps the value it found, which is its snapshot; a writer works on a copy and puts it in
place when the request succeeds.
"""

import asyncio
import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager
from operator import attrgetter
from typing import TypeVar

from msgspec.structs import replace

from sync.errors import NO_DATABASE, SyncError
from sync.recent import Commit, Recent
from sync.rows import FeedEntry, Info
from sync.store import Index, WriteTransaction, no_index
from sync.stores.content import Content, MemoryTransaction
from sync.waiting import Waiting

Result = TypeVar("Result")


class MemoryStore:
    """Many databases, gone with the process. `index` is the house's index function."""

    def __init__(self, *, index: Index = no_index) -> None:
        self.index = index
        self.uuid = secrets.token_hex(16)
        self.number = 0
        self.waiting = Waiting()
        self.recent = Recent(0, self._numbers)
        self._databases: dict[str, Content] = {}

    async def create(self, name: str) -> bool:
        if name in self._databases:
            return False
        self._databases[name] = Content(Info(name, secrets.token_hex(4), self.number, 0, 0, 0, 1000, 0))
        self._committed(name, Commit(whole=True))
        return True

    async def delete(self, name: str) -> bool:
        known = self._databases.pop(name, None) is not None
        if known:
            self._committed(name, Commit(whole=True))
        return known

    def names(self) -> list[str]:
        return sorted(self._databases)

    def exists(self, name: str) -> bool:
        return name in self._databases

    @contextmanager
    def read(self, name: str) -> Generator[MemoryTransaction]:
        yield MemoryTransaction(self._content(name), self.number)

    async def write(self, name: str, work: Callable[[WriteTransaction], Result]) -> Result:
        content = self._content(name).copy()
        tx = MemoryTransaction(content, self.number)
        result = work(tx)
        self._databases[name] = content
        self.number = tx.number
        self._committed(name, tx.commit)
        return result

    def feed(self, since: int, limit: int = 1000) -> list[FeedEntry]:
        recent = self.recent.feed(since, limit)
        if recent is not None:
            return recent
        entries = [
            FeedEntry(name, row.number, row.id, row.rev, row.deleted, row.leaves != "", row.body)
            for name, content in self._databases.items()
            for row in content.rows.values()
            if row.number > since
        ]
        return sorted(entries, key=attrgetter("number"))[:limit]

    async def changed(self, since: int) -> int:
        with self.waiting.watch(None) as watcher:
            while self.number <= since and not self.waiting.closed:
                await watcher.wait()
                watcher.rest()
        await asyncio.sleep(0)  # once closed nothing is waited for; who asks on and on must still be stoppable
        return self.number

    async def renew(self) -> None:
        self.uuid = secrets.token_hex(16)
        for content in self._databases.values():
            content.info = replace(content.info, epoch=secrets.token_hex(4))
            content.locals = {}
            self._committed(content.info.name, Commit(whole=True))

    async def close(self) -> None:
        self.waiting.close()

    def _committed(self, name: str, commit: Commit) -> None:
        self.recent.committed(self.number, [(name, commit)])
        if commit.partitions or commit.whole:
            self.waiting.changed(name, commit.partitions)

    def _numbers(self, name: str) -> tuple[Info, dict[str, int]]:
        content = self._content(name)
        numbers: dict[str, int] = {}
        for row in content.rows.values():
            numbers[row.partition] = max(row.number, numbers.get(row.partition, 0))
        return replace(content.info), numbers

    def _content(self, name: str) -> Content:
        content = self._databases.get(name)
        if content is None:
            raise SyncError(NO_DATABASE)
        return content
