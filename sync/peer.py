"""A replication partner, spoken to over HTTP: CouchDB, PouchDB Server, another Interlink, or a folder on this machine.

A folder is opened by our own store and spoken to through our own door without a network, so there is one way to
replicate, and every rule of the door holds for all.
"""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
from msgspec import Struct

from sync.checkpoint import Log, Seq

_ATTEMPTS = 5
_CLOSED = {401, 403}
_MISSING = 404
_EXISTS = 412
_CONFLICT = 409
WAIT = 25
"""Seconds to wait for a change before asking again."""
_PASSING = {429, 500, 502, 503, 504}


class PeerError(Exception):
    """The other side said no; `status` is 0 when it did not answer."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Change(Struct):
    """One row of a feed."""

    id: str
    changes: list[dict[str, str]]

    @property
    def revisions(self) -> list[str]:
        """The leaves of the document."""
        return [one["rev"] for one in self.changes]


class Changes(Struct):
    """A page of a feed."""

    results: list[Change]
    last_seq: Seq


class Got(Struct):
    """Answer of `_bulk_get` for one document; what is there stays in its bytes."""

    id: str
    docs: list[dict[str, msgspec.Raw]]


class BulkGet(Struct):
    """Answer of `_bulk_get`."""

    results: list[Got]


class Refused(Struct):
    """A document the other side did not take."""

    id: str = ""
    error: str = ""
    reason: str = ""


class Missing(Struct):
    """What `_revs_diff` says of one document."""

    missing: list[str]


def _reason(answer: httpx.Response) -> str:
    """Why the other side said no, in its own words when it has some."""
    try:
        return msgspec.json.decode(answer.content, type=Refused).reason or str(answer.status_code)
    except msgspec.DecodeError:
        return f"{answer.request.method} {answer.request.url.path} was answered {answer.status_code}"


class Peer:
    """One database at an address. `label` names it to people; `pause`: first wait before asking again, in seconds."""

    def __init__(self, client: httpx.AsyncClient, name: str, *, label: str = "", pause: float = 0.5) -> None:
        self._client = client
        self._label = label or name
        self._path = "/" + quote(name, safe="")
        self._pause = pause

    async def identity(self) -> str:
        """What names this database for good: the server's `uuid` and the database's name."""
        welcome = msgspec.json.decode(await self._ask("GET", "/"), type=dict[str, Any])
        return f"{welcome.get('uuid') or self._client.base_url}{self._path}"

    async def create(self) -> None:
        """Make the database unless it is there."""
        try:
            await self._ask("PUT", self._path)
        except PeerError as error:
            if error.status != _EXISTS:
                raise

    async def newest(self) -> Seq:
        """The newest sequence, to show progress."""
        return msgspec.json.decode(await self._ask("GET", self._path), type=dict[str, Any])["update_seq"]

    async def changes(self, since: Seq, limit: int, *, wait: bool = False) -> Changes:
        """The next rows, all leaves of each document; `wait` lets the other side wait for one."""
        query = {"style": "all_docs", "since": str(since), "limit": str(limit)}
        if wait:
            query |= {"feed": "longpoll", "timeout": str(WAIT * 1000)}
        return msgspec.json.decode(await self._ask("GET", self._path + "/_changes", query=query), type=Changes)

    async def missing(self, revisions: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Which of these revisions are unknown there."""
        answer = await self._ask("POST", self._path + "/_revs_diff", body=msgspec.json.encode(revisions))
        return {name: one.missing for name, one in msgspec.json.decode(answer, type=dict[str, Missing]).items()}

    async def fetch(self, revisions: Mapping[str, list[str]]) -> list[msgspec.Raw]:
        """These revisions with history and attachments, each in its bytes; what vanished meanwhile is left out.

        Any other failure ends the run: to go on would move the checkpoint past what was not copied.
        """
        asked = [{"id": name, "rev": rev} for name, revs in revisions.items() for rev in revs]
        query = {"revs": "true", "latest": "true", "attachments": "true"}
        body = msgspec.json.encode({"docs": asked})
        answer = msgspec.json.decode(
            await self._ask("POST", self._path + "/_bulk_get", query=query, body=body), type=BulkGet
        )
        rows = [(got.id, row) for got in answer.results for row in got.docs]
        for name, row in rows:
            failed = None if "ok" in row else msgspec.json.decode(row["error"], type=Refused)
            if failed and failed.error != "not_found":
                raise PeerError(0, f"{self._label}: {name}: {failed.reason or failed.error}")
        return [row["ok"] for _, row in rows if "ok" in row]

    async def write(self, documents: list[msgspec.Raw]) -> list[Refused]:
        """Hand over revisions as they are; the refused ones."""
        body = msgspec.json.encode({"docs": documents, "new_edits": False})
        answer = msgspec.json.decode(await self._ask("POST", self._path + "/_bulk_docs", body=body), type=list[Refused])
        return [row for row in answer if row.error]

    async def log(self, name: str) -> tuple[Log | None, str | None]:
        """The checkpoint of a replication and its revision."""
        try:
            answer = await self._ask("GET", f"{self._path}/_local/{name}")
        except PeerError as error:
            if error.status == _MISSING:
                return None, None
            raise
        return msgspec.json.decode(answer, type=Log), msgspec.json.decode(answer, type=dict[str, Any])["_rev"]

    async def keep(self, name: str, log: Log, rev: str | None) -> str | None:
        """Write the checkpoint; its new revision. A peer that keeps none for us makes the next run start again."""
        for _ in range(_ATTEMPTS):
            body = msgspec.to_builtins(log) | ({"_rev": rev} if rev else {})
            try:
                answer = await self._ask("PUT", f"{self._path}/_local/{name}", body=msgspec.json.encode(body))
            except PeerError as error:
                if error.status in _CLOSED:
                    return rev
                if error.status != _CONFLICT:
                    raise
                # the answer to an earlier attempt was lost, or another run is on its way
                stands, rev = await self.log(name)
                if stands == log:
                    return rev
            else:
                return msgspec.json.decode(answer, type=dict[str, Any])["rev"]
        raise PeerError(_CONFLICT, f"{self._label}: another replication of the same two databases is running.")

    async def _ask(
        self, method: str, path: str, *, query: dict[str, str] | None = None, body: bytes | None = None
    ) -> bytes:
        """One request. A passing refusal or a lost answer is asked again; every request here may be repeated."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        status, sentence = 0, ""
        for attempt in range(_ATTEMPTS):
            try:
                answer = await self._client.request(method, path, params=query, content=body, headers=headers)
            except httpx.TransportError as error:
                status, sentence = 0, f"{self._label} does not answer: {type(error).__name__}"
            else:
                if answer.is_success:
                    return answer.content
                status, sentence = answer.status_code, f"{self._label}: {_reason(answer)}"
                if status not in _PASSING:
                    raise PeerError(status, sentence)
            if attempt + 1 < _ATTEMPTS:
                await asyncio.sleep(self._pause * 2**attempt)
        raise PeerError(status, sentence)
