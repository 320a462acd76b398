"""Writing documents within one transaction: judged, merged into their trees, indexed, in the order they came.

Two ways lead in. A **replicated** revision (`new_edits=false`) brings its own name and history and is merged
whatever is here; a refused one is a row `forbidden`, the only word after which PouchDB goes on with the rest. An
**edit** names the leaf it follows and gets its name here; if that leaf is not the newest any more it is a conflict
for its author to solve.

A document the sender may not read is treated as unknown in every answer; a revision that is stored already and comes
again is acknowledged without judging when its sender could read it anyway or brought it himself.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct

from sync import attachment, revision
from sync.document import Document, partition
from sync.errors import CONFLICT, FORBIDDEN, TOO_MANY, SyncError
from sync.hooks import ACCEPT, Accept, Access, Hold, Reading, Refuse, Verdict, no_index
from sync.limits import Limits
from sync.render import portable
from sync.revtree import RevTree
from sync.rows import Body, Held, Row
from sync.store import NOTHING, Index, WriteTransaction
from sync.winner import document, row_of, tree_of

TOO_FAR = Refuse("revision", "This revision lies too far beyond what is known of the document.")
_SORTED = msgspec.json.Encoder(order="deterministic")


class Outcome(Struct, frozen=True):
    """What became of one document; `error` is empty when it was taken."""

    id: str
    rev: str
    error: str = ""
    reason: str = ""


class Written(Struct, frozen=True):
    """One of the server's own documents; `new` is False when the winner already had this content."""

    id: str
    rev: str
    new: bool


