"""Who waits for which partitions, and who is woken by a commit: only readers of what changed.

A watcher is registered *before* its reader looks, so a change between looking and waiting is never missed. A wake-up
says only «look again»; what may be seen is decided by the next snapshot.
"""

import asyncio
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager

Key = tuple[str, str | None]
"""Database and partition; None: every partition."""


class Watcher:
    """One waiting reader; `moved` collects the databases to look at again. Its waiting is one future and one timer."""

    __slots__ = ("_future", "moved", "rights")

    def __init__(self) -> None:
        self._future: asyncio.Future[bool] | None = None
        self.moved: set[str] = set()
        self.rights = False
        """Whether what may be read can have become another."""

    def wake(self, database: str) -> None:
        """Tell the reader to look at this database again."""
        self.moved.add(database)
        if self._future is not None and not self._future.done():
            self._future.set_result(True)

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait to be woken; False when `seconds` passed first."""
        if self.moved:
            return True
        loop = asyncio.get_running_loop()
        self._future = loop.create_future()
        timer = None if seconds is None else loop.call_later(seconds, _end, self._future)
        try:
            return await self._future
        finally:
            self._future = None
            if timer is not None:
                timer.cancel()

    def rest(self) -> set[str]:
        """The databases that moved since the last call."""
        moved, self.moved, self.rights = self.moved, set(), False
        return moved


def _end(future: asyncio.Future[bool]) -> None:
    if not future.done():
        future.set_result(False)


class Waiting:
    """All watchers of one store. Every method belongs to the event loop's thread."""

    def __init__(self) -> None:
        self._watchers: defaultdict[Key, set[Watcher]] = defaultdict(set)
        self._everything: set[Watcher] = set()
        self.closed = False

    @contextmanager
    def watch(self, wanted: Mapping[str, Iterable[str] | None] | None) -> Generator[Watcher]:
        """Register a watcher for these partitions of these databases (None: all of them)."""
        watcher = Watcher()
        keys = [(name, part) for name, parts in (wanted or {}).items() for part in ([None] if parts is None else parts)]
        if wanted is None:
            self._everything.add(watcher)
        for key in keys:
            self._watchers[key].add(watcher)
        try:
            yield watcher
        finally:
            self._everything.discard(watcher)
            for key in keys:
                watchers = self._watchers[key]
                watchers.discard(watcher)
                if not watchers:
                    del self._watchers[key]

    def changed(self, database: str, partitions: Iterable[str]) -> None:
        """Wake the readers of these partitions after a commit."""
        for part in (None, *partitions):
            for watcher in tuple(self._watchers.get((database, part), ())):
                watcher.wake(database)
        for watcher in tuple(self._everything):
            watcher.wake(database)

    def rights_changed(self, database: str) -> None:
        """Let every reader of this database look again: what it may read may have become another."""
        keys = [key for key in self._watchers if key[0] == database]
        for key in keys:
            for watcher in tuple(self._watchers[key]):
                watcher.rights = True
                watcher.wake(database)

    def person_changed(self, principal: str) -> None:
        """Wake the devices of one person: the list of this person's databases may have become another."""
        self.changed("", (principal,))

    def close(self) -> None:
        """Wake everybody for the last time."""
        self.closed = True
        for watcher in {*self._everything, *(one for many in self._watchers.values() for one in many)}:
            watcher.wake("")
