"""Reading one database in one snapshot. Each method is one short statement over an index."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from heapq import merge
from itertools import chain, islice
from typing import Any

import msgspec
from msgspec.structs import replace

from sync.document import Document
from sync.errors import NO_DATABASE, SyncError
from sync.rows import Body, Held, Info, Local, Row, Single, Span
from sync.store import PENDING
from sync.winner import winner

_COLUMNS = "d.id, d.number, p.name, d.rev, d.deleted, d.body, d.leaves, d.tree"
_ROWS = f"SELECT {_COLUMNS} FROM document d JOIN partition p ON p.key = d.partition"
LISTED = "(SELECT value FROM json_each(?))"
_LAST = "\U0010ffff"


class SqliteReader:
    """A read transaction; the connection has begun one already."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self.database = name
        self.connection = connection
        self._query = connection.execute
        found = self._query(
            "SELECT state.number, space.key, epoch, base, space.number, documents, deleted, revs_limit, purges"
            " FROM state, space WHERE name = ?",
            (name,),
        ).fetchone()
        if found is None:
            raise SyncError(NO_DATABASE)
        self.number: int = found[0]
        self.space: int = found[1]
        self._info = Info(name, *found[2:])

    def info(self, partitions: frozenset[str] | None = None) -> Info:
        if partitions is None:
            return self._info
        number, documents, deleted = self._query(
            "SELECT coalesce(max(number), 0), coalesce(sum(documents), 0), coalesce(sum(deleted), 0) FROM partition"
            f" WHERE space = ? AND name IN {LISTED}",
            (self.space, listed(partitions)),
        ).fetchone()
        return replace(self._info, number=number, documents=documents, deleted=deleted)

    def winner(self, identifier: str) -> Document | None:
        return winner(self, identifier)

    def row(self, identifier: str) -> Row | None:
        return self.rows((identifier,)).get(identifier)

    def rows(self, identifiers: Sequence[str]) -> dict[str, Row]:
        if len(identifiers) == 1:
            found = self._query(f"{_ROWS} WHERE d.space = ? AND d.id = ?", (self.space, identifiers[0]))
        else:
            found = self._query(
                f"SELECT {_COLUMNS} FROM json_each(?) wanted CROSS JOIN document d ON d.space = ? AND d.id = value"
                " JOIN partition p ON p.key = d.partition",
                (listed(identifiers), self.space),
            )
        return {row.id: row for row in _rows(found)}

    def bodies(self, keys: Collection[int]) -> dict[int, Body]:
        if not keys:
            return {}
        found = self._query(
            "SELECT b.key, data, attachments, sender, at FROM json_each(?) wanted CROSS JOIN body b ON b.key = value"
            " WHERE length(data) > 0",
            (listed(keys),),
        )
        return {values[0]: Body(*values[1:]) for values in found}

    def singles(self, identifiers: Collection[str]) -> dict[str, Single]:
        found = self._query(
            "SELECT d.id, d.rev, d.deleted, b.data FROM json_each(?) wanted"
            " CROSS JOIN document d ON d.space = ? AND d.id = value CROSS JOIN body b ON b.key = d.body"
            " WHERE d.tree = x'' AND b.attachments = x'' AND length(b.data) > 0",
            (listed(identifiers), self.space),
        )
        return {name: Single(name, rev, deleted == 1, data) for name, rev, deleted, data in found}

    def sender(self, key: int) -> str | None:
        found = self._query("SELECT sender FROM body WHERE key = ?", (key,)).fetchone()
        return None if found is None else found[0]

    def senders(self, keys: Collection[int]) -> dict[int, str]:
        statement = "SELECT body.key, sender FROM json_each(?) wanted CROSS JOIN body ON body.key = value"
        return dict(self._query(statement, (listed(keys),)).fetchall())

    def changed(
        self,
        partitions: frozenset[str] | None,
        after: int,
        upto: int,
        limit: int,
        *,
        descending: bool = False,
    ) -> list[Row]:
        direction = "DESC" if descending else "ASC"
        if partitions is None:
            found = self._query(
                f"{_ROWS} WHERE d.space = ? AND d.number > ? AND d.number <= ? ORDER BY d.number {direction} LIMIT ?",
                (self.space, after, upto, limit),
            )
        else:
            feeds = (
                self.connection.execute(
                    f"SELECT number FROM document WHERE partition = ? AND number > ? AND number <= ?"
                    f" ORDER BY number {direction}",
                    (key, after, upto),
                )
                for key in self._partitions(partitions, after)
            )
            numbers = [number for (number,) in islice(merge(*feeds, reverse=descending), limit)]
            found = self._query(
                f"SELECT {_COLUMNS} FROM json_each(?) wanted CROSS JOIN document d ON d.number = wanted.value"
                " JOIN partition p ON p.key = d.partition",
                (listed(numbers),),
            )
        return _rows(found)

    def pending(self, partitions: frozenset[str] | None, after: int) -> int:
        if partitions is None:
            where, values = "space = ?", (self.space, after, PENDING)
        else:
            where = f"partition IN {LISTED}"
            values = (listed(self._partitions(partitions, after)), after, PENDING)
        rows = f"SELECT 1 FROM document WHERE {where} AND number > ? LIMIT ?"
        return self._query(f"SELECT count(*) FROM ({rows})", values).fetchone()[0]

    def range(self, span: Span, partitions: frozenset[str] | None) -> list[Row]:
        first, last = span.first, _LAST if span.last is None else span.last
        until = "<=" if span.ends_inside else "<"
        where = f"d.space = ? AND d.id >= ? AND d.id {until} ?"
        values: list[Any] = [self.space, first, last]
        if span.descending:
            where = f"d.space = ? AND d.id <= ? AND d.id {until.replace('<', '>')} ?"
            values = [self.space, span.first or _LAST, span.last or ""]
        if not span.deleted:
            where += " AND NOT d.deleted"
        if partitions is not None:
            where += f" AND d.partition IN {LISTED}"
            values.append(listed(self._partitions(partitions, 0)))
        direction = "DESC" if span.descending else "ASC"
        found = self._query(
            f"{_ROWS} WHERE {where} ORDER BY d.id {direction} LIMIT ? OFFSET ?", (*values, span.limit, span.skip)
        )
        return _rows(found)

    def blob(self, digest: str) -> bytes | None:
        return self._one("SELECT data FROM blob WHERE space = ? AND digest = ?", digest)

    def local(self, principal: str, identifier: str) -> Local | None:
        found = self._query(
            "SELECT revision, body FROM local WHERE space = ? AND principal = ? AND id = ?",
            (self.space, principal, identifier),
        ).fetchone()
        return None if found is None else Local(*found)

    def local_count(self, principal: str) -> int:
        count = "SELECT count(*) FROM local WHERE space = ? AND principal = ?"
        return self._query(count, (self.space, principal)).fetchone()[0]

    def held(self, *, waits_for: str | None = None, before: int | None = None, limit: int = 1000) -> list[Held]:
        found = self._query(
            "SELECT id, rev, principal, waits_for, at, document FROM held"
            " WHERE space = ? AND (?2 IS NULL OR waits_for = ?2) AND (?3 IS NULL OR at < ?3) ORDER BY key LIMIT ?4",
            (self.space, waits_for, before, limit),
        )
        return [Held(*values) for values in found]

    def held_count(self, principal: str) -> int:
        count = "SELECT count(*) FROM held WHERE space = ? AND principal = ?"
        return self._query(count, (self.space, principal)).fetchone()[0]

    def held_by(self, principal: str, identifiers: Collection[str]) -> set[tuple[str, str]]:
        return set(
            self._query(
                f"SELECT id, rev FROM held WHERE space = ? AND principal = ? AND id IN {LISTED}",
                (self.space, principal, listed(identifiers)),
            )
        )

    def index_get(self, key: str) -> bytes | None:
        return self._one("SELECT value FROM entry WHERE space = ? AND key = ?", key)

    def index_range(self, prefix: str, *, after: str = "", limit: int = -1) -> list[tuple[str, bytes]]:
        return self._query(
            "SELECT key, value FROM entry WHERE space = ? AND key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?",
            (self.space, prefix, prefix + _LAST, after, limit),
        ).fetchall()

    def _one(self, statement: str, key: str) -> bytes | None:
        found = self._query(statement, (self.space, key)).fetchone()
        return None if found is None else found[0]

    def _partitions(self, names: frozenset[str], after: int) -> list[int]:
        """The keys of those partitions in which something happened behind `after`."""
        found = self._query(
            f"SELECT key FROM partition WHERE space = ? AND name IN {LISTED} AND number > ?",
            (self.space, listed(names), after),
        )
        return list(chain.from_iterable(found))


def listed(values: Collection[str] | Collection[int]) -> str:
    """What `LISTED` takes for a list of values."""
    return msgspec.json.encode(list(values)).decode()


def _rows(found: Iterable[tuple[Any, ...]]) -> list[Row]:
    return [
        Row(name, number, partition, rev, deleted == 1, body, leaves, tree)
        for name, number, partition, rev, deleted, body, leaves, tree in found
    ]
