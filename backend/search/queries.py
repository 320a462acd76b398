"""The index of words: one SQLite file with FTS5, made from documents, and made again when it is not what it should be.

Whatever is asked, the places that may be read stand in the statement itself: rows of other places are neither counted,
nor ranked among the answers, nor looked into. Order is «in the name first, then the newest»: a rank like bm25 would be
reckoned over all rows, and so tell of those that may not be read.

The row id is the document's number in the feed, so the newest is the greatest, a page begins behind the last one's
number, and an index made from zero is the same one.
"""

import sqlite3
import threading
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from backend.search.domain import Words

FORMAT: Final = "1"
"""Raised when rows of an older index would not do."""
_SCHEMA: Final = """
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE told (
    id INTEGER PRIMARY KEY, space TEXT NOT NULL, document TEXT NOT NULL, place TEXT NOT NULL, name TEXT NOT NULL,
    UNIQUE (space, document)
);
CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
"""
_BEGIN, _END = "\x02", "\x03"
_FIND: Final = """
SELECT told.id, told.space, told.document, told.name, snippet(words, 1, char(2), char(3), '…', 16)
FROM words JOIN told ON told.id = words.rowid
WHERE words MATCH :question AND told.id < :before AND told.place IN (SELECT value FROM json_each(:places))
ORDER BY told.id DESC LIMIT :limit
"""


class Row(Struct, frozen=True):
    """A document as it is put into the index; `words` None takes it out."""

    number: int
    space: str
    document: str
    words: Words | None


class Found(Struct, frozen=True):
    """A document that says what was asked for."""

    number: int
    space: str
    document: str
    name: dict[str, str]
    snippet: list[tuple[str, bool]]
    """The words around the first hit, in pieces; true: asked for."""
    in_name: bool


def place(space: str, document: str) -> str:
    """Name where a document is read: its space and its partition."""
    return f"{space}/{document.partition(':')[0]}"


class Index:
    """The file, opened; any thread may ask, one at a time writes."""

    def __init__(self, file: Path, store: str) -> None:
        """Open the index of one life of the store; one of another life, or of another format, is thrown away."""
        self._lock = threading.Lock()
        self._file = file
        self._connection = self._open()
        if self._noted() != {"format": FORMAT, "store": store}:
            self._connection.close()
            for name in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
                name.unlink(missing_ok=True)
            self._connection = self._open()
            with self._writing() as connection:
                for statement in _SCHEMA.strip().split(";\n"):
                    connection.execute(statement.rstrip(";"))
                notes = (("format", FORMAT), ("store", store), ("followed", "0"))
                connection.executemany("INSERT INTO note VALUES (?, ?)", notes)

    @property
    def followed(self) -> int:
        """The number up to which the index tells of every change."""
        with self._lock:
            [value] = self._connection.execute("SELECT value FROM note WHERE name = 'followed'").fetchone()
        return int(value)

    def put(self, rows: Sequence[Row], followed: int) -> None:
        """Tell of these documents as they are now, and how far that comes; in one transaction."""
        with self._writing() as connection:
            for row in rows:
                self._forget(connection, "space = ? AND document = ?", (row.space, row.document))
                if row.words is None:
                    continue
                where, name = place(row.space, row.document), msgspec.json.encode(row.words.name).decode()
                told = (row.number, row.space, row.document, where, name)
                connection.execute("INSERT INTO told VALUES (?, ?, ?, ?, ?)", told)
                said = (row.number, row.words.title, row.words.body)
                connection.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", said)
            connection.execute("UPDATE note SET value = ? WHERE name = 'followed'", (str(followed),))

    def keep_only(self, spaces: Collection[str]) -> None:
        """Forget the documents of spaces that are no more, and what deleted words left in the file."""
        with self._writing() as connection:
            names = msgspec.json.encode(sorted(spaces)).decode()
            self._forget(connection, "space NOT IN (SELECT value FROM json_each(?))", (names,))
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")

    def empty(self) -> None:
        """Forget everything, so that it is made again from the first change on."""
        with self._writing() as connection:
            self._forget(connection, "true", ())
            connection.execute("UPDATE note SET value = '0' WHERE name = 'followed'")

    def find(self, asked: str, places: Collection[str], *, before: tuple[bool, int] | None, limit: int) -> list[Found]:
        """Return what says `asked` (made by `domain.question`) in these places; `before` is where a page ended.

        First what says it in its name, the newest first; then the rest in the same order.
        """
        named = f"{{title}} : ({asked})"
        in_name, number = before or (True, _END_OF_NUMBERS)
        found = list(self._ask(named, places, number, limit, in_name=True)) if in_name else []
        if len(found) < limit:
            since = _END_OF_NUMBERS if in_name else number
            found += self._ask(f"({asked}) NOT {named}", places, since, limit - len(found), in_name=False)
        return found

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _ask(self, asked: str, places: Collection[str], before: int, limit: int, *, in_name: bool) -> Iterator[Found]:
        values = {
            "question": asked,
            "places": msgspec.json.encode(sorted(places)).decode(),
            "before": before,
            "limit": limit,
        }
        with self._lock:
            rows = self._connection.execute(_FIND, values).fetchall()
        for number, space, document, name, snippet in rows:
            told = msgspec.json.decode(name, type=dict[str, str])
            yield Found(number, space, document, told, _pieces(snippet), in_name)

    def _forget(self, connection: sqlite3.Connection, which: str, values: Sequence[str]) -> None:
        connection.execute(f"DELETE FROM words WHERE rowid IN (SELECT id FROM told WHERE {which})", values)  # noqa: S608 — our own conditions
        connection.execute(f"DELETE FROM told WHERE {which}", values)  # noqa: S608 — the same

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # what a crash takes is made again
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def _noted(self) -> dict[str, str]:
        try:
            rows = self._connection.execute("SELECT name, value FROM note WHERE name <> 'followed'")
            return dict(rows.fetchall())
        except sqlite3.DatabaseError:
            return {}

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


_END_OF_NUMBERS: Final = 2**62


def _pieces(snippet: str | None) -> list[tuple[str, bool]]:
    """Take a snippet apart at its marks. A text that holds these characters itself only marks itself wrongly."""
    pieces: list[tuple[str, bool]] = []
    for part in (snippet or "").split(_BEGIN):
        hit, end, rest = part.partition(_END)
        pieces += [(hit, bool(end)), (rest, False)]
    return [(text, found) for text, found in pieces if text]
