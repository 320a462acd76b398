"""One database as Apache CouchDB's replicator speaks to it, and as strictly as it reads the answers.

Attachments travel beside their document: `multipart/mixed` of `multipart/related` on the way in, `multipart/related` on
the way out. CouchDB takes the parts in the order in which the document lists what `follows`, checks the announced
length and digest, and hands texts over compressed (`"encoding": "gzip"`, digest and part of the compressed bytes).
"""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from hashlib import md5
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import httpx

COMPRESSED = re.compile(r"text/.*|application/(json|javascript|xml)")
"""What CouchDB compresses unless it is told otherwise."""
RETRIES = 10
_OK = 300
_TOO_OLD = 404
_CLOSED = (401, 403)
_PASSING = (408, 429, 500, 502, 503, 504)

Document = dict[str, Any]
Bytes = dict[str, bytes]


class StoppedError(Exception):
    """The replication job fails here and would be started again later."""


class End:
    """A database at an address; `retries` counts requests that had to be sent again."""

    def __init__(
        self, address: str, transport: httpx.BaseTransport | None = None, headers: dict[str, str] | None = None
    ) -> None:
        self.address = address.rstrip("/") + "/"
        self.retries = 0
        self.asked: list[str] = []
        self._http = httpx.Client(transport=transport, timeout=30, headers=headers)
        self._digests: dict[str, str] = {}

    def close(self) -> None:
        self._http.close()

    def signs_in(self) -> None:
        """With a name in the address a session is tried first; only 404 lets the name and password be used instead."""
        if httpx.URL(self.address).userinfo:
            form = {"name": "somebody", "password": "secret"}
            answer = self._http.post(httpx.URL(self.address).copy_with(path="/_session", userinfo=b""), data=form)
            if answer.status_code != _TOO_OLD:
                raise StoppedError(f"/_session: {answer.status_code}")

    def info(self) -> Document:
        info = self.ask("GET", "").json()
        if "update_seq" not in info or not isinstance(info.get("instance_start_time"), str):
            raise StoppedError("db_not_found")
        return info

    def log(self, name: str) -> Document:
        answer = self.ask("GET", f"_local/{quote(name)}", allowed=(404,))
        return answer.json() if answer.status_code < _OK else {"_id": f"_local/{name}", "history": []}

    def keep(self, log: Document) -> Document:
        """Write a checkpoint. A conflict with what was sent itself means that only the answer was lost."""
        answer = self.ask("PUT", quote(log["_id"], safe="/"), json=log, allowed=(409,))
        if answer.status_code < _OK:
            return {**log, "_rev": answer.json()["rev"]}
        stands = self.ask("GET", quote(log["_id"], safe="/")).json()
        if {**stands, "_rev": ""} != {**log, "_rev": ""}:
            raise StoppedError("checkpoint_commit_failure")
        return stands

    def commit(self) -> str:
        answer = self.ask("POST", "_ensure_full_commit", headers={"Content-Type": "application/json"})
        if answer.status_code != 201:
            raise StoppedError("checkpoint_commit_failure")
        return answer.json()["instance_start_time"]

    def changes(self, since: object, timeout: int) -> list[Document]:
        """Rows of a normal feed, with the row of its end; `results` must come first, CouchDB reads it as a stream."""
        query = urlencode({"feed": "normal", "style": "all_docs", "since": since, "timeout": timeout})
        answer = self.ask("GET", f"_changes?{query}").json()
        if next(iter(answer)) != "results":
            raise StoppedError("changes_reader_died")
        return [*answer["results"], {"last_seq": answer["last_seq"]}]

    def follow(self, since: object, timeout: int) -> Iterator[Document]:
        """Rows of a continuous feed as they come, until the server ends it with `last_seq`."""
        query = urlencode({"feed": "continuous", "style": "all_docs", "since": since, "timeout": timeout})
        with (
            self._http.stream("GET", f"{self.address}_changes?{query}") as answer,
            closing(answer.iter_lines()) as told,
        ):
            yield from (json.loads(line) for line in told if line)

    def revs_diff(self, revisions: dict[str, list[str]]) -> dict[tuple[str, str], list[str]]:
        """What is missing here: `(id, revision)` with its possible ancestors."""
        told = self.ask("POST", "_revs_diff", json=revisions).json()
        return {(name, rev): one.get("possible_ancestors", []) for name, one in told.items() for rev in one["missing"]}

    def bulk_get(self, wanted: dict[tuple[str, str], list[str]]) -> dict[tuple[str, str], Document]:
        """Documents without attachments; whatever else is answered is fetched one by one afterwards."""
        docs = [{"id": name, "rev": rev, "atts_since": known} for (name, rev), known in sorted(wanted.items())]
        body = {"docs": docs, "latest": True, "revs": True, "attachments": False}
        headers = {"Accept": "application/json"}
        address = "_bulk_get?latest=true&revs=true&attachments=false"
        answer = self.ask("POST", address, json=body, headers=headers, allowed=(400, 404, 405))
        if answer.status_code >= _OK or list(answer.json()) != ["results"]:
            return {}
        results = answer.json()["results"]
        assert len(results) == len(docs), "CouchDB lays questions and answers side by side"
        found: dict[tuple[str, str], Document] = {}
        for asked, result in zip(docs, results, strict=True):
            match result["docs"]:
                case [{"ok": told}] if result["id"] == asked["id"] and "_attachments" not in told:
                    found[asked["id"], asked["rev"]] = told
        return found

    def open_revs(self, name: str, rev: str, since: list[str]) -> list[tuple[Document, Bytes]]:
        """A revision, or the leaves that followed it, with the attachments that came after what is known."""
        query = {"revs": "true", "open_revs": json.dumps([rev]), "latest": "true"}
        query |= {"atts_since": json.dumps(since)} if since else {}
        path = f"{_encoded(name)}?{urlencode(query)}"
        answer = self.ask("GET", path, headers={"Accept": "multipart/mixed"})
        return [_read(head, body) for head, body in _parts(answer.headers["content-type"], answer.content)]

    def bulk_docs(self, documents: list[Document]) -> list[Document]:
        """Hand over documents without attachments; the refused ones."""
        body = json.dumps({"new_edits": False, "docs": documents})
        headers = {"Content-Type": "application/json", "X-Couch-Full-Commit": "false"}
        answer = self.ask("POST", "_bulk_docs", content=body, headers=headers, allowed=(413,))
        if answer.status_code != 413:
            return [row for row in answer.json() if "error" in row]
        if len(documents) == 1:
            return [{"id": documents[0]["_id"], "error": "too_large"}]
        half = len(documents) // 2
        return self.bulk_docs(documents[:half]) + self.bulk_docs(documents[half:])

    def put(self, document: Document, data: Bytes) -> str:
        """Hand over one document with its attachments; the word of what stands against it, "" when it was taken."""
        kind, body = self._written(document, data)
        path = f"{_encoded(document['_id'])}?new_edits=false"
        answer = self.ask("PUT", path, content=body, headers={"Content-Type": kind}, allowed=range(400, 500))
        if answer.status_code < _OK:
            return ""
        told = answer.json()
        skipped = answer.status_code in (*_CLOSED, 412, 413, 415) or told["reason"].startswith("Attachment name ")
        if not skipped:
            raise StoppedError(f"doc_write_failed: {told}")
        return told["error"]

    def _written(self, document: Document, data: Bytes) -> tuple[str, bytes]:
        listed, parts = {}, list[bytes]()
        boundary = uuid4().hex
        for name, entry in document.get("_attachments", {}).items():
            told = dict(entry)
            if COMPRESSED.fullmatch(told["content_type"]):
                told["encoding"] = "gzip"
                if name in data:
                    packed = gzip.compress(data[name], mtime=0)
                    self._digests[told["digest"]] = _digest(packed)
                    data = {**data, name: packed}
                    told["encoded_length"] = len(packed)
                told["digest"] = self._digests.get(told["digest"], told["digest"])
            listed[name] = told
            if name in data:
                head = f'Content-Disposition: attachment; filename="{name}"\r\nContent-Type: {told["content_type"]}'
                head += f"\r\nContent-Length: {len(data[name])}"
                head += "\r\nContent-Encoding: gzip" if "encoding" in told else ""
                parts.append(head.encode() + b"\r\n\r\n" + data[name])
        whole = json.dumps(document | ({"_attachments": listed} if listed else {}), ensure_ascii=False).encode()
        if not parts:
            return "application/json", whole
        between = b"\r\n--" + boundary.encode()
        body = b"--" + boundary.encode() + b"\r\nContent-Type: application/json\r\n\r\n" + whole
        return f'multipart/related; boundary="{boundary}"', body + b"".join(
            between + b"\r\n" + part for part in parts
        ) + between + b"--"

    def ask(self, method: str, path: str, *, allowed: Any = (), **how: Any) -> httpx.Response:
        """One request, again after a broken line or a passing refusal. Other refusals end the job."""
        self.asked.append(f"{method} {path.partition('?')[0]}")
        for _ in range(RETRIES):
            try:
                answer = self._http.request(method, self.address + path, **how)
            except httpx.TransportError:
                self.retries += 1
                continue
            if answer.status_code in _PASSING:
                self.retries += 1
            elif answer.status_code < _OK or answer.status_code in allowed:
                return answer
            else:
                raise StoppedError(f"{method} {path}: {answer.status_code} {answer.text}")
        raise StoppedError(f"{method} {path} is not answered")


