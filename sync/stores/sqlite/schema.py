"""The tables of a store's file, and the steps by which an older file becomes a newer one.

A document's row is keyed by its number, its place in the feed: the table itself is the feed over all databases, and the
index on `partition` is the feed of one partition in order of numbers, because SQLite appends the key to every index.
Bodies are only added; trees point at them. `PRAGMA user_version` counts the steps done; whoever opens a file that
matters makes a copy before (`upgrade` changes it in place, in one transaction).
"""

import sqlite3

from sync.errors import SchemaTooNewError

STEPS = (
    """
    CREATE TABLE state (
        one INTEGER PRIMARY KEY CHECK (one = 1), uuid TEXT NOT NULL, number INTEGER NOT NULL, body INTEGER NOT NULL);
    CREATE TABLE space (
        key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, number INTEGER NOT NULL DEFAULT 0,
        documents INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0,
        revs_limit INTEGER NOT NULL DEFAULT 1000, purges INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE partition (
        key INTEGER PRIMARY KEY, space INTEGER NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL DEFAULT 0,
        documents INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0, UNIQUE (space, name));
    CREATE TABLE document (
        number INTEGER PRIMARY KEY, space INTEGER NOT NULL, partition INTEGER NOT NULL, id TEXT NOT NULL,
        rev TEXT NOT NULL, deleted INTEGER NOT NULL, body INTEGER NOT NULL, leaves TEXT NOT NULL, tree BLOB NOT NULL);
    CREATE UNIQUE INDEX document_id ON document (space, id);
    CREATE INDEX document_space ON document (space);
    CREATE INDEX document_partition ON document (partition);
    CREATE TABLE body (
        key INTEGER PRIMARY KEY, data BLOB NOT NULL, attachments BLOB NOT NULL, sender TEXT NOT NULL,
        at INTEGER NOT NULL);
    CREATE TABLE blob (
        key INTEGER PRIMARY KEY, space INTEGER NOT NULL, digest TEXT NOT NULL, data BLOB NOT NULL,
        UNIQUE (space, digest));
    CREATE TABLE local (
        space INTEGER NOT NULL, principal TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL,
        body BLOB NOT NULL, PRIMARY KEY (space, principal, id)) WITHOUT ROWID;
    CREATE TABLE held (
        key INTEGER PRIMARY KEY, space INTEGER NOT NULL, id TEXT NOT NULL, rev TEXT NOT NULL, principal TEXT NOT NULL,
        waits_for TEXT NOT NULL, at INTEGER NOT NULL, document BLOB NOT NULL, UNIQUE (space, principal, id, rev));
    CREATE INDEX held_waits_for ON held (space, waits_for);
    CREATE TABLE entry (
        space INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (space, key)) WITHOUT ROWID;
    """,
    "ALTER TABLE space ADD COLUMN base INTEGER NOT NULL DEFAULT 0;",
)


def version(connection: sqlite3.Connection) -> int:
    """How many steps this file has done."""
    return connection.execute("PRAGMA user_version").fetchone()[0]


def refuse_newer(done: int) -> None:
    """Raise SchemaTooNewError for a file that has done more steps than we know."""
    if done > len(STEPS):
        raise SchemaTooNewError(
            f"The document file has version {done}, this Interlink knows versions up to {len(STEPS)}:"
            " install the newer Interlink, or restore the backup made before the update."
        )


def upgrade(connection: sqlite3.Connection) -> None:
    """Do the steps this file lacks; refuse a file that has done more than we know."""
    done = version(connection)
    refuse_newer(done)
    for number, step in enumerate(STEPS[done:], done + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {step} PRAGMA user_version = {number}; COMMIT;")
