"""The network between devices and the server: it loses requests and answers, repeats them, delivers some late."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from simulation.server import Server
from simulation.truth import Truth, Work

MISHAPS = {
    "is lost": 4,
    "loses its answer": 5,
    "arrives twice": 4,
    "comes late": 3,
    "dies with the server": 1,
    "dies with the server's answer": 1,
}
OK = 300


class BrokenWireError(Exception):
    """The device got no answer; it cannot know whether the server did."""


@dataclass(frozen=True)
class Request:
    """One request; `works` is what a batch of documents carries."""

    person: str
    method: str
    path: str
    body: bytes = b""
    works: list[Work] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The address without what differs from run to run: the server's uuid names checkpoints."""
        place = self.path.partition("?")[0]
        return "home/_local" if place.startswith("home/_local/") else place


async def nothing() -> None:
    """Happens between two requests when nothing is meant to."""


class Wire:
    """Carries requests; every batch that reaches the server is told to the truth as well.

    `faulty` says how many of the requests, between 0 and 1, meet with a mishap.
    `between` runs before each request: what other people do while a device is in the midst of a sync.
    """

    def __init__(self, random: Random, server: Server, truth: Truth, told: Callable[[str], None]) -> None:
        self._random = random
        self._server = server
        self._truth = truth
        self._told = told
        self.faulty = 0.0
        self.between: Callable[[], Awaitable[None]] = nothing
        self.late: list[Request] = []
        self.batches = 0

    async def ask(self, person: str, method: str, path: str, body: Any = None, works: list[Work] | None = None) -> Any:
        """The JSON of the answer, None for 404."""
        await self.between()
        data = b"" if body is None else json.dumps(body, separators=(",", ":")).encode()
        return json.loads(await self._carry(Request(person, method, path, data, works or [])) or "null")

    async def raw(self, person: str, path: str) -> bytes:
        """The answer as it is."""
        return await self._carry(Request(person, "GET", path)) or b""

    async def comes_late(self) -> None:
        """One of the delayed requests arrives, whatever was said meanwhile; nobody waits for its answer."""
        if self.late:
            request = self.late.pop(self._random.randrange(len(self.late)))
            self._told(f"{request.method} {request.place} of {request.person} comes late")
            await self._deliver(request)

    async def _carry(self, request: Request) -> bytes | None:
        fate = "arrives"
        if self._random.random() < self.faulty:
            fate = self._random.choices(list(MISHAPS), list(MISHAPS.values()))[0]
            self._told(f"  {request.method} {request.place} of {request.person} {fate}")
        if fate == "comes late":
            self.late.append(request)
        if fate == "dies with the server":
            await self._server.crash()
        if fate in ("is lost", "comes late", "dies with the server"):
            raise BrokenWireError
        if fate == "arrives twice":
            await self._deliver(request)
        answer = await self._deliver(request)
        if fate == "dies with the server's answer":
            await self._server.crash()
        if fate in ("loses its answer", "dies with the server's answer"):
            raise BrokenWireError
        return answer

    async def _deliver(self, request: Request) -> bytes | None:
        status, answer = await self._server.answers(request.person, request.method, request.path, request.body)
        assert status < OK or status in (404, 409), f"{request.method} {request.path}: {status} {answer}"
        if request.path.startswith("home/_bulk_docs"):
            self.batches += 1
            refused = self._truth.arrives(request.person, request.works)
            said = {(row["id"], row["rev"]) for row in json.loads(answer)}
            assert said == refused, f"refused {said}, should refuse {refused}"
            assert all(row["error"] == "forbidden" for row in json.loads(answer)), answer
        return answer if status < OK else None
