"""The index of words follows the changes of documents; beside the server goes `keep_running("search", Search(…).run)`.

It notes how far it came in the transaction that took the words in. What it misses in a crash it reads again, a lost
file is made again from the first change on, and a restored backup (another life of the store) begins a new one.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import msgspec

from backend.kit.spaces import SpaceKind, kind_of
from backend.search.domain import words
from backend.search.queries import Index, Row
from sync.rows import FeedEntry
from sync.store import Store

FILE = "search.db"
PAGE = 200
CALM_SECONDS = 2.0
"""So long nothing was written: to take in words costs more than to store them, and devices that sync go first."""
LATEST_SECONDS = 60.0
"""After which what is new is taken in although writing goes on."""
TIDY_EVERY = 5000
"""Changes after which the file is tidied."""
_SPACES = frozenset({SpaceKind.COMMONS, SpaceKind.PROCESS})
_CONTENT = msgspec.json.Decoder(dict[str, object]).decode


class Search:
    """Keeps the index of words up to date."""

    def __init__(self, store: Store, data: Path) -> None:
        self._store = store
        self.index = Index(data / FILE, store.uuid)

    async def run(self) -> None:
        """Follow until cancelled."""
        tidied = -TIDY_EVERY
        while True:
            since = self._store.number
            await self._follow()
            if since - tidied >= TIDY_EVERY:
                await asyncio.to_thread(self.index.keep_only, self._store.names())
                tidied = since
            await self._store.changed(since)
            await self._calm()

    async def _follow(self) -> None:
        """Catch up, and stand back when writing begins again meanwhile; not for ever, or nothing new would be found."""
        latest = monotonic() + LATEST_SECONDS
        while entries := self._store.feed(self.index.followed, PAGE):
            written = self._store.number
            await self._take_in(entries)
            if self._store.number != written and monotonic() < latest:
                await self._calm()

    async def _calm(self) -> None:
        """Wait until nobody writes any more, though not for ever."""
        latest = monotonic() + LATEST_SECONDS
        written = -1
        while written != self._store.number and monotonic() < latest:
            written = self._store.number
            await asyncio.sleep(CALM_SECONDS)

    async def catch_up(self) -> None:
        """Bring the index to the newest change."""
        while entries := self._store.feed(self.index.followed, PAGE):
            await self._take_in(entries)

    async def _take_in(self, entries: Sequence[FeedEntry]) -> None:
        await asyncio.to_thread(self.index.put, self._rows(entries), entries[-1].number)

    async def rebuild(self) -> None:
        """Make everything again from the first change on."""
        await asyncio.to_thread(self.index.empty)
        await self.catch_up()

    def close(self) -> None:
        """Let go of the file."""
        self.index.close()

    def _rows(self, entries: Sequence[FeedEntry]) -> list[Row]:
        """Read what changed, database by database, on the event loop as everybody reads: a page is small."""
        places: dict[str, list[FeedEntry]] = {}
        for entry in entries:
            kind = kind_of(entry.database)
            if kind is not None and kind[0] in _SPACES:
                places.setdefault(entry.database, []).append(entry)
        return [row for database, some in places.items() for row in self._rows_of(database, some)]

    def _rows_of(self, database: str, entries: Sequence[FeedEntry]) -> list[Row]:
        if not self._store.exists(database):
            return [Row(one.number, database, one.id, None) for one in entries]
        with self._store.read(database) as tx:
            bodies = tx.bodies([one.body for one in entries if not one.deleted])
        return [
            Row(one.number, database, one.id, words(_CONTENT(body.data)) if (body := bodies.get(one.body)) else None)
            for one in entries
        ]