def _encoded(name: str) -> str:
    return (
        "_design/" + quote(name.removeprefix("_design/"), safe="") if name[:8] == "_design/" else quote(name, safe="")
    )


def _digest(data: bytes) -> str:
    return "md5-" + b64encode(md5(data, usedforsecurity=False).digest()).decode()


def _parts(kind: str, body: bytes) -> list[tuple[dict[str, str], bytes]]:
    """Parts of a multipart body with their headers, read the way CouchDB does: up to the next boundary."""
    boundary = re.fullmatch(r'multipart/\w+; *boundary="?([^"]+)"?', kind)
    if boundary is None:
        raise StoppedError(f"not multipart: {kind}")
    first, *pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.group(1).encode())
    if first or not pieces or not pieces.pop().startswith(b"--"):
        raise StoppedError("the multipart body is not whole")
    found: list[tuple[dict[str, str], bytes]] = []
    for piece in pieces:
        head, _, data = piece.partition(b"\r\n\r\n")
        lines = [line.partition(":") for line in head.decode().split("\r\n") if line]
        found.append(({name.lower(): value.strip() for name, _, value in lines}, data))
    return found


def _read(head: dict[str, str], body: bytes) -> tuple[Document, Bytes]:
    """One revision of `multipart/mixed`, its attachments checked."""
    kind = head["content-type"]
    if kind == 'application/json; error="true"':
        raise StoppedError(f"missing_doc: {body.decode()}")
    if kind == "application/json":
        return json.loads(body), {}
    (_, whole), *parts = _parts(kind, body)
    document, data = json.loads(whole), dict[str, bytes]()
    for name, entry in document["_attachments"].items():
        if entry.get("follows"):
            _, data[name] = parts.pop(0)
            if len(data[name]) != entry["length"] or _digest(data[name]) != entry["digest"]:
                raise StoppedError(f"md5_mismatch: {name}")
    if parts:
        raise StoppedError("more parts than the document announces")
    return document, data
