"""From a stored row to the document everybody shows and to its tree, and back."""

from sync import attachment
from sync.document import Document, partition
from sync.revtree import Node, RevTree, dump, load
from sync.rows import Body, Row
from sync.store import ReadTransaction


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


def row_of(identifier: str, tree: RevTree) -> Row:
    """The row that a tree makes."""
    leaves = tree.leaves()
    winner = leaves[0]
    node = tree.nodes[winner]
    return Row(
        id=identifier,
        number=0,
        partition=partition(identifier),
        rev=winner,
        deleted=node.deleted,
        body=node.body,
        leaves="" if len(leaves) == 1 else ",".join(f'{{"rev":"{leaf}"}}' for leaf in leaves),
        tree=b"" if len(tree.nodes) == 1 else dump(tree),
    )
