"""What a reader pays is what is found, not what exists: no read walks a table (EXPLAIN QUERY PLAN)."""

import re
import sqlite3
from collections.abc import Callable

import pytest

from sync.database import Database
from sync.rows import Span
from sync.stores.sqlite import SqliteStore
from sync.stores.sqlite.reader import SqliteReader

PARTS = frozenset({"a", "b"})
READS: dict[str, Callable[[SqliteReader], object]] = {
    "one reader's feed": lambda tx: tx.changed(PARTS, 3, tx.number, 10),
    "one reader's feed backwards": lambda tx: tx.changed(PARTS, 0, tx.number, 10, descending=True),
    "everybody's feed": lambda tx: tx.changed(None, 3, tx.number, 10),
    "what is left of a reader's feed": lambda tx: tx.pending(PARTS, 3),
    "what is left of everybody's feed": lambda tx: tx.pending(None, 3),
    "documents by id": lambda tx: tx.rows(["a:1", "b:2", "c:9"]),
    "one document": lambda tx: tx.row("a:1"),
    "bodies": lambda tx: tx.bodies([1, 2, 3]),
    "documents that were never edited": lambda tx: tx.singles(["a:1", "b:2", "c:9"]),
    "who brought bodies": lambda tx: tx.senders([1, 2, 3]),
    "a range of ids": lambda tx: tx.range(Span("a:", "a:z"), None),
    "a range of a reader's ids": lambda tx: tx.range(Span("a:", "a:z", descending=True), PARTS),
    "the numbers of a reader": lambda tx: tx.info(PARTS),
    "a checkpoint": lambda tx: tx.local("me", "checkpoint"),
    "what is held for somebody": lambda tx: tx.held_by("me", ["a:1"]),
    "what is held for an item": lambda tx: tx.held(waits_for="a:1"),
    "an entry of the index area": lambda tx: tx.index_get("node/1"),
    "entries of the index area": lambda tx: tx.index_range("node/"),
    "bytes of an attachment": lambda tx: tx.blob("md5-x"),
}
WALKS = re.compile(r"SCAN (?!wanted|json_each|state)\w+")
"""`json_each` is the list that was asked for; `state` has one row."""


def plans(connection: sqlite3.Connection, read: Callable[[], object]) -> list[str]:
    """The plan of every statement that a read runs."""
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    read()
    connection.set_trace_callback(None)
    return [
        row[3]
        for statement in statements
        if statement.startswith("SELECT")
        for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]


@pytest.fixture
async def store(tmp_path):
    store = SqliteStore(tmp_path / "spaces.db")
    await store.create("home")
    for name in "abc":
        await Database(store, "home").write([{"_id": f"{name}:{number}"} for number in range(20)])
    yield store
    await store.close()


@pytest.mark.parametrize("what", READS)
async def test_a_read_walks_no_table(store: SqliteStore, what: str) -> None:
    with store.read("home") as tx:
        found = plans(tx.connection, lambda: READS[what](tx))
        assert found, "the read asked nothing"
        assert not [plan for plan in found if WALKS.match(plan)], found


def test_a_walk_would_be_noticed() -> None:
    assert WALKS.match("SCAN document")
    assert WALKS.match("SCAN d USING COVERING INDEX document_partition")
    assert not WALKS.match("SCAN wanted VIRTUAL TABLE INDEX 1:")
    assert not WALKS.match("SEARCH d USING INDEX document_id (space=? AND id=?)")
