"""Sends what was built: the only file that decides where a connection goes.

It stands exactly where a name becomes a connection: there the name is resolved, all its addresses are checked, and
the connection goes to a checked address, while TLS still verifies the name. So no second look-up can lead elsewhere
(DNS rebinding), no environment proxy is taken, and connections are shared by everybody who writes to the same origin.

Each origin has a limit of its own below the limit of all, so a push service that is slow or dead holds up nobody
else's messages.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from push.connection import BrokenAnswerError, Connection
from push.errors import ForbiddenEndpointError
from push.guard import Endpoint, Policy, check_addresses
from push.outcome import Answer, Outcome, Refused, RetryLater, read_answer
from push.request import PushRequest

_ADDRESSES = 3  # addresses of one name that are tried in turn
_RESTS = 30.0  # seconds a connection may rest before it is no longer trusted to be there
_ORIGINS = 1000  # origins remembered; one with nothing open is forgotten first

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Host and port → addresses in text form, the preferred one first."""


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Sender:
    """Sends requests and says what came of each; shared by everybody in a process.

    One device's failure is its own outcome and never an exception, so it cannot stop the others.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
        timeout: float = 20,
        connections: int = 200,
        per_origin: int = 50,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open nothing yet.

        Args:
            policy: which endpoints may be called.
            resolve: how names become addresses.
            tls: which certificates are trusted; the usual public ones unless told otherwise.
            timeout: seconds for one message once it is its turn, from the look-up to the end of the answer.
            connections: how many may be open at once; further messages wait for one.
            per_origin: how many of them to one push service.
            now: the clock, for dates in Retry-After.

        """
        self._policy = policy
        self._resolve = resolve
        self._tls = tls
        self._timeout = timeout
        self._all = asyncio.Semaphore(connections)
        self._per_origin = per_origin
        self._now = now
        self._origins: dict[str, _Origin] = {}

    async def send(self, request: PushRequest) -> Outcome:
        """Send one request; nothing is followed, and nothing is tried again that may have arrived."""
        origin = self._origin(request.endpoint.origin)
        async with origin, self._all:
            try:
                async with asyncio.timeout(self._timeout):
                    return read_answer(await self._ask(origin, request), self._now())
            except ForbiddenEndpointError as error:
                return Refused(None, str(error))
            except TimeoutError:
                return RetryLater(None, f"no answer within {self._timeout:g} s")
            except OSError as error:
                return RetryLater(None, f"no connection: {_why(error)}")

    async def _ask(self, origin: "_Origin", request: PushRequest) -> Answer:
        wire = request.wire
        if resting := origin.resting():
            try:
                answer = await resting.ask(wire)
            except OSError:
                if resting.heard:
                    raise
                # The service let go of it while it rested: the usual end of a kept connection, and nothing was read.
            else:
                origin.rests(resting)
                return answer
        fresh = await self._connect(request.endpoint)
        answer = await fresh.ask(wire)
        origin.rests(fresh)
        return answer

    async def _connect(self, endpoint: Endpoint) -> Connection:
        """Connect to the first checked address that answers."""
        host, port = endpoint.host, endpoint.port
        addresses = check_addresses(host, port, await self._resolve(host, port), self._policy)[:_ADDRESSES]
        secure = endpoint.origin.startswith("https:")
        tls = (self._tls or _public_tls()) if secure else None
        failed: OSError | None = None
        for address in addresses:
            try:
                _, made = await asyncio.get_running_loop().create_connection(
                    Connection, address, port, ssl=tls, server_hostname=host if secure else None
                )
            except OSError as error:
                failed = error
            else:
                return made
        raise failed or BrokenAnswerError("no address")

    def _origin(self, name: str) -> "_Origin":
        if name not in self._origins:
            surplus = len(self._origins) + 1 - _ORIGINS
            idle = [one for one, its in self._origins.items() if its.unused] if surplus > 0 else []
            for other in idle[:surplus]:
                self._origins.pop(other).close()
            self._origins[name] = _Origin(self._per_origin)
        return self._origins[name]

    async def aclose(self) -> None:
        """Close all connections that rest; those in use end with what they carry."""
        for origin in self._origins.values():
            origin.close()
        await asyncio.sleep(0)  # let the transports say so

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


class _Origin:
    """The connections to one push service that rest, and whose turn it is."""

    def __init__(self, at_once: int) -> None:
        self._turn = asyncio.Semaphore(at_once)
        self._users = 0
        self._resting: list[tuple[float, Connection]] = []

    async def __aenter__(self) -> None:
        self._users += 1
        try:
            await self._turn.acquire()
        except BaseException:
            self._users -= 1
            raise

    async def __aexit__(self, *_: object) -> None:
        self._users -= 1
        self._turn.release()

    @property
    def unused(self) -> bool:
        """Whether nobody sends or waits here."""
        return not self._users

    def resting(self) -> Connection | None:
        """Return the one that rested for the shortest time, if it can still be trusted."""
        oldest = time.monotonic() - _RESTS
        while self._resting:
            since, one = self._resting.pop()
            if one.open and since >= oldest:
                return one
            one.close()
        return None

    def rests(self, one: Connection) -> None:
        """Keep a connection for the next message."""
        if one.open:
            self._resting.append((time.monotonic(), one))

    def close(self) -> None:
        """Close what rests."""
        while self._resting:
            self._resting.pop()[1].close()


_trusted: list[ssl.SSLContext] = []


def _public_tls() -> ssl.SSLContext:
    """Return the one context of this process that trusts the usual certificates: making it reads all of them."""
    if not _trusted:
        _trusted.append(ssl.create_default_context())
    return _trusted[0]


def _why(error: OSError) -> str:
    return str(error) if isinstance(error, BrokenAnswerError) else type(error).__name__
