"""One database in dictionaries, and a transaction on it: what the store in memory is made of."""

from collections.abc import Collection, Sequence
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace

from sync.document import Document
from sync.recent import Commit
from sync.rows import Body, Held, Info, Local, Row, Single, Span
from sync.store import PENDING
from sync.winner import winner


class Content(Struct):
    """Everything one database holds."""

    info: Info
    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    bodies: dict[int, Body] = field(default_factory=dict[int, Body])
    blobs: dict[str, bytes] = field(default_factory=dict[str, bytes])
    locals: dict[tuple[str, str], Local] = field(default_factory=dict[tuple[str, str], Local])
    held: dict[tuple[str, str, str], Held] = field(default_factory=dict[tuple[str, str, str], Held])
    index: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def copy(self) -> "Content":
        """A copy that can be changed without changing this one."""
        return Content(
            replace(self.info),
            self.rows.copy(),
            self.bodies.copy(),
            self.blobs.copy(),
            self.locals.copy(),
            self.held.copy(),
            self.index.copy(),
        )


class MemoryTransaction:
    """Reading and writing one database; `commit` tells others what it did."""

    def __init__(self, content: Content, number: int) -> None:
        self.database = content.info.name
        self.number = number
        self.commit = Commit()
        self._content = content

    def info(self, partitions: frozenset[str] | None = None) -> Info:
        if partitions is None:
            return self._content.info
        rows = self._readable(partitions)
        deleted = sum(row.deleted for row in rows)
        number = max((row.number for row in rows), default=0)
        return replace(self._content.info, number=number, documents=len(rows) - deleted, deleted=deleted)

    def winner(self, identifier: str) -> Document | None:
        return winner(self, identifier)

    def row(self, identifier: str) -> Row | None:
        return self._content.rows.get(identifier)

    def rows(self, identifiers: Sequence[str]) -> dict[str, Row]:
        return {name: self._content.rows[name] for name in identifiers if name in self._content.rows}

    def bodies(self, keys: Collection[int]) -> dict[int, Body]:
        return {key: found for key in keys if (found := self._content.bodies.get(key)) and found.data}

    def singles(self, identifiers: Collection[str]) -> dict[str, Single]:
        rows = [row for row in self.rows(list(identifiers)).values() if not row.tree]
        bodies = self.bodies([row.body for row in rows])
        here = [(row, bodies[row.body]) for row in rows if row.body in bodies]
        return {row.id: Single(row.id, row.rev, row.deleted, one.data) for row, one in here if not one.attachments}

    def sender(self, key: int) -> str | None:
        return self._content.bodies[key].sender if key in self._content.bodies else None

    def senders(self, keys: Collection[int]) -> dict[int, str]:
        return {key: self._content.bodies[key].sender for key in keys if key in self._content.bodies}

    def changed(
        self,
        partitions: frozenset[str] | None,
        after: int,
        upto: int,
        limit: int,
        *,
        descending: bool = False,
    ) -> list[Row]:
        rows = [row for row in self._readable(partitions) if after < row.number <= upto]
        return sorted(rows, key=attrgetter("number"), reverse=descending)[:limit]

    def pending(self, partitions: frozenset[str] | None, after: int) -> int:
        return min(PENDING, sum(row.number > after for row in self._readable(partitions)))

    def range(self, span: Span, partitions: frozenset[str] | None) -> list[Row]:
        def inside(row: Row) -> bool:
            low, high = (span.last or "", span.first or None) if span.descending else (span.first, span.last)
            edge = span.ends_inside or row.id != span.last
            return low <= row.id and (high is None or row.id <= high) and edge and (span.deleted or not row.deleted)

        rows = sorted(filter(inside, self._readable(partitions)), key=attrgetter("id"), reverse=span.descending)
        return rows[span.skip : span.skip + span.limit]

    def blob(self, digest: str) -> bytes | None:
        return self._content.blobs.get(digest)

    def local(self, principal: str, identifier: str) -> Local | None:
        return self._content.locals.get((principal, identifier))

    def local_count(self, principal: str) -> int:
        return sum(who == principal for who, _ in self._content.locals)

    def held(self, *, waits_for: str | None = None, before: int | None = None, limit: int = 1000) -> list[Held]:
        found = [
            held
            for held in self._content.held.values()
            if waits_for in (None, held.waits_for) and (before is None or held.at < before)
        ]
        return found[:limit]

    def held_count(self, principal: str) -> int:
        return sum(who == principal for who, _, _ in self._content.held)

    def held_by(self, principal: str, identifiers: Collection[str]) -> set[tuple[str, str]]:
        return {(name, rev) for who, name, rev in self._content.held if who == principal and name in identifiers}

    def index_get(self, key: str) -> bytes | None:
        return self._content.index.get(key)

    def index_range(self, prefix: str, *, after: str = "", limit: int = -1) -> list[tuple[str, bytes]]:
        found = sorted(one for one in self._content.index.items() if one[0].startswith(prefix) and one[0] > after)
        return found if limit < 0 else found[:limit]

    def index_put(self, key: str, value: bytes) -> None:
        self._content.index[key] = value
        self.commit.indexed = True

    def index_delete(self, key: str) -> None:
        self._content.index.pop(key, None)
        self.commit.indexed = True

    def add_body(self, body: Body) -> int:
        key = max(self._content.bodies, default=0) + 1
        self._content.bodies[key] = body
        return key

    def drop_bodies(self, keys: Collection[int]) -> None:
        for key in keys:
            self._content.bodies.pop(key, None)

    def forget_content(self, keys: Collection[int]) -> None:
        known = self._content.bodies
        known |= {key: Body(b"", b"", known[key].sender, known[key].at) for key in keys if key in known}

    def save(self, row: Row, before: Row | None) -> None:
        self._count(row, 1)
        if before:
            self._count(before, -1)
        self._place(row)

    def remove(self, row: Row) -> None:
        del self._content.rows[row.id]
        self._count(row, -1)
        self._content.info.purges += 1
        self.commit.moved = True

    def renumber(self, partitions: frozenset[str]) -> None:
        for row in self.changed(partitions, 0, self.number, len(self._content.rows)):
            self._place(replace(row))

    def add_blob(self, digest: str, data: bytes) -> None:
        self._content.blobs[digest] = data

    def drop_blobs(self, keep: Collection[str]) -> None:
        self._content.blobs = {digest: data for digest, data in self._content.blobs.items() if digest in keep}

    def put_local(self, principal: str, identifier: str, local: Local) -> None:
        self._content.locals[principal, identifier] = local

    def delete_local(self, principal: str, identifier: str) -> bool:
        return self._content.locals.pop((principal, identifier), None) is not None

    def hold(self, held: Held) -> None:
        self._content.held[held.principal, held.id, held.rev] = held

    def drop_held(self, held: Held) -> None:
        self._content.held.pop((held.principal, held.id, held.rev), None)

    def set_revs_limit(self, limit: int) -> None:
        self._content.info.revs_limit = limit

    def _readable(self, partitions: frozenset[str] | None) -> list[Row]:
        return [row for row in self._content.rows.values() if partitions is None or row.partition in partitions]

    def _place(self, row: Row) -> None:
        self.number += 1
        row.number = self._content.info.number = self.number
        self._content.rows[row.id] = row
        self.commit.partitions[row.partition] = row.number
        self.commit.rows.append(row)

    def _count(self, row: Row, step: int) -> None:
        info = self._content.info
        info.deleted += step if row.deleted else 0
        info.documents += 0 if row.deleted else step
