"""One request and its answer, as values: the door's rooms see these and no framework.

A room is a function from `Call` to `Answer` (or `Stream`, for feeds that stay open); only `door/app.py` speaks ASGI.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from msgspec import Struct, field

from sync.database import Database
from sync.errors import BAD_CONTENT_TYPE, BAD_QUERY, SyncError
from sync.hooks import Access, Hooks, Meter, no_meter
from sync.intake import read_json, read_object
from sync.limits import Limits
from sync.store import Store

JSON = "application/json"


class Answer(Struct):
    """What the client gets: JSON unless `headers` says otherwise."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])


class Stream(Struct):
    """An answer that is written while it is made."""

    chunks: AsyncIterator[bytes]
    headers: dict[str, str] = field(default_factory=dict[str, str])
    status: int = 200


class House(Struct, frozen=True):
    """What all requests share."""

    store: Store
    hooks: Hooks
    limits: Limits
    meter: Meter = no_meter
    written: dict[tuple[str, str, int], bytes] = field(default_factory=dict[tuple[str, str, int], bytes])
    """Rows of the wake-up that were written already, by database, sequence and count of lost rights."""


class Call(Struct):
    """One request. `path` is split at "/" before it is decoded, so an id may hold a slash."""

    house: House
    request: Any
    method: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    receive: Callable[[], Awaitable[bytes]]

    async def access(self) -> Access:
        """Who asks, at the database of this call."""
        return await self.house.hooks.access(self.request, self.path[0])

    def database(self) -> Database:
        """The database of this call."""
        return Database(self.house.store, self.path[0], limits=self.house.limits)

    async def body(self) -> bytes:
        """The body as it came; 413 when it is too large."""
        return await self.receive()

    async def charge(self, access: Access, documents: int) -> None:
        """Let so many documents in, and the bytes of this request; 429 when they come too fast."""
        self.house.meter(self.request, access, documents, len(await self.receive()))

    def json_only(self) -> None:
        """415 unless the request says that it carries JSON, which no foreign page's form can say."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != JSON:
            raise SyncError(BAD_CONTENT_TYPE)

    async def object(self) -> dict[str, Any]:
        """The body as a JSON object."""
        self.json_only()
        return read_object(await self.receive())

    def flag(self, name: str) -> bool:
        """A switch in the query: `true` or `false`; 400 for anything else."""
        value = self.query.get(name, "false").lower()
        if value not in ("true", "false"):
            raise SyncError(BAD_QUERY, f"{name} must be true or false.")
        return value == "true"

    def number(self, name: str, default: int, most: int) -> int:
        """A number in the query, at most `most`; 400 when it is none."""
        value = self.query.get(name)
        if value is None:
            return min(default, most)
        if not value.isascii() or not value.isdigit():
            raise SyncError(BAD_QUERY, f"Invalid value for integer: {value!r}.")
        return min(int(value[:18]), most)

    def json(self, name: str) -> Any:
        """A JSON value in the query; None when it is not given."""
        value = self.query.get(name)
        return None if value is None else read_json(value.encode())


Room = Callable[[Call], Awaitable[Answer | Stream]]


def lines(rows: list[bytes], head: bytes = b'{"results":[\n', tail: bytes = b"\n]}\n") -> bytes:
    """Rows of JSON between a head and a tail, one in a line."""
    return head + b",\n".join(rows) + tail
