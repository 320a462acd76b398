"""Writing one database in one request.

Rows and bodies are collected and written together when the request ends (`flush`), or before a read that would have to
see them; `rows` and `bodies` look into the collection first. Numbers and keys are given out from memory by the one
writer, and are taken back when the request fails.
"""

import sqlite3
from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sync.recent import Commit
from sync.rows import Body, Held, Info, Local, Row, Single, Span
from sync.stores.sqlite.inserting import insert_bodies, insert_documents
from sync.stores.sqlite.reader import LISTED, SqliteReader, listed

ALL = 2**62
"""A limit that is none."""


class Counters(Struct):
    """What the writer has given out: `number` the newest change, `body` the newest key of a body."""

    number: int
    body: int


class Tally(Struct):
    """What happened in one partition: its newest number, documents more and less."""

    number: int = 0
    documents: int = 0
    deleted: int = 0

    def count(self, row: Row, step: int) -> None:
        """Count one document more or less."""
        if row.deleted:
            self.deleted += step
        else:
            self.documents += step


class SqliteWriter(SqliteReader):
    """A write transaction inside the writer's group; `commit` tells others what it did."""

    def __init__(self, connection: sqlite3.Connection, name: str, counters: Counters) -> None:
        super().__init__(connection, name)
        self._before = replace(self._info)
        self._counters = counters
        self.number = counters.number
        self._rows: dict[str, Row] = {}
        self._stored: dict[str, int] = {}
        self._bodies: dict[int, Body] = {}
        self._keys: dict[str, int] = {}
        self._changed: dict[str, Tally] = {}
        self._entries: dict[str, bytes | None] = {}
        self.commit = Commit()
        self._saved = self.commit.rows.append
        self._execute = connection.execute

    def rows(self, identifiers: Sequence[str]) -> dict[str, Row]:
        pending = {name: self._rows[name] for name in identifiers if name in self._rows} if self._rows else {}
        wanted = [name for name in identifiers if name not in pending] if pending else identifiers
        return (super().rows(wanted) if wanted else {}) | pending

    def bodies(self, keys: Collection[int]) -> dict[int, Body]:
        pending = {key: self._bodies[key] for key in keys if key in self._bodies} if self._bodies else {}
        wanted = [key for key in keys if key not in pending] if pending else keys
        return (super().bodies(wanted) if wanted else {}) | pending

    def singles(self, identifiers: Collection[str]) -> dict[str, Single]:
        self.flush()
        return super().singles(identifiers)

    def sender(self, key: int) -> str | None:
        pending = self._bodies.get(key)
        return pending.sender if pending else super().sender(key)

    def senders(self, keys: Collection[int]) -> dict[int, str]:
        self.flush()
        return super().senders(keys)

    def changed(
        self,
        partitions: frozenset[str] | None,
        after: int,
        upto: int,
        limit: int,
        *,
        descending: bool = False,
    ) -> list[Row]:
        self.flush()
        return super().changed(partitions, after, upto, limit, descending=descending)

    def range(self, span: Span, partitions: frozenset[str] | None) -> list[Row]:
        self.flush()
        return super().range(span, partitions)

    def info(self, partitions: frozenset[str] | None = None) -> Info:
        self.flush()
        return super().info(partitions)

    def add_body(self, body: Body) -> int:
        self._counters.body += 1
        self._bodies[self._counters.body] = body
        return self._counters.body

    def drop_bodies(self, keys: Collection[int]) -> None:
        for key in [key for key in keys if self._bodies.pop(key, None) is None]:
            self._execute("DELETE FROM body WHERE key = ?", (key,))

    def forget_content(self, keys: Collection[int]) -> None:
        self.flush()
        self.connection.executemany(
            "UPDATE body SET data = x'', attachments = x'' WHERE key = ?", [(key,) for key in keys]
        )

    def save(self, row: Row, before: Row | None) -> None:
        number = self._counters.number = self.number = row.number = self._counters.number + 1
        if row.id not in self._rows:
            self._stored[row.id] = before.number if before else 0
        self._rows[row.id] = row
        self._saved(row)
        tally = self._changed.get(row.partition) or self._tally(row.partition)
        tally.number = number
        tally.count(row, 1)
        if before:
            tally.count(before, -1)

    def remove(self, row: Row) -> None:
        self.flush()
        self._execute("DELETE FROM document WHERE number = ?", (row.number,))
        self._tally(row.partition).count(row, -1)
        self._info.purges += 1
        self.commit.moved = True

    def renumber(self, partitions: frozenset[str]) -> None:
        self.flush()
        numbers = [row.number for row in super().changed(partitions, 0, self.number, ALL)]
        first = self._counters.number + 1
        self._counters.number += len(numbers)
        self.number = self._info.number = self._counters.number
        self.connection.executemany(
            "UPDATE document SET number = ? WHERE number = ?",
            zip(range(first, first + len(numbers)), numbers, strict=True),
        )
        for name in partitions:
            self._tally(name).number = self.commit.partitions[name] = self.number
        self.commit.moved = True

    def add_blob(self, digest: str, data: bytes) -> None:
        self._execute("INSERT OR IGNORE INTO blob (space, digest, data) VALUES (?, ?, ?)", (self.space, digest, data))

    def drop_blobs(self, keep: Collection[str]) -> None:
        found = self._execute("SELECT key, digest FROM blob WHERE space = ?", (self.space,)).fetchall()
        gone = [(key,) for key, digest in found if digest not in keep]
        self.connection.executemany("DELETE FROM blob WHERE key = ?", gone)

    def put_local(self, principal: str, identifier: str, local: Local) -> None:
        self._execute(
            "INSERT OR REPLACE INTO local (space, principal, id, revision, body) VALUES (?, ?, ?, ?, ?)",
            (self.space, principal, identifier, local.revision, local.body),
        )

    def delete_local(self, principal: str, identifier: str) -> bool:
        where = "DELETE FROM local WHERE space = ? AND principal = ? AND id = ?"
        return self._execute(where, (self.space, principal, identifier)).rowcount > 0

    def hold(self, held: Held) -> None:
        self._execute(
            "INSERT INTO held (space, id, rev, principal, waits_for, at, document) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (space, principal, id, rev) DO UPDATE SET waits_for = excluded.waits_for",
            (self.space, held.id, held.rev, held.principal, held.waits_for, held.at, held.document),
        )

    def drop_held(self, held: Held) -> None:
        self._execute(
            "DELETE FROM held WHERE space = ? AND principal = ? AND id = ? AND rev = ?",
            (self.space, held.principal, held.id, held.rev),
        )

    def index_get(self, key: str) -> bytes | None:
        """A judge asks for the same few entries with each document of a batch: they are remembered."""
        if key not in self._entries:
            self._entries[key] = super().index_get(key)
        return self._entries[key]

    def index_put(self, key: str, value: bytes) -> None:
        self._entries[key] = value
        self.commit.indexed = True
        self._execute("INSERT OR REPLACE INTO entry (space, key, value) VALUES (?, ?, ?)", (self.space, key, value))

    def index_delete(self, key: str) -> None:
        self._entries[key] = None
        self.commit.indexed = True
        self._execute("DELETE FROM entry WHERE space = ? AND key = ?", (self.space, key))

    def set_revs_limit(self, limit: int) -> None:
        self._info.revs_limit = limit

    def flush(self) -> None:
        """Write what was collected."""
        if not self._changed and not self._bodies:
            return
        many = self.connection.executemany
        stored, space = self._stored, self.space
        keys = self._partition_keys(self._changed)
        insert_bodies(self.connection, self._bodies)
        new = [row for name, row in self._rows.items() if not stored[name]]
        insert_documents(self.connection, space, keys, new)
        many(
            "UPDATE document SET number = ?, rev = ?, deleted = ?, body = ?, leaves = ?, tree = ? WHERE number = ?",
            [
                (r.number, r.rev, int(r.deleted), r.body, r.leaves, r.tree, stored[name])
                for name, r in self._rows.items()
                if stored[name]
            ],
        )
        many(
            "UPDATE partition SET number = max(number, ?), documents = documents + ?, deleted = deleted + ?"
            " WHERE key = ?",
            [(one.number, one.documents, one.deleted, keys[name]) for name, one in self._changed.items()],
        )
        for name, one in self._changed.items():
            self._info.documents += one.documents
            self._info.deleted += one.deleted
            if one.number:
                self.commit.partitions[name] = one.number
                self._info.number = max(self._info.number, one.number)
        self._rows, self._stored, self._bodies, self._changed = {}, {}, {}, {}

    def finish(self) -> None:
        """Write everything the request leaves behind, the database's own counts too.

        Who changed nothing (what came was here already) writes nothing, and the commit need not wait for the disk.
        """
        self.flush()
        info = self._info
        if info == self._before:
            return
        self._execute(
            "UPDATE space SET number = ?, documents = ?, deleted = ?, revs_limit = ?, purges = ? WHERE key = ?",
            (info.number, info.documents, info.deleted, info.revs_limit, info.purges, self.space),
        )

    def _tally(self, partition: str) -> "Tally":
        tally = self._changed.get(partition)
        if tally is None:
            tally = self._changed[partition] = Tally()
            self.commit.partitions.setdefault(partition, 0)
        return tally

    def _partition_keys(self, names: Collection[str]) -> dict[str, int]:
        """The keys of these partitions; new ones are made."""
        keys = self._keys
        if missing := [name for name in names if name not in keys]:
            query = f"SELECT name, key FROM partition WHERE space = ? AND name IN {LISTED}"
            keys.update(self._execute(query, (self.space, listed(missing))).fetchall())
            for name in missing:
                if name not in keys:
                    insert = "INSERT INTO partition (space, name) VALUES (?, ?)"
                    keys[name] = self._execute(insert, (self.space, name)).lastrowid or 0
        return keys
