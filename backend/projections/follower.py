"""Followers: what is made from documents, kept up to date as they change.

A follower reads the feed over all spaces from where it stopped, and gives each projection the changes of the types that
it follows: most of what people write concerns none or one of them. It first takes effect, then notes how far it came;
after a crash in between it takes effect once more. So each projection says what *is*, never what was added: the same
entry twice, or all entries again from zero (`rebuild`), gives the same documents, and documents that are equal are not
written. The checkpoint lies in the commons' index area, in the same file, so that a backup holds both or neither.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter
from typing import Protocol

from backend.kit.spaces import COMMONS
from sync.database import Database
from sync.rows import FeedEntry
from sync.store import Store, WriteTransaction

PAGE = 1000
NOTE_EVERY = 10
"""Pages after which the place is noted, when there are so many to follow: each note waits for the disk."""
PARTS = 3
"""Of a document's id: partition, type, key."""
PAUSE_SECONDS = 0.5
"""Between two looks at the feed: changes that come together are followed together."""


class Projection(Protocol):
    """One thing made from documents."""

    @property
    def name(self) -> str:
        """Names its checkpoint."""
        ...

    @property
    def kinds(self) -> Collection[str]:
        """The types of documents whose changes it follows."""
        ...

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Take effect for these changes, in the order of their numbers; harmless when it did before.

        The first time of all it is called although there may be none for it.
        """
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
        """Bring every projection to the newest change: all of them page by page, each from where it stopped."""
        places = self._places()
        pages = 0
        while entries := self._store.feed(min(places.values()), PAGE):
            kinds = by_kind(entries)
            for projection in self._projections:
                place = places[projection.name]
                new = _of(kinds, projection.kinds, behind=place)
                if new or place == 0:
                    await projection.follow(new)
                places[projection.name] = max(place, entries[-1].number)
            pages += 1
            if pages % NOTE_EVERY == 0:
                await self._note(places)
            await asyncio.sleep(0)  # between two pages everybody else has their turn
        if pages % NOTE_EVERY:
            await self._note(places)

    async def rebuild(self) -> None:
        """Make everything again from the first change on."""
        for projection in self._projections:
            await projection.forget()
        await self._note(dict.fromkeys((one.name for one in self._projections), 0))
        await self.catch_up()

    def _places(self) -> dict[str, int]:
        """How far each projection came."""
        return {one.name: _place(self._store, one.name) for one in self._projections}

    async def _note(self, places: Mapping[str, int]) -> None:
        def work(tx: WriteTransaction) -> None:
            for name, number in places.items():
                tx.index_put(_key(name), str(number).encode())

        await Database(self._store, COMMONS).transact(work)


async def followed(store: Store, projection: str, pause: float = PAUSE_SECONDS) -> None:
    """Wait until a projection has taken effect for everything that is written now."""
    now = store.number
    while True:
        behind = store.feed(_place(store, projection), 1)
        if not behind or behind[0].number > now:
            return
        await asyncio.sleep(pause)


def by_kind(entries: Sequence[FeedEntry]) -> Mapping[str, list[FeedEntry]]:
    """Return changes by the type of their documents, looking at each id once; what has no type is nobody's."""
    kinds: defaultdict[str, list[FeedEntry]] = defaultdict(list)
    for entry in entries:
        parts = entry.id.split(":", 2)
        if len(parts) == PARTS:
            kinds[parts[1]].append(entry)
    return kinds


def _of(kinds: Mapping[str, list[FeedEntry]], wanted: Collection[str], *, behind: int) -> list[FeedEntry]:
    """Return the changes of these types behind a number, in order."""
    found = [one for kind in kinds.keys() & set(wanted) for one in kinds[kind] if one.number > behind]
    return sorted(found, key=attrgetter("number"))


def _place(store: Store, projection: str) -> int:
    """How far a projection came."""
    with store.read(COMMONS) as tx:
        return int(tx.index_get(_key(projection)) or b"0")


def _key(projection: str) -> str:
    return f"projection/{projection}"
