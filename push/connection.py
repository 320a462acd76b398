"""One connection to a push service: HTTP/1.1 (RFC 9112), one request at a time, kept open for the next.

Only as much of HTTP as a push needs: a POST whose headers are our own, an answer whose status and few headers matter.
Nothing is followed, and an answer is cut where it becomes longer than anybody needs. It is this small because a
server sends thousands of messages at once to three or four services: a general client spends five times as long on
each as the encryption.
"""

import asyncio
import ssl
from typing import Final, cast

import httptools
from typing_extensions import override

from push.outcome import Answer

MAX_ANSWER: Final = 4096
"""Bytes of an answer's body that are read; the rest is not waited for."""
MAX_HEAD: Final = 16_384
"""Bytes of an answer's head; a longer one is no answer."""
_FINAL = 200  # statuses below are announcements: 100 Continue, 103 Early Hints


class BrokenAnswerError(OSError):
    """What came back is not HTTP, or the connection ended in the middle of it."""


class Connection(asyncio.Protocol):
    """A connection that somebody opened with `loop.create_connection`; `ask` sends one request and waits."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._answer: asyncio.Future[Answer] | None = None
        self._headers: dict[str, str] = {}
        self._body = b""
        self._head = 0
        self._reading = False
        """Whether the final head is complete and the body is coming."""
        self.open = False
        self.heard = False
        """Whether anything came back since the last request was sent."""

    async def ask(self, request: bytes) -> Answer:
        """Send one request and return its answer. Raises OSError when none comes."""
        if not self.open or self._transport is None:
            raise BrokenAnswerError("closed before it was asked")
        self._parser = httptools.HttpResponseParser(self)
        self._headers, self._body, self._head, self._reading, self.heard = {}, b"", 0, False, False
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._answer
        finally:
            if not self._answer.done() or self._answer.cancelled():
                self.close()  # given up: what still comes belongs to nobody
            self._answer = None

    def close(self) -> None:
        """End the connection at once."""
        self.open = False
        if self._transport is not None:
            self._transport.abort()

    # What asyncio calls.

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.open = True

    @override
    def data_received(self, data: bytes) -> None:
        if self._parser is None or self._answer is None or self._answer.done():
            self.close()  # nobody asked
            return
        self.heard = True
        if not self._reading:
            self._head += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fails("not HTTP")
        else:
            if not self._reading and self._head > MAX_HEAD:
                self._fails("a head without end")

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False
        if self._answer is None or self._answer.done():
            return
        if self._reading and exc is None and "content-length" not in self._headers:
            self._complete()  # a body may end with its connection (RFC 9112 §6.3)
        else:
            self._fails(type(exc).__name__ if exc and not isinstance(exc, ssl.SSLError) else "ended")

    # What httptools calls.

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; the first of a name counts."""
        self._headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))

    def on_headers_complete(self) -> None:
        """Begin the body, when this is the answer and no announcement of it."""
        self._reading = self._status() >= _FINAL
        if not self._reading:
            self._headers = {}

    def on_body(self, body: bytes) -> None:
        """Keep the beginning of the body."""
        self._body += body[: MAX_ANSWER - len(self._body)]
        if len(self._body) >= MAX_ANSWER:
            self._complete()
            self.close()  # the rest is not waited for

    def on_message_complete(self) -> None:
        """Hand the answer over."""
        if self._reading:
            keep = self._parser is not None and self._parser.should_keep_alive()
            self._complete()
            if not keep:
                self.close()

    def _status(self) -> int:
        return self._parser.get_status_code() if self._parser is not None else 0

    def _complete(self) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(Answer(self._status(), self._headers, self._body))

    def _fails(self, why: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(BrokenAnswerError(why))
        self.close()
