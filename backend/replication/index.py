"""The index of a process' tree: kept beside its documents, written in their own transaction.

Rights hang on the tree, so it may never lag behind: were it made later, a reader could be told «nothing more» between a
document and the item that opens it, and would not see it ever (design §7). Keys of the index area:

    node/<item>             its type, its parent, whether it was removed
    child/<parent>/<item>   (empty) finds the subtree
    tree/version            another random word after every change of the tree, and with the first entry of the ledger
    tree/moves              counts the items that got another parent
    erased/<document id>    the erasure ledger: ids that must never come back; not derived, never rebuilt
    erased                  (empty) there is such a ledger; most spaces have none, and need not look for each document

When an item arrives or moves, the rows of its subtree get new numbers, so each reader is told of them again and fetches
only what it lacks. A removed item keeps its node (see `processes/tree.py`), so a return needs no new numbers.
"""

from collections.abc import Iterable
from secrets import token_bytes

from msgspec import msgpack

from backend.kit.ids import split_id
from backend.kit.spaces import ALL, process_of
from backend.processes.tree import PARENTS, Node, Tree, subtree
from sync.document import Document
from sync.hooks import NOTHING, Indexed
from sync.store import ReadTransaction, WriteTransaction

_IN_ALL = f"{ALL}:"
_NODE = "node/"
_CHILD = "child/"
_VERSION = "tree/version"
_MOVES = "tree/moves"
_ERASED = "erased/"
_SOME_ERASED = "erased"


def index(tx: WriteTransaction, database: str, before: Document | None, after: Document | None) -> Indexed:
    """Follow a new winner; given to the store when it is opened (`SqliteStore(path, index=index)`)."""
    changed = after or before
    name = split_id(changed.id) if changed and changed.id.startswith(_IN_ALL) else None
    if name is None or name.type not in PARENTS:
        return NOTHING
    if process_of(database) is None:
        return NOTHING
    old = node(tx, name.key)
    new = _node_of(name.type, old, after)
    if new == old:
        return NOTHING
    tx.index_put(_VERSION, token_bytes(12))
    if new is None:
        tx.index_delete(_NODE + name.key)
    else:
        tx.index_put(_NODE + name.key, msgpack.encode(new))
    return _moved(tx, name.key, old, new)


def _node_of(kind: str, old: Node | None, after: Document | None) -> Node | None:
    if after is None:
        return None
    if after.deleted:
        return old and Node(old.type, old.parent, gone=True)
    return Node(kind, str(after.content.get("parent", "")))


def _moved(tx: WriteTransaction, item: str, old: Node | None, new: Node | None) -> Indexed:
    if old and new and old.parent == new.parent:
        return NOTHING
    if old:
        tx.index_delete(f"{_CHILD}{old.parent}/{item}")
        tx.index_put(_MOVES, str(_moves(tx) + 1).encode())
    if new is None:
        return NOTHING
    tx.index_put(f"{_CHILD}{new.parent}/{item}", b"")
    return Indexed(renumber=subtree(item, lambda one: children(tx, one)))


def node(tx: ReadTransaction, item: str) -> Node | None:
    """Return the node of an item; None when it has not arrived."""
    found = tx.index_get(_NODE + item)
    return msgpack.decode(found, type=Node) if found is not None else None


def children(tx: ReadTransaction, parent: str) -> Iterable[str]:
    """Return the items directly under `parent`."""
    prefix = f"{_CHILD}{parent}/"
    return [key.removeprefix(prefix) for key, _ in tx.index_range(prefix)]


def version(tx: ReadTransaction) -> bytes:
    """Return the name of this state of the tree: never used twice, not even by a transaction that was rolled back."""
    return tx.index_get(_VERSION) or b""


def tree(tx: ReadTransaction, process: str) -> Tree:
    """Return the whole tree of the process."""
    decode = msgpack.Decoder(Node).decode
    nodes = {key.removeprefix(_NODE): decode(value) for key, value in tx.index_range(_NODE)}
    return Tree(process, nodes, _moves(tx))


def some_erased(tx: ReadTransaction) -> bool:
    """Say whether there is an erasure ledger; as long as the version stands, so does the answer."""
    return tx.index_get(_SOME_ERASED) is not None


def erased(tx: ReadTransaction, document_id: str) -> bool:
    """Say whether the erasure ledger names this document."""
    return some_erased(tx) and tx.index_get(_ERASED + document_id) is not None


def erase(tx: WriteTransaction, document_id: str) -> None:
    """Enter a document into the erasure ledger: whatever device still has it, it never comes back."""
    if not some_erased(tx):
        tx.index_put(_SOME_ERASED, b"")
        tx.index_put(_VERSION, token_bytes(12))
    tx.index_put(_ERASED + document_id, b"")


def _moves(tx: ReadTransaction) -> int:
    return int(tx.index_get(_MOVES) or b"0")
