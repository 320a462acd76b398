"""Followers: what is made from documents, kept up to date as they change.

A follower reads the feed over all spaces from where it stopped. It first takes effect, then notes how far it came;
after a crash in between it takes effect once more. So each projection says what *is*, never what was added: the same
entry twice, or all entries again from zero (`rebuild`), gives the same documents, and documents that are equal are not
written. The checkpoint lies in the commons' index area, in the same file, so that a backup holds both or neither.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from backend.kit.spaces import COMMONS
from sync.database import Database
from sync.store import FeedEntry, Store

PAGE = 1000
PAUSE_SECONDS = 0.5
"""Between two looks at the feed: changes that come together are followed together."""


class Projection(Protocol):
    """One thing made from documents."""

    @property
    def name(self) -> str:
        """Names its checkpoint."""
        ...

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Take effect for these changes; harmless when it did before."""
        ...

    async def forget(self) -> None:
        """Remove what no document stands behind any more; called before a rebuild."""
        ...


class Follower:
    """Keeps projections up to date; beside the server goes `keep_running("projections", Follower(…).run)`."""

    def __init__(self, store: Store, projections: Sequence[Projection], pause: float = PAUSE_SECONDS) -> None:
        self._store = store
        self._projections = projections
        self._pause = pause

    async def run(self) -> None:
        """Follow until cancelled."""
        await self._store.create(COMMONS)
        while True:
            since = self._store.number
            await self.catch_up()
            await self._store.changed(since)
            await asyncio.sleep(self._pause)

    async def catch_up(self) -> None:
        """Bring every projection to the newest change."""
        for projection in self._projections:
            while entries := self._store.feed(self._checkpoint(projection), PAGE):
                await projection.follow(entries)
                await self._note(projection, entries[-1].number)

    async def rebuild(self) -> None:
        """Make everything again from the first change on."""
        for projection in self._projections:
            await projection.forget()
            await self._note(projection, 0)
        await self.catch_up()

    def _checkpoint(self, projection: Projection) -> int:
        with self._store.read(COMMONS) as tx:
            return int(tx.index_get(_key(projection)) or b"0")

    async def _note(self, projection: Projection, number: int) -> None:
        await Database(self._store, COMMONS).transact(lambda tx: tx.index_put(_key(projection), str(number).encode()))


def _key(projection: Projection) -> str:
    return f"projection/{projection.name}"
