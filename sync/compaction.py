"""Forgetting on purpose: bodies that were superseded, and whole documents.

**Compaction** drops the content of revisions that others followed; their names stay in the tree, so replicas still
agree. With `before` it keeps what was superseded later than that, and everything of a document with a living
conflict: a merge needs the common ancestor, and devices come back after weeks.

**Purging** removes leaves with all that only they had, as if they had never been. It is not replicated: a device that
still has the revision may bring it back (the house's gate must know better).
"""

from collections.abc import Iterable

from sync import attachment
from sync.store import Row, Span, Store, WriteTransaction
from sync.winner import row_of, tree_of

STEP = 500
"""Documents of one transaction, so that writers wait for none of this."""


async def compact(store: Store, name: str, *, before: int | None = None) -> int:
    """Drop superseded bodies (`before` in seconds since 1970) and bytes only they referred to; how many bodies."""
    first, dropped = "", 0
    while True:

        def work(tx: WriteTransaction, after: str = first) -> tuple[int, str | None]:
            rows = tx.range(Span(after, limit=STEP, deleted=True), None)
            keys = [key for row in rows for key in _superseded(tx, row, before)]
            tx.drop_bodies(keys)
            return len(keys), rows[-1].id if len(rows) == STEP else None

        count, last = await store.write(name, work)
        dropped += count
        if last is None:
            break
        first = last + "\0"
    await store.write(name, drop_blobs)
    return dropped


def drop_blobs(tx: WriteTransaction) -> None:
    """Drop the bytes of attachments that no revision of the database lists any more."""
    keep: set[str] = set()
    first: str | None = ""
    while first is not None:
        rows = tx.range(Span(first, limit=STEP, deleted=True), None)
        keys = [node.body for row in rows for node in tree_of(row).nodes.values() if node.body]
        for body in tx.bodies(keys).values():
            keep.update(one.digest for one in attachment.stored(body.attachments).values())
        first = rows[-1].id + "\0" if len(rows) == STEP else None
    tx.drop_blobs(keep)


def purge(tx: WriteTransaction, identifier: str, revisions: Iterable[str]) -> list[str]:
    """Remove these leaves of a document; which of them there were."""
    row = tx.row(identifier)
    tree = tree_of(row)
    purged: list[str] = []
    for rev in revisions:
        if rev in tree.leaves():
            tx.drop_bodies(tree.forget(rev))
            purged.append(rev)
    if row is None or not purged:
        return purged
    if tree.nodes:
        tx.save(row_of(identifier, tree), row)
    else:
        tx.remove(row)
    return purged


def _superseded(tx: WriteTransaction, row: Row, before: int | None) -> list[int]:
    """Keys of a document's bodies that may go."""
    if not row.tree:
        return []
    tree = tree_of(row)
    leaves = tree.leaves()
    if before is not None and tree.conflicts():
        return []
    inner = {rev: node for rev, node in tree.nodes.items() if node.body and rev not in leaves}
    if before is None or not inner:
        return [node.body for node in inner.values()]
    children = {node.parent: node.body for node in tree.nodes.values() if node.parent in inner}
    at = {key: body.at for key, body in tx.bodies([key for key in children.values() if key]).items()}
    return [node.body for rev, node in inner.items() if at.get(children[rev], 0) < before]
