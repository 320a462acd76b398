"""CouchDB's HTTP API over a store: `routes(store, hooks)` for a Litestar application."""

from sync.door.app import routes

__all__ = ["routes"]
