"""From a stored row to the document everybody shows, and to its tree."""

from sync import attachment
from sync.document import Document
from sync.revtree import Node, RevTree, load
from sync.store import Body, ReadTransaction, Row


def winner(tx: ReadTransaction, identifier: str) -> Document | None:
    """The winning revision of a document, a deleted one too; None when the document is unknown."""
    row = tx.row(identifier)
    return None if row is None else document(row, tx.bodies((row.body,)).get(row.body))


def document(row: Row, body: Body | None) -> Document:
    """The winner as a value. A winner whose body is not held here shows as empty."""
    if body is None:
        return Document(row.id, (row.rev,), row.deleted)
    return Document(row.id, (row.rev,), row.deleted, body.data, attachment.stored(body.attachments))


def tree_of(row: Row | None) -> RevTree:
    """The tree of a row (None: an empty one); a tree of one revision is not written out in it."""
    if row is None:
        return RevTree()
    return load(row.tree) if row.tree else RevTree({row.rev: Node(None, row.deleted, row.body)})
