"""Where merging happens: a follower looks at each document that has several leaves and settles it in one transaction.

Only servers do it, all by the same rules, so a device never has to. The follower notes in the store itself how far it
came; not for each change, because whoever looks at a document once more finds it settled and writes nothing. When the
program starts, what is listed is looked at again: a newer program may know how to merge it.
"""

import asyncio
import time
from collections.abc import Sequence

from backend.conflicts import queries
from backend.conflicts.domain.settlement import settled
from backend.kit.spaces import COMMONS
from backend.kit.types import DocumentTypes
from sync.limits import OPEN
from sync.rows import FeedEntry
from sync.store import ReadTransaction, Store, WriteTransaction
from sync.writing import Writing

PAGE = 1000
STEP = 20
"""Documents of one transaction."""
NOTE_EVERY = 1000
"""Changes after which the place is noted; so many are looked at again after a crash."""
PAUSE_SECONDS = 0.02
"""Between two looks at the feed: what a phone sends in several requests is looked at together."""
_PLACE = "conflicts/followed"


class Conflicts:
    """Merges what merges, lists what does not; beside the server goes `keep_running("conflicts", Conflicts(…).run)`."""

    def __init__(self, store: Store, types: DocumentTypes) -> None:
        self._store = store
        self._types = types
        self._noted = 0

    async def run(self) -> None:
        """Follow until cancelled."""
        await self._store.create(COMMONS)
        await self.again()
        since = self._noted = self.place()
        while True:
            since = await self.follow(since)
            await self._store.changed(since)
            await asyncio.sleep(PAUSE_SECONDS)

    async def again(self) -> None:
        """Look once more at everything that is listed."""
        for database in self._store.names():
            with self._store.read(database) as tx:
                listed = queries.names(tx)
            await self._settle(database, listed)

    async def follow(self, since: int) -> int:
        """Settle what changed behind `since`; return how far this came, its own merges not included."""
        while entries := self._store.feed(since, PAGE):
            await self.settle(entries)
            since = entries[-1].number
            if since >= self._noted + NOTE_EVERY:
                await self._store.write(COMMONS, lambda tx, at=since: tx.index_put(_PLACE, str(at).encode()))
                self._noted = since
        return since

    def place(self) -> int:
        """Return how far the feed was followed, at least."""
        with self._store.read(COMMONS) as tx:
            return int(tx.index_get(_PLACE) or b"0")

    async def settle(self, entries: Sequence[FeedEntry]) -> None:
        """Settle the documents among these changes that have several leaves."""
        branched: dict[str, list[str]] = {}
        for entry in entries:
            if entry.branched:
                branched.setdefault(entry.database, []).append(entry.id)
        for database, names in branched.items():
            if self._store.exists(database):
                await self._settle(database, names)

    async def _settle(self, database: str, names: Sequence[str]) -> None:
        for first in range(0, len(names), STEP):
            with self._store.read(database) as tx:
                some = [name for name in names[first : first + STEP] if self._is_open(tx, name)]
            if some:
                await self._store.write(database, lambda tx, some=some: self._write(tx, some))

    def _is_open(self, tx: ReadTransaction, name: str) -> bool:
        """Whether there is something to write: most documents with several leaves were settled long ago."""
        found = queries.history(tx, self._types, name)
        return found is not None and (bool(settled(found)) or not queries.is_noted(tx, found))

    def _write(self, tx: WriteTransaction, names: Sequence[str]) -> None:
        writing = Writing(tx, self._store.index, None, time.time, OPEN)
        writing.prepare(names)
        for name in names:
            found = queries.history(tx, self._types, name)
            while found and (revisions := settled(found)):
                for one in revisions:
                    writing.replicate(one)
                found = queries.history(tx, self._types, name)
            if found:
                queries.note(tx, found)
        writing.finish()
