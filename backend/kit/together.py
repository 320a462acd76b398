"""What is written to a connection within one turn of the event loop goes out in one piece.

uvicorn writes the head of an answer, its body, and each part of a stream by itself, and uvloop hands each to the system
at once: an answer of two hundred bytes costs two calls and wakes its reader twice. Most of what a small answer costs
us is this, and ten thousand devices that are woken by one change are ten thousand small answers.
"""

import asyncio
from typing import Any

MOST = 65_536
"""Bytes after which what was collected goes out at once: nobody's memory fills, and backpressure is felt in time."""


class Together:
    """A transport that collects what is written until the loop's next turn; all else it leaves to the real one."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send soon."""
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append(data)
        self._size += len(data)
        if self._size > MOST:
            self.flush()

    def flush(self) -> None:
        """Send now what was collected; what was written to a connection that has ended meanwhile is lost."""
        parts, self._parts, self._size = self._parts, [], 0
        if parts and not self._transport.is_closing():
            self._transport.writelines(parts)

    def close(self) -> None:
        """Send what was collected, and end."""
        self.flush()
        self._transport.close()
