"""Reading documents with several versions, and the list of those that wait for a person.

The leaves of a document are the truth; a device sees them as PouchDB's `_conflicts`. The list only finds them without
reading every document. It lies in the index area of the space, written in the transaction that looked at the document:

    conflict/<document id>    the members that contradict each other, as a JSON list
"""

from functools import cache

import msgspec
from msgspec import Struct

from backend.conflicts.domain.merge import Content
from backend.conflicts.domain.settlement import History, contradicting
from backend.kit.ids import split_id
from backend.kit.types import DocumentTypes
from sync.store import ReadTransaction, WriteTransaction
from sync.winner import tree_of

PAGE = 200
_PREFIX = "conflict/"
_MEMBERS = msgspec.json.Decoder(tuple[str, ...]).decode
_CONTENT = msgspec.json.Decoder(dict[str, object]).decode


class Conflict(Struct, frozen=True):
    """A document whose versions contradict each other."""

    id: str
    revisions: tuple[str, ...]
    """The living versions, first the one that is shown."""
    members: tuple[str, ...]
    """In which they contradict each other; none when what one says is not here."""


def history(tx: ReadTransaction, types: DocumentTypes, identifier: str) -> History | None:
    """Return what is known of a document; None when it is unknown or of a type nobody declared."""
    name, row = split_id(identifier), tx.row(identifier)
    declaration = types.get(name.type) if name else None
    if declaration is None or row is None:
        return None
    tree = tree_of(row)

    @cache
    def said(revision: str) -> Content | None:
        """Bytes inside documents belong to no type of ours: a version with attachments is not taken apart."""
        key = tree.nodes[revision].body
        body = tx.bodies((key,)).get(key) if key else None
        return None if body is None or body.attachments else _CONTENT(body.data)

    return History(identifier, declaration, tree, said)


def listed(tx: ReadTransaction, partitions: frozenset[str] | None, *, after: str = "") -> tuple[list[Conflict], str]:
    """Return a page of the conflicts in these partitions, in order of ids, and what to give as `after` for the next.

    That is empty on the last page. A document that was settled a moment ago and is still listed is left out.
    """
    entries = tx.index_range(_PREFIX, after=_PREFIX + after, limit=PAGE)
    members = {key.removeprefix(_PREFIX): _MEMBERS(value) for key, value in entries}
    found: list[Conflict] = []
    for name, row in sorted(tx.rows(list(members)).items()):
        tree = tree_of(row)
        conflicts = tree.conflicts()
        if conflicts and (partitions is None or row.partition in partitions):
            found.append(Conflict(name, (row.rev, *conflicts), members[name]))
    return found, max(members) if len(entries) == PAGE else ""


def names(tx: ReadTransaction) -> list[str]:
    """Return the ids of all documents in the list."""
    return [key.removeprefix(_PREFIX) for key, _ in tx.index_range(_PREFIX)]


def is_noted(tx: ReadTransaction, one: History) -> bool:
    """Say whether the list tells of this document what is true."""
    return tx.index_get(_PREFIX + one.id) == _entry(one)


def note(tx: WriteTransaction, one: History) -> None:
    """Let the list tell of this document what is true."""
    entry = _entry(one)
    if entry is None:
        tx.index_delete(_PREFIX + one.id)
    else:
        tx.index_put(_PREFIX + one.id, entry)


def _entry(one: History) -> bytes | None:
    return msgspec.json.encode(contradicting(one)) if one.tree.conflicts() else None
