"""What was made from INTERLINKERs in all processes → `all:uses:<key>` in the commons: in how many of them.

An asset that was deleted says no longer what it was made from, so both ways are noted in the commons' index area, which
no reader sees:

    uses/asset/<space>/<asset>               key of the INTERLINKER it was made from
    uses/of/<INTERLINKER>/<space>/<asset>    (empty)
"""

from collections.abc import Iterable, Sequence

from backend.catalogue.documents import INTERLINKER
from backend.catalogue.uses import USES
from backend.kinds.documents import TYPES as KINDS
from backend.kit.clock import Clock
from backend.kit.envelope import written_by_server
from backend.kit.ids import DocumentId, key_of
from backend.kit.languages import DEFAULT
from backend.kit.spaces import ALL, COMMONS, Spaces, process_of
from backend.projections.follower import by_kind
from sync.database import Database
from sync.rows import FeedEntry
from sync.store import ReadTransaction, Store, WriteTransaction

_ASSET = "uses/asset/"
_OF = "uses/of/"
_PAGE = 1000


class UsesOfInterlinkers:
    """Counts the processes in which an INTERLINKER is used."""

    name = "uses"
    kinds = frozenset(kind.name for kind in KINDS)

    def __init__(self, store: Store, spaces: Spaces, clock: Clock) -> None:
        self._store = store
        self._spaces = spaces
        self._clock = clock

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Note what these assets are made from, and count again where that is new."""
        await self._show(await self._note(entries))

    async def _note(self, entries: Sequence[FeedEntry]) -> set[str]:
        """Note what these assets are made from; return the INTERLINKERs of which more or less is made now."""
        made = {f"{one.database}/{one.id}": self._made_from(one) for one in entries if process_of(one.database)}
        with self._store.read(COMMONS) as tx:
            before = {asset: _noted(tx, asset) for asset in made}
        changed = {asset: key for asset, key in made.items() if key != before[asset]}
        if not changed:
            return set()

        def note(tx: WriteTransaction) -> None:
            for asset, key in changed.items():
                if old := before[asset]:
                    tx.index_delete(f"{_OF}{old}/{asset}")
                    tx.index_delete(_ASSET + asset)
                if key:
                    tx.index_put(f"{_OF}{key}/{asset}", b"")
                    tx.index_put(_ASSET + asset, key.encode())

        await Database(self._store, COMMONS).transact(note)
        return {key for asset, new in changed.items() for key in (before[asset], new) if key}

    def _made_from(self, entry: FeedEntry) -> str:
        """Return the key of an INTERLINKER; empty for what is made from none, or is no longer there."""
        found = Database(self._store, entry.database).get(entry.id) if self._store.exists(entry.database) else None
        key = found.content.get("made_from") if found else None
        return key if isinstance(key, str) and USES.key.fits(key, owner="", author=None) else ""

    async def _show(self, keys: Iterable[str]) -> None:
        await self._spaces.write(COMMONS, [self._document(one) for one in sorted(keys)])

    def _document(self, key: str) -> dict[str, object]:
        prefix = f"{_OF}{key}/"
        with self._store.read(COMMONS) as tx:
            processes = {found.removeprefix(prefix).partition("/")[0] for found, _ in tx.index_range(prefix)}
            used = tx.winner(str(DocumentId(ALL, INTERLINKER.name, key)))
        if not processes or used is None or used.deleted:
            return {"_id": str(DocumentId(ALL, USES.name, key)), "_deleted": True}
        return written_by_server(USES, key, {"processes": len(processes)}, lang=DEFAULT, at=self._clock())

    async def forget(self) -> None:
        """Note everything again, and show nothing that no asset stands behind."""
        if not self._store.exists(COMMONS):
            return
        touched = {key_of(one["_id"]) for one in await self._spaces.list(COMMONS, ALL, USES.name)}
        await Database(self._store, COMMONS).transact(_forget)
        since = 0
        while entries := self._store.feed(since, _PAGE):
            kinds = by_kind(entries)
            touched |= await self._note([one for kind in self.kinds for one in kinds.get(kind, ())])
            since = entries[-1].number
        await self._show(touched)


def _noted(tx: ReadTransaction, asset: str) -> str:
    return (tx.index_get(_ASSET + asset) or b"").decode()


def _forget(tx: WriteTransaction) -> None:
    for prefix in (_ASSET, _OF):
        for key, _ in tx.index_range(prefix):
            tx.index_delete(key)
