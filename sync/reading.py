"""Reading documents in one snapshot as one person: what may not be read looks exactly like what does not exist.

Everything a client can ask of a document is here once; single GETs, `_bulk_get`, `_all_docs` and the feed use it.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.json import Encoder

from sync import attachment
from sync.changes import spell
from sync.document import Attachment, Document, partition
from sync.errors import DELETED, NO_ATTACHMENT, NOT_FOUND, SyncError
from sync.hooks import Access
from sync.render import json_object, listed, revisions
from sync.revision import generation
from sync.revtree import RevTree
from sync.rows import Body, Row, Single
from sync.store import ReadTransaction
from sync.winner import tree_of


class Wishes(Struct, frozen=True):
    """What is to be shown of a document beside its content (CouchDB, `GET /{db}/{docid}`)."""

    revs: bool = False
    revs_info: bool = False
    conflicts: bool = False
    deleted_conflicts: bool = False
    local_seq: bool = False
    latest: bool = False
    attachments: bool = False
    atts_since: tuple[str, ...] = ()


PLAIN = Wishes()
_encode = Encoder().encode


class Found(Struct):
    """One document and its tree."""

    row: Row
    tree: RevTree


class Reader:
    """One person in one snapshot."""

    def __init__(self, tx: ReadTransaction, access: Access) -> None:
        self.tx = tx
        self.reading = access.reading(tx)
        self._rows: dict[str, Row] = {}
        self._singles: dict[str, Single] = {}
        self._bodies: dict[int, Body] = {}

    def row(self, identifier: str) -> Row | None:
        """The row, when its partition may be read."""
        found = self._rows.get(identifier)
        return found or (self.tx.row(identifier) if self.reading.sees(partition(identifier)) else None)

    def rows(self, identifiers: Iterable[str]) -> dict[str, Row]:
        """Those of the documents that may be read, by id; `row` and `find` then know them."""
        found = self.tx.rows(self.reading.seen(identifiers))
        self._rows |= found
        return found

    def look_up(self, identifiers: Iterable[str]) -> None:
        """Load those of the documents that may be read, so that `only` and `find` know them."""
        names = self.reading.seen(identifiers)
        singles = self.tx.singles(names)
        self._singles |= singles
        if len(singles) < len(names):
            self.prefetch(self.rows(name for name in names if name not in singles).values())

    def prefetch(self, rows: Iterable[Row]) -> None:
        """Load the winners' bodies of many rows at once."""
        self._bodies |= self.tx.bodies([row.body for row in rows])

    def find(self, identifier: str) -> Found:
        """A document; 404 when it is unknown."""
        row = self.row(identifier)
        if row is None:
            raise SyncError(NOT_FOUND)
        return Found(row, tree_of(row))

    def chosen(self, found: Found, rev: str | None, wishes: Wishes) -> str:
        """The revision to show: the winner, or `rev` (with `latest` the best leaf that follows it); 404 for none."""
        if rev is None:
            if found.row.deleted:
                raise SyncError(DELETED)
            return found.row.rev
        if wishes.latest and rev in found.tree:
            rev = found.tree.latest(rev)[0]
        if not self.has(found, rev):
            raise SyncError(NOT_FOUND)
        return rev

    def winning(self, row: Row, wishes: Wishes) -> bytes:
        """The JSON of a row's winner, deleted or not."""
        return self._only(row, wishes) or self.shown(Found(row, tree_of(row)), row.rev, wishes)

    def only(self, identifier: str, rev: Any, wishes: Wishes) -> bytes | None:
        """The JSON of a document that was never edited, when its one revision is wanted (None: the winner).

        None: the long way must say what there is to say.
        """
        one = self._singles.get(identifier)
        if one is None or (rev is not None and rev != one.rev) or wishes.revs_info or wishes.local_seq:
            return None
        return _written(identifier, one.rev, one.data, deleted=one.deleted, revs=wishes.revs)

    def _only(self, row: Row, wishes: Wishes) -> bytes | None:
        """Most documents were never edited and have no attachments: to write one needs no tree and no envelope."""
        body = None if row.tree or wishes.revs_info or wishes.local_seq else self._body(row.body)
        if body is None or body.attachments:
            return None
        return _written(row.id, row.rev, body.data, deleted=row.deleted, revs=wishes.revs)

    def value(self, identifier: str, rev: str) -> Document:
        """A revision whose content is here, as a value; 404 otherwise."""
        found = self.find(identifier)
        body = self._body(found.tree.nodes[rev].body) if self.has(found, rev) else None
        if body is None:
            raise SyncError(NOT_FOUND)
        node = found.tree.nodes[rev]
        return Document(identifier, (rev,), node.deleted, body.data, attachment.stored(body.attachments))

    def open(self, found: Found, wanted: list[str] | None, wishes: Wishes) -> dict[str, bool]:
        """For `open_revs`: the revisions (None: all leaves), and whether the content of each is here."""
        tree = found.tree
        if wanted is None:
            wanted = tree.leaves()
        elif wishes.latest:
            wanted = [leaf for rev in wanted for leaf in (tree.latest(rev) if rev in tree else [rev])]
        return {rev: self.has(found, rev) for rev in wanted}

    def leaves(self, found: Found, wanted: list[str] | None, wishes: Wishes) -> list[tuple[str, bytes | None]]:
        """The same revisions with their JSON, None when one is missing."""
        revisions = self.open(found, wanted, wishes)
        return [(rev, self.shown(found, rev, wishes) if here else None) for rev, here in revisions.items()]

    def missing(self, row: Row | None, revs: list[str]) -> tuple[list[str], list[str]]:
        """Which of the revisions are unknown here, and which leaves could be their ancestors."""
        if row is None:
            return revs, []
        known = tree_of(row)
        missing = known.missing(revs)
        return missing, known.possible_ancestors(missing) if missing else []

    def has(self, found: Found, rev: str) -> bool:
        """Whether the content of this revision is here."""
        node = found.tree.nodes.get(rev)
        return node is not None and node.body > 0 and self._body(node.body) is not None

    def related(self, found: Found, rev: str, wishes: Wishes) -> tuple[bytes, list[tuple[str, Attachment, bytes]]]:
        """One revision as JSON that announces its attachments, and those, with name and bytes."""
        body = self._body(found.tree.nodes[rev].body)
        entries = attachment.stored(body.attachments if body else b"")
        floor = self._floor(found.tree.path(rev), wishes)
        data = {
            name: bytes_
            for name, one in entries.items()
            if one.revpos > floor and (bytes_ := self.tx.blob(one.digest)) is not None
        }
        if not data or body is None:
            return self.shown(found, rev, wishes), []
        envelope = self._envelope(found, rev, wishes)
        envelope["_attachments"] = {
            name: attachment.announced(one) if name in data else attachment.shown(one, None)
            for name, one in entries.items()
        }
        return json_object(envelope, body.data), [(name, entries[name], data[name]) for name in data]

    def shown(self, found: Found, rev: str, wishes: Wishes) -> bytes:
        """One revision as JSON, its body spliced in."""
        body = self._body(found.tree.nodes[rev].body)
        envelope = self._envelope(found, rev, wishes)
        if body is None:
            return json_object(envelope)
        if body.attachments:
            envelope["_attachments"] = self._attachments(body, found.tree.path(rev), wishes)
        return json_object(envelope, body.data)

    def attachment(self, identifier: str, rev: str | None, name: str) -> tuple[str, attachment.Attachment, bytes]:
        """Revision, description and bytes of one attachment; 404 when there is none."""
        found = self.find(identifier)
        wanted = rev or found.row.rev
        if not self.has(found, wanted) or (rev is None and found.row.deleted):
            raise SyncError(NOT_FOUND if rev else DELETED)
        body = self._body(found.tree.nodes[wanted].body)
        entry = attachment.stored(body.attachments if body else b"").get(name)
        data = entry and self.tx.blob(entry.digest)
        if entry is None or data is None:
            raise SyncError(NO_ATTACHMENT)
        return wanted, entry, data

    def _body(self, key: int) -> Body | None:
        if key not in self._bodies:
            self._bodies |= self.tx.bodies((key,))
        return self._bodies.get(key)

    def _envelope(self, found: Found, rev: str, wishes: Wishes) -> dict[str, Any]:
        envelope: dict[str, Any] = {"_id": found.row.id, "_rev": rev}
        if found.tree.nodes[rev].deleted:
            envelope["_deleted"] = True
        if wishes is not PLAIN:
            self._extend(envelope, found, rev, wishes)
        return envelope

    def _extend(self, envelope: dict[str, Any], found: Found, rev: str, wishes: Wishes) -> None:
        tree = found.tree
        if wishes.revs:
            envelope["_revisions"] = revisions(tree.path(rev))
        if wishes.revs_info:
            envelope["_revs_info"] = [{"rev": one, "status": self._status(found, one)} for one in tree.path(rev)]
        if wishes.conflicts and (conflicts := tree.conflicts()):
            envelope["_conflicts"] = conflicts
        if wishes.deleted_conflicts and (gone := [one for one in tree.leaves()[1:] if tree.nodes[one].deleted]):
            envelope["_deleted_conflicts"] = gone
        if wishes.local_seq:
            envelope["_local_seq"] = spell(found.row.number, self.tx.info(), self.reading)

    def _status(self, found: Found, rev: str) -> str:
        if not self.has(found, rev):
            return "missing"
        return "deleted" if found.tree.nodes[rev].deleted else "available"

    def _attachments(self, body: Body, path: tuple[str, ...], wishes: Wishes) -> dict[str, Any]:
        """Stubs, or with `attachments` the bytes of those that came after every revision the client has."""
        floor = self._floor(path, wishes)
        return listed(
            attachment.stored(body.attachments), lambda one: self.tx.blob(one.digest) if one.revpos > floor else None
        )

    def _floor(self, path: tuple[str, ...], wishes: Wishes) -> int:
        """The generation after which attachments must have come to be sent; beyond all when none is wanted."""
        if not wishes.attachments and not wishes.atts_since:
            return 2**63
        return max((generation(one) for one in wishes.atts_since if one in path), default=0)


def _written(identifier: str, rev: str, body: bytes, *, deleted: bool, revs: bool) -> bytes:
    """The JSON of a document that has one revision, with its history when `revs` is set."""
    number, _, digest = rev.partition("-")
    gone = ',"_deleted":true' if deleted else ""
    history = f',"_revisions":{{"start":{number},"ids":["{digest}"]}}' if revs else ""
    envelope = f'"_rev":"{rev}"{gone}{history}'
    rest = b"}" if body == b"{}" else b"," + body[1:].lstrip()
    return b'{"_id":%b,%b%b' % (_encode(identifier), envelope.encode(), rest)
