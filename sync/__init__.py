"""A CouchDB-compatible replication engine. Start with README.md; `Database` over a store, served by `sync.door`."""
