"""Inserting what one request brought: many rows with one statement.

Python lets its lock go and takes it again once a statement, not once a row; so while SQLite writes them the event loop
reads the next request, and a fifth of the work is saved besides. Python's sqlite3 looks for an adapter (PEP 246) for
whatever is not exactly an int, a float, a str or a bytearray, at each value and in vain; that takes longer than to copy
a body. So usual rows bind nothing else, and columns that are empty in them stand in the statement.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from sync.rows import Body, Row

MANY = 100
"""Rows that one statement inserts."""
_BODY = "INSERT INTO body (key, data, attachments, sender, at) VALUES "
_DOCUMENT = "INSERT INTO document (number, space, partition, id, rev, deleted, body, leaves, tree) VALUES "


def insert_bodies(connection: sqlite3.Connection, bodies: Mapping[int, Body]) -> None:
    """Insert bodies by their keys."""
    _insert(
        connection,
        _BODY,
        "(?, ?, x'', ?, ?)",
        [(key, bytearray(one.data), one.sender, one.at) for key, one in bodies.items() if not one.attachments],
    )
    connection.executemany(
        _BODY + "(?, ?, ?, ?, ?)",
        [(key, one.data, one.attachments, one.sender, one.at) for key, one in bodies.items() if one.attachments],
    )


def insert_documents(
    connection: sqlite3.Connection, space: int, partitions: Mapping[str, int], rows: Sequence[Row]
) -> None:
    """Insert rows that are not there yet; `partitions` has the keys of theirs."""
    _insert(
        connection,
        _DOCUMENT,
        "(?, ?, ?, ?, ?, ?, ?, '', x'')",
        [(r.number, space, partitions[r.partition], r.id, r.rev, int(r.deleted), r.body) for r in rows if not r.tree],
    )
    connection.executemany(
        _DOCUMENT + "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (r.number, space, partitions[r.partition], r.id, r.rev, int(r.deleted), r.body, r.leaves, r.tree)
            for r in rows
            if r.tree
        ],
    )


def _insert(connection: sqlite3.Connection, head: str, row: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, `MANY` with each statement and the rest one by one."""
    whole = len(rows) - len(rows) % MANY
    for first in range(0, whole, MANY):
        values = list(chain.from_iterable(rows[first : first + MANY]))
        connection.execute(head + ", ".join([row] * MANY), values)
    connection.executemany(head + row, rows[whole:])
