"""Which files documents name, as rows: a file goes some time after the last document that named it.

Every living version counts: of two that contradict each other somebody may choose either. All types are followed,
since any may name a file in a member that a newer version has added.
"""

from collections.abc import Sequence

from backend.files import reference_rows
from backend.files.references import files_named
from backend.kit.clock import Clock
from backend.kit.types import DocumentTypes
from sync.rows import FeedEntry
from sync.store import ReadTransaction, Store
from sync.winner import tree_of


class NamedFiles:
    """Keeps the rows of references as the documents have it."""

    name = "files"

    def __init__(self, store: Store, clock: Clock, types: DocumentTypes) -> None:
        self._store = store
        self._clock = clock
        self.kinds = frozenset(one.name for one in types)

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Note what these documents name now."""
        spaces: dict[str, list[FeedEntry]] = {}
        for entry in entries:
            spaces.setdefault(entry.database, []).append(entry)
        named: dict[str, frozenset[str]] = {}
        for space, some in spaces.items():
            named |= self._named(space, some)
        await reference_rows.refer(named, self._clock())

    def _named(self, space: str, entries: Sequence[FeedEntry]) -> dict[str, frozenset[str]]:
        """Return what documents of a space name, where there may be something to note; nothing when it is no more."""
        if not self._store.exists(space):
            return {f"{space}/{one.id}": frozenset() for one in entries}
        with self._store.read(space) as tx:
            keys = {one.id: _living(tx, one) for one in entries}
            bodies = tx.bodies([key for some in keys.values() for key in some])
        said = {one: [bodies[key].data for key in some if key in bodies] for one, some in keys.items()}
        named = {one: files_named(space, one, some) for one, some in said.items()}
        # Most that comes is new and names nothing; of it there can be no row to look for.
        new = {one.id for one in entries if one.rev.startswith("1-") and not one.branched}
        return {f"{space}/{one}": files for one, files in named.items() if files or one not in new}

    async def forget(self) -> None:
        """Remove all rows; how long a file has been without a name stays known."""
        await reference_rows.drop_references()


def _living(tx: ReadTransaction, entry: FeedEntry) -> list[int]:
    """Return the keys of what the living versions of a document say."""
    row = tx.row(entry.id) if entry.branched else None
    if row is None:
        return [] if entry.deleted else [entry.body]
    tree = tree_of(row)
    nodes = [tree.nodes[leaf] for leaf in tree.leaves()]
    return [node.body for node in nodes if not node.deleted and node.body]
