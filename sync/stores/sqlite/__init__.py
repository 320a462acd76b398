"""The embedded store: one SQLite file."""

from sync.stores.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
