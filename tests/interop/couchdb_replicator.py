"""A replicator that says on the wire what that of Apache CouchDB 3.5 says, in its order (`src/couch_replicator` there).

    start       POST /_session (with a name in the address) · GET db, twice · GET _local/<id>, and ids of older versions
    feed        GET _changes?feed=normal|continuous&style=all_docs&since=…&timeout=10000
    each batch  POST target/_revs_diff
                POST source/_bulk_get?latest=true&revs=true&attachments=false     design documents are left out, and
                GET source/doc?revs=true&open_revs=[…]&latest=true&atts_since=[…]  these and what has attachments come
                PUT target/doc?new_edits=false                                     one by one, as multipart
                POST target/_bulk_docs {"new_edits": false}
    checkpoint  POST _ensure_full_commit on both · PUT _local/<id>, the source first

No CouchDB runs in these tests; between two of our engines the player stands for it at both ends.
"""

import json
from collections.abc import Callable
from hashlib import md5
from itertools import count
from typing import Any
from uuid import uuid4

from tests.interop.couchdb_wire import Bytes, Document, End, StoppedError

TIMEOUT = 10_000
"""Milliseconds after which an idle feed shall end: a third of CouchDB's `connection_timeout`."""
VERSIONS = 4
"""Versions of the replication id that are looked for."""
_DESIGN = "_design/"


class Replicator:
    """One replication job. `read`, `written` and `failed` count documents; `resumed` is the sequence it began with."""

    def __init__(self, source: End, target: End, *, batch: int = 500, bulk_get: bool = True) -> None:
        self._source = source
        self._target = target
        self._batch = batch
        self._uses_bulk_get = bulk_get
        self._name = md5(f"{source.address} {target.address}".encode(), usedforsecurity=False).hexdigest()
        self._session = uuid4().hex
        self._logs: list[Document] = []
        self._born: list[str] = []
        self.read = self.written = self.failed = 0
        self.resumed: Any = 0

    def run(self, each: Callable[[], object] = lambda: None) -> "Replicator":
        """Replicate once, to the end of the feed; `each` is called after every batch."""
        rows = self._source.changes(self._starts(), TIMEOUT)
        for first in range(0, len(rows), self._batch):
            self._take(rows[first : first + self._batch])
            each()
        return self

    def follow(self, enough: Callable[[], bool], timeout: int = 1000) -> None:
        """Replicate continuously until `enough`; a feed that ended is opened again where it ended."""
        since, name = self._starts("+continuous"), count()
        while not enough():
            assert next(name) < 20, "it goes on without an end"
            for row in self._source.follow(since, timeout):
                self._take([row])
                since = row.get("seq", row.get("last_seq"))

    def _starts(self, suffix: str = "") -> Any:
        self._name += suffix
        for end in (self._source, self._target):
            end.signs_in()
            end.info()
        self._born = [end.info()["instance_start_time"] for end in (self._source, self._target)]
        self._logs = [self._log(end) for end in (self._source, self._target)]
        self.resumed = _common(*self._logs)
        return self.resumed

    def _log(self, end: End) -> Document:
        for version in range(VERSIONS, 0, -1):
            found = end.log(self._name if version == VERSIONS else f"{self._name[:-1]}{version}")
            if "_rev" in found:
                return found
        return {"_id": f"_local/{self._name}", "history": []}

    def _take(self, rows: list[Document]) -> None:
        changed = {row["id"]: [one["rev"] for one in row["changes"]] for row in rows if "changes" in row}
        if changed:
            self._copy(self._target.revs_diff(changed))
        seq = rows[-1].get("seq", rows[-1].get("last_seq"))
        if seq != self._logs[0].get("source_last_seq", 0) and (changed or seq != self.resumed):
            self._checkpoint(seq)

    def _copy(self, missing: dict[tuple[str, str], list[str]]) -> None:
        plain = {one: known for one, known in missing.items() if not one[0].startswith(_DESIGN)}
        found = self._source.bulk_get(plain) if plain and self._uses_bulk_get else {}
        batch = [document for _, document in sorted(found.items())]
        for one in missing.keys() - found.keys():
            for document, data in self._source.open_revs(*one, missing[one]):
                if document.get("_attachments") or one[0].startswith(_DESIGN):
                    self._put(one, document, data)
                else:
                    batch.append(document)
        if batch:
            refused = self._target.bulk_docs(batch)
            self.read += len(batch)
            self.failed += len(refused)
            self.written += len(batch) - len(refused)

    def _put(self, one: tuple[str, str], document: Document, data: Bytes) -> None:
        word = self._target.put(document, data)
        if word == "missing_stub":  # fetched again with all its attachments
            word = next(filter(None, (self._target.put(*again) for again in self._source.open_revs(*one, []))), "")
            if word == "missing_stub":
                raise StoppedError(word)
        self.read += 1
        self.failed += bool(word)
        self.written += not word

    def _checkpoint(self, seq: Any) -> None:
        if [self._source.commit(), self._target.commit()] != self._born:
            raise StoppedError("instance_start_time has changed since last checkpoint")
        history = [one for one in self._logs[0].get("history", []) if one["session_id"] != self._session]
        entry = {"session_id": self._session, "recorded_seq": seq, "docs_read": self.read, "docs_written": self.written}
        told = {"session_id": self._session, "source_last_seq": seq, "replication_id_version": VERSIONS}
        logs = [{**log, **told, "history": [entry, *history][:50]} for log in self._logs]
        self._logs = [end.keep(log) for end, log in zip((self._source, self._target), logs, strict=True)]


def _common(source: Document, target: Document) -> Any:
    """The newest sequence of which both ends know, 0 when there is none."""
    if source.get("session_id") and source["session_id"] == target.get("session_id"):
        return source["source_last_seq"]
    known = {one["session_id"] for one in target["history"]}
    return next((one["recorded_seq"] for one in source["history"] if one["session_id"] in known), 0)


def contents(end: End) -> dict[str, list[Document]]:
    """Every leaf of every document with its history and its attachments' bytes, ready to be compared.

    Digests and positions of attachments are each server's own.
    """
    found: dict[str, list[Document]] = {}
    for row in end.changes(0, TIMEOUT)[:-1]:
        leaves = [one["rev"] for one in row["changes"]]
        found[row["id"]] = []
        for leaf in sorted(leaves):
            document, data = end.open_revs(row["id"], leaf, [])[0]
            for name, one in document.get("_attachments", {}).items():
                document["_attachments"][name] = (one["content_type"], data[name])
            found[row["id"]].append(json.loads(json.dumps(document, default=repr)))
    return found