class Writing:
    """The writes of one request. `access` None trusts the writer: nothing is judged. `now` in seconds since 1970."""

    def __init__(
        self, tx: WriteTransaction, index: Index, access: Access | None, now: Callable[[], float], limits: Limits
    ) -> None:
        self._tx = tx
        self._index = index
        self._access = access
        self._sender = access.principal if access else ""
        self._may_read: Reading | None = None
        self._now = int(now())
        self._limits = limits
        self._revs_limit = tx.info().revs_limit
        self._rows: dict[str, Row] = {}
        self._bodies: dict[int, Body] = {}
        self._renumber: set[str] = set()
        self._held: int | None = None

    def prepare(self, identifiers: Iterable[str]) -> None:
        """Look up the documents of a whole batch at once."""
        self._rows = self._tx.rows(list(dict.fromkeys(identifiers)))
        if self._access or self._index is not no_index:
            self._bodies = self._tx.bodies([row.body for row in self._rows.values()])

    def finish(self) -> None:
        """Give new numbers where the index asked for them."""
        if self._renumber:
            self._tx.renumber(frozenset(self._renumber))

    def replicate(self, new: Document) -> Verdict:
        """Merge a revision with its history; raises `SyncError` for what no peer could take."""
        row = self._rows.get(new.id)
        if row is None and len(new.path) == 1 and not new.attachments:
            return self._replicate_first(new)
        tree = tree_of(row)
        known = tree.nodes.get(new.rev)
        if known is not None and self._may_know(new.id, known.body):
            return ACCEPT
        if known is None and self._leaps(new.rev, tree):
            return TOO_FAR
        verdict = self._judge(new, row)
        if isinstance(verdict, Accept):
            if known is None:
                self._put(new, row, tree)
        elif isinstance(verdict, Hold):
            self._hold(new, verdict)
        return verdict

    def _replicate_first(self, new: Document) -> Verdict:
        """The same for a document never seen whose history is itself: most of what arrives, and no tree is needed."""
        rev = new.path[0]
        if not rev.startswith("1-") and revision.generation(rev) > self._limits.leap:
            return TOO_FAR
        tx = self._tx
        verdict = ACCEPT if self._access is None else self._access.judge(tx, new, None)
        if isinstance(verdict, Accept):
            key = tx.add_body(Body(new.body, b"", self._sender, self._now))
            row = self._rows[new.id] = Row(new.id, 0, partition(new.id), rev, new.deleted, key)
            tx.save(row, None)
            if self._index is not no_index and (asked := self._index(tx, tx.database, None, new)) is not NOTHING:
                self._renumber |= asked.renumber
        elif isinstance(verdict, Hold):
            self._hold(new, verdict)
        return verdict

    def replicate_all(self, documents: Iterable[Document]) -> list[Outcome]:
        """Merge the rows of a batch; only the refused ones are answered.

        A lasting no is `forbidden`, whatever its cause; a passing one ends the request.
        """
        refused: list[Outcome] = []
        for new in documents:
            try:
                verdict = self.replicate(new)
            except SyncError as error:
                if error.passing:
                    raise
                verdict = Refuse(error.word, error.sentence)
            if isinstance(verdict, Refuse):
                refused.append(Outcome(new.id, new.rev, FORBIDDEN.word, f"{verdict.word}: {verdict.sentence}"))
        return refused

    def edit(self, told: Document) -> Outcome:
        """Write a new revision after the leaf `told.path` names (none: the document is new, or was deleted)."""
        row = self._rows.get(told.id)
        visible = row if self._sees(told.id) else None
        tree = tree_of(row)
        for one in told.attachments.values():
            one.revpos = 0  # not the author's to say: new bytes come with the new revision
        parent = _parent(told, visible, tree)
        listed = attachment.resolve(told.attachments, self._attachments(tree, parent), _next(parent))
        digests = [f"{name} {one.digest}" for name, one in listed.items()]
        content = _SORTED.encode(told.content)
        rev = revision.following(parent, deleted=told.deleted, content=content, attachments=digests)
        path = (rev, *(tree.path(parent) if parent else ()))
        new = Document(told.id, path, told.deleted, told.body, told.attachments, told.decoded)
        verdict = self._judge(new, row)
        if isinstance(verdict, Refuse):
            raise SyncError(FORBIDDEN, f"{verdict.word}: {verdict.sentence}")
        if isinstance(verdict, Hold):
            self._hold(new, verdict)
        elif rev not in tree:
            self._put(new, row, tree)
        return Outcome(new.id, rev)

    def own(self, told: dict[str, Any]) -> Written:
        """Write one of the server's own documents on top of its winner, unless that says the same already."""
        name: str = told["_id"]
        deleted = told.get("_deleted", False) is True
        content = {member: value for member, value in told.items() if not member.startswith("_")}
        row = self._rows.get(name)
        if row is None and deleted:
            return Written(name, "", new=False)
        if row is not None and row.deleted == deleted and (deleted or _same(self._winner(row).content, content)):
            return Written(name, row.rev, new=False)
        body = msgspec.json.encode(content)
        new = self.edit(Document(name, (row.rev,) if row else (), deleted, body, {}, msgspec.json.decode(body)))
        return Written(name, new.rev, new=True)

    def _hold(self, new: Document, verdict: Hold) -> None:
        if self._held is None:  # counted once: a batch may bring thousands
            self._held = self._tx.held_count(self._sender)
        if (new.id, new.rev) not in self._tx.held_by(self._sender, [new.id]):
            self._held += 1
            if self._held > self._limits.held:
                raise SyncError(TOO_MANY, "Too much waits for items that did not come yet.", retry_after=3600)
        self._tx.hold(Held(new.id, new.rev, self._sender, verdict.waits_for, self._now, portable(new)))

    def _leaps(self, rev: str, tree: RevTree) -> bool:
        number = revision.generation(rev)
        return number > self._limits.leap and number > tree.newest_generation() + self._limits.leap

    def _sees(self, identifier: str) -> bool:
        """Whether the sender may read this document; asked only of what is here already."""
        if self._may_read is None:
            self._may_read = self._access.reading(self._tx) if self._access else Reading()
        return self._may_read.sees(partition(identifier))

    def _judge(self, new: Document, row: Row | None) -> Verdict:
        if self._access is None:
            return ACCEPT
        return self._access.judge(self._tx, new, None if row is None else self._winner(row))

    def _may_know(self, identifier: str, body: int) -> bool:
        if self._sees(identifier):
            return True
        return bool(self._sender) and self._tx.sender(body) == self._sender

    def _put(self, new: Document, row: Row | None, tree: RevTree) -> None:
        listed: dict[str, attachment.Attachment] = {}
        if new.attachments:
            before = self._attachments(tree, *new.path[1:])
            listed = attachment.resolve(new.attachments, before, revision.generation(new.rev))
            for one in new.attachments.values():
                if one.data is not None:
                    self._tx.add_blob(one.digest, one.data)
        body = Body(new.body, msgspec.json.encode(listed) if listed else b"", self._sender, self._now)
        key = self._tx.add_body(body)
        self._bodies[key] = body
        if row is None and len(new.path) == 1:
            saved = Row(new.id, 0, new.partition, new.rev, new.deleted, key)
        else:
            tree.merge(new.path, deleted=new.deleted, body=key)
            if len(tree.nodes) > self._revs_limit:
                self._tx.drop_bodies(tree.stem(self._revs_limit))
            saved = row_of(new.id, tree)
        self._rows[new.id] = saved
        self._tx.save(saved, row)
        if self._index is not no_index and (row is None or row.rev != saved.rev):
            before = None if row is None else self._winner(row)
            after = new if saved.rev == new.rev else self._winner(saved)
            self._renumber |= self._index(self._tx, self._tx.database, before, after).renumber

    def _winner(self, row: Row) -> Document:
        body = self._bodies.get(row.body)
        if body is None:
            self._bodies |= self._tx.bodies((row.body,))
            body = self._bodies.get(row.body)
        return document(row, body)

    def _attachments(self, tree: RevTree, *path: str | None) -> dict[str, attachment.Attachment]:
        """What the nearest of these revisions lists whose content is here."""
        for one in path:
            node = tree.nodes.get(one) if one else None
            found = self._tx.bodies((node.body,)).get(node.body) if node and node.body else None
            if found:  # compaction takes a body and leaves its key
                return attachment.stored(found.attachments)
        return {}


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two contents are the same JSON; Python alone takes `True` for `1`."""
    return one == other and _SORTED.encode(one) == _SORTED.encode(other)


def _parent(told: Document, row: Row | None, tree: RevTree) -> str | None:
    """The leaf an edit follows; 409 when it is none."""
    if row is None:
        if told.path:
            raise SyncError(CONFLICT)
        return None
    if not told.path:
        if not row.deleted:
            raise SyncError(CONFLICT)
        return row.rev
    if told.rev not in tree.leaves():
        raise SyncError(CONFLICT)
    return told.rev


def _next(parent: str | None) -> int:
    return revision.generation(parent) + 1 if parent else 1
