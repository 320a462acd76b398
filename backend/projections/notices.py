"""Changes of documents → what people are told: assignments, mentions, answers to claims, moved needs, refused work.

    change ──▶ what was known of it before, what it says now ──▶ decide ──▶ tell ──▶ remember what it says

What was known is remembered beside the documents, in the index area of their space (`told/<document id>`), and written
down after the telling. A program killed in between looks at the same change once more and decides the same; the teller
takes the same notice once. Everything that stood before this was first followed is remembered silently: nobody is told
of old things. A rebuild tells nobody anything.
"""

from collections.abc import Mapping, Sequence

from backend.kit.clock import Clock
from backend.kit.ids import DocumentId, split_id
from backend.kit.spaces import COMMONS, SpaceKind, Spaces, kind_of
from backend.notices.telling import NoticeTeller
from backend.projections.changed import NEWS, PERSONAL, News
from backend.projections.happening import Change, Happening, Known
from sync.database import Database
from sync.rows import FeedEntry
from sync.store import Store, WriteTransaction

SILENT_UNTIL = "notices/silent-until"
_MEMORY = "told/"
_OF: Mapping[SpaceKind, Mapping[str, News]] = {SpaceKind.PROCESS: NEWS, SpaceKind.PERSON: PERSONAL}


class Notices:
    """Tells people what changes concern them."""

    name = "notices"
    kinds = frozenset(NEWS) | frozenset(PERSONAL)

    def __init__(self, store: Store, spaces: Spaces, teller: NoticeTeller, clock: Clock) -> None:
        self._store = store
        self._spaces = spaces
        self._teller = teller
        self._clock = clock
        self._silent_until: int | None = None

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Tell what is among these changes, in their order."""
        silent_until = await self._silence()
        of: dict[str, list[tuple[FeedEntry, DocumentId]]] = {}
        for entry in entries:
            space, name = kind_of(entry.database), split_id(entry.id)
            if space and name and name.type in _OF.get(space[0], {}):
                of.setdefault(entry.database, []).append((entry, name))
        for space, some in of.items():
            if self._store.exists(space):
                await self._follow(space, some, silent_until)

    async def forget(self) -> None:
        """Leave all: what was told stays told."""

    async def _follow(self, space: str, entries: Sequence[tuple[FeedEntry, DocumentId]], silent_until: int) -> None:
        def known(identifier: str) -> Known:
            if identifier in remembered:
                return remembered[identifier]
            with self._store.read(space) as tx:
                return tx.index_get(_MEMORY + identifier)

        remembered: dict[str, Known] = {}
        news = NEWS if space.startswith(SpaceKind.PROCESS) else PERSONAL
        happening = Happening(self._spaces, self._teller, space, self._clock(), known)
        for entry, name in entries:
            before = known(entry.id)
            stored = None if entry.deleted else await self._spaces.read(space, entry.id)
            silent = entry.number <= silent_until
            after = await news[name.type](happening, Change(name, entry.rev, stored, before, silent))
            if after != before:
                remembered[entry.id] = after
        if remembered:
            await Database(self._store, space).transact(lambda tx: _remember(tx, remembered))

    async def _silence(self) -> int:
        """Return up to which change nobody is told: that at which this server first followed them."""
        if self._silent_until is None:
            with self._store.read(COMMONS) as tx:
                known = tx.index_get(SILENT_UNTIL)
            if known is None:
                known = str(self._store.number).encode()
                await Database(self._store, COMMONS).transact(lambda tx: tx.index_put(SILENT_UNTIL, known))
            self._silent_until = int(known)
        return self._silent_until


def _remember(tx: WriteTransaction, remembered: dict[str, Known]) -> None:
    for identifier, state in remembered.items():
        if state is None:
            tx.index_delete(_MEMORY + identifier)
        else:
            tx.index_put(_MEMORY + identifier, state)
