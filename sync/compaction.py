"""Forgetting on purpose: bodies that were superseded, and whole documents.

**Compaction** drops the content of revisions that others followed; their names stay in the tree, so replicas still
agree, and who brought them stays known, so that they are acknowledged to their sender when they come again. With
`before` it keeps what was superseded later than that, and everything of a document with a living conflict: a merge
needs the common ancestor, and devices come back after weeks. SQLite gives the pages that became free to what is
written next, so a file in use stops growing; nothing is ever moved to make it smaller.

**Purging** removes leaves with all that only they had, as if they had never been. It is not replicated: a device that
still has the revision may bring it back (the house's gate must know better).
"""

import asyncio
from collections.abc import Iterable

from sync import attachment
from sync.rows import Row, Span
from sync.store import ReadTransaction, Store, WriteTransaction
from sync.winner import row_of, tree_of

STEP = 500
"""Documents of one step, so that nobody waits for all of them."""


async def compact(store: Store, name: str, *, before: int | None = None, pause: float = 0) -> int:
    """Drop superseded bodies (`before` in seconds since 1970) and bytes only they referred to; how many bodies.

    Looks at `STEP` documents at a time in a snapshot, rests `pause` seconds after each look, and writes only where it
    found something.
    """
    first: str | None = ""
    dropped = 0
    blobs = False
    while first is not None:
        with store.read(name) as tx:
            rows = tx.range(Span(first, limit=STEP, deleted=True), None)
            found = [row.id for row in rows if _superseded(tx, row, before)]
        first = rows[-1].id + "\0" if len(rows) == STEP else None
        if found:

            def work(tx: WriteTransaction, names: list[str] = found) -> tuple[int, bool]:
                keys = [key for row in tx.rows(names).values() for key in _superseded(tx, row, before)]
                listed = any(body.attachments for body in tx.bodies(keys).values())
                tx.forget_content(keys)
                return len(keys), listed

            count, listed = await store.write(name, work)
            dropped += count
            blobs = blobs or listed
        await asyncio.sleep(pause)
    if blobs:
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


def _superseded(tx: ReadTransaction, row: Row, before: int | None) -> list[int]:
    """Keys of a document's bodies that may go."""
    if not row.tree:
        return []
    tree = tree_of(row)
    if before is not None and tree.conflicts():
        return []
    leaves = tree.leaves()
    here = tx.bodies([node.body for node in tree.nodes.values() if node.body])
    superseded: dict[int, int] = {}
    for leaf in leaves:
        at = 0
        for rev in tree.path(leaf):
            key = tree.nodes[rev].body
            if key in here:
                if rev != leaf:
                    superseded[key] = max(at, superseded.get(key, 0))
                at = here[key].at
    return [key for key, at in superseded.items() if before is None or at < before]
