"""The only file here that opens a connection.

It speaks through httpcore, the engine inside httpx: httpx would follow environment proxies around the address check,
and its connections know only names. httpcore lets us stand exactly where a name becomes a connection: there the name
is resolved, all its addresses are checked, and the connection goes to a checked address, while TLS still verifies the
name. So no second look-up can lead elsewhere (DNS rebinding), and connections are still shared per origin.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, cast

import httpcore
from typing_extensions import override

from push.errors import ForbiddenEndpointError
from push.guard import Policy, check_addresses
from push.outcome import Answer, Outcome, Refused, RetryLater, read_answer
from push.request import PushRequest

MAX_ANSWER = 4096
"""Bytes of an answer that are read; the rest is not waited for."""

_ADDRESSES = 3  # addresses of one name that are tried in turn

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
        connections: int = 100,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open nothing yet.

        Args:
            policy: which endpoints may be called.
            resolve: how names become addresses.
            tls: which certificates are trusted; the usual public ones unless told otherwise.
            timeout: seconds for one message, from the look-up to the end of the answer.
            connections: how many may be open at once; further messages wait for one.
            now: the clock, for dates in Retry-After.

        """
        self._timeout = timeout
        self._now = now
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=60,
            network_backend=_GuardedNetwork(policy, resolve),
        )

    async def send(self, request: PushRequest) -> Outcome:
        """Send one request; nothing is followed and nothing is tried again."""
        try:
            async with asyncio.timeout(self._timeout):
                return read_answer(await self._ask(request), self._now())
        except ForbiddenEndpointError as error:
            return Refused(None, str(error))
        except TimeoutError:
            return RetryLater(None, f"no answer within {self._timeout:g} s")
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
            return RetryLater(None, f"no connection: {type(error).__name__}")

    async def _ask(self, request: PushRequest) -> Answer:
        async with self._pool.stream(
            "POST", request.endpoint.url, headers=list(request.headers.items()), content=request.body
        ) as response:
            headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
            body = b""
            async for chunk in response.aiter_stream():
                body += chunk
                if len(body) >= MAX_ANSWER:
                    break
            return Answer(response.status, headers, body[:MAX_ANSWER])

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


class _GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, policy: Policy, resolve: Resolve) -> None:
        self._policy = policy
        self._resolve = resolve
        self._network = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = check_addresses(host, port, await self._resolve(host, port), self._policy)[:_ADDRESSES]
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        return await self._network.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)
