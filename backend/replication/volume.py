"""How large a space is for one reader, at a cost that does not grow with the space.

The number of documents is counted in the index; their size is that of the newest `SAMPLE` of them, scaled up. The
answer is kept until the space or the reader's partitions change, for a device asks for it whenever it opens a screen.
"""

from collections import OrderedDict

from msgspec import Struct

from sync.hooks import Access
from sync.store import Store

SAMPLE = 500
KEPT = 2_000
_ENVELOPE = 60
"""Bytes of `_id` and `_rev` beside the body."""


class Volume(Struct, frozen=True):
    """What one reader may read of a space, right now."""

    partitions: frozenset[str]
    gained: int
    lost: int
    documents: int
    size: int
    """Bytes, about."""


class Volumes:
    """Volumes that were asked for, kept while they hold."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[str, int, frozenset[str]], tuple[int, int]] = OrderedDict()

    def of(self, space: str, access: Access) -> Volume:
        """Return how much of a space its reader may read."""
        with self._store.read(space) as tx:
            reading = access.reading(tx)
            partitions = reading.partitions or frozenset()
            info = tx.info(partitions)
            key = (space, info.number, partitions)
            found = self._kept.get(key)
            if found is None:
                newest = tx.changed(partitions, 0, info.number, SAMPLE, descending=True)
                rows = [row for row in newest if not row.deleted]
                sizes = [len(body.data) + _ENVELOPE for body in tx.bodies([row.body for row in rows]).values()]
                found = (info.documents, sum(sizes) * info.documents // max(1, len(sizes)))
                self._kept[key] = found
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return Volume(partitions, reading.gained, reading.lost, *found)
