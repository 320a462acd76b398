"""A frugal HTTP/1.1 client for many connections in one event loop: as little work of its own as can be.

The measuring client shares the machine with the server, so each microsecond of its own makes the fast server look
slower. Requests are bytes made before the clock runs; of an answer only status and length are understood.
"""

import asyncio
from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Self
from urllib.parse import urlsplit

import uvloop

from bench.client import JSON
from bench.clock import Took, timed
from bench.peers import Peer

_BAD = 400


class Wire:
    """One kept connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def to(cls, peer: Peer) -> Self:
        parts = urlsplit(peer.base)
        return cls(*await asyncio.open_connection(parts.hostname, parts.port or 80))

    async def send(self, request: bytes) -> bytes:
        """Return the answer's body; an answer that says no ends the run."""
        self.begin(request)
        return await self.answer()

    def begin(self, request: bytes) -> None:
        """Send a request whose answer may take long."""
        self._writer.write(request)

    async def answer(self) -> bytes:
        """Read one answer."""
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        body = await (self._chunks() if b"transfer-encoding: chunked" in head else self._whole(head))
        if status >= _BAD:
            message = f"answered {status}: {body[:200]!r}"
            raise RuntimeError(message)
        return body

    async def _whole(self, head: bytes) -> bytes:
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0].strip()
        return await self._reader.readexactly(int(length or 0))

    async def _chunks(self) -> bytes:
        parts: list[bytes] = []
        while size := int(await self._reader.readline(), 16):
            parts.append(await self._reader.readexactly(size))
            await self._reader.readline()
        await self._reader.readline()
        return b"".join(parts)

    def close(self) -> None:
        self._writer.close()


def exchanged(peer: Peer, requests: Sequence[bytes], connections: int, amount: int) -> Took:
    """Requests over so many connections: on each, the next one is sent when the last one is answered."""

    async def all_of_them() -> Took:
        wires = [await Wire.to(peer) for _ in range(connections)]
        left = iter(requests)

        async def work(wire: Wire, todo: Iterable[bytes]) -> None:
            for one in todo:
                await wire.send(one)

        with timed(peer, amount) as took:
            await asyncio.gather(*(work(wire, left) for wire in wires))
        for wire in wires:
            wire.close()
        return took

    return uvloop.run(all_of_them())


def request(peer: Peer, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """A whole request as it goes over the wire."""
    parts = urlsplit(peer.base)
    told = {"Host": f"{parts.hostname}:{parts.port}", **JSON, **peer.headers, **headers}
    if parts.username:
        told["Authorization"] = "Basic " + b64encode(f"{parts.username}:{parts.password or ''}".encode()).decode()
    if body:
        told["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {parts.path.rstrip('/')}{path} HTTP/1.1\r\n{lines}\r\n".encode() + body
