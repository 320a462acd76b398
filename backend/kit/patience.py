"""How long the server waits for slow and for silent clients, and how many it talks to at once.

uvicorn waits for ever for a request that began, reads a head of any length, and keeps an answer that nobody fetches:
one machine with some thousand connections that say one letter a minute («slowloris») keeps everybody else out. Here

- a head must be complete within `HEAD_SECONDS` and `HEAD_BYTES`;
- a body and an answer must go on: at least `LEAST` bytes in each `WINDOW` seconds, unless it is the server that pauses.
  That is less than the slowest mobile network carries, and a phone in a tunnel begins again anyway;
- beyond `limit_concurrency` connections a new one is told at once to come again.

A feed that waits for changes reads and writes nothing and costs no timer. An https proxy in front should have limits of
its own (`deploy/Caddyfile`): it, and not we, then talks to the slow ones.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from backend.kit.together import Together

_REFUSAL = b"HTTP/1.1 %b\r\nconnection: close\r\ncontent-length: 0\r\n%b\r\n"
TOO_SLOW = _REFUSAL % (b"408 Request Timeout", b"")
TOO_LONG = _REFUSAL % (b"431 Request Header Fields Too Large", b"")
FULL = _REFUSAL % (b"503 Service Unavailable", b"retry-after: 30\r\n")


class PatientProtocol(HttpToolsProtocol):
    """One connection: uvicorn's, with an end to its patience. At most one timer runs, and none while all is quiet."""

    HEAD_SECONDS = 20.0
    HEAD_BYTES = 65_536
    WINDOW = 60.0
    LEAST = 5_000

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._most, self.limit_concurrency = self.limit_concurrency, None  # counted here, before a head is read
        self._alarm: asyncio.TimerHandle | None = None
        self._reading_until: float | None = None
        self._writing_until: float | None = None
        self._in_head = True
        self._arrived = 0
        self._unsent = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(cast("asyncio.Transport", Together(transport, self.loop)))
        if self._most is not None and len(self.connections) > self._most:
            self._end(FULL)
        else:
            self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._reading_until is None and self._answered():
            self._expect_head()  # of the next request on this connection, however little of it this is
        self._arrived += len(data)
        super().data_received(data)
        if self._in_head and self._arrived > self.HEAD_BYTES:
            self._end(TOO_LONG)

    def on_message_begin(self) -> None:
        if not self._in_head:
            self._expect_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head, self._arrived = False, 0
        self._reading_until = self.loop.time() + self.WINDOW
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._reading_until = None
        super().on_message_complete()

    def pause_writing(self) -> None:
        self._unsent = self.transport.get_write_buffer_size()
        self._writing_until = self.loop.time() + self.WINDOW
        self._watch()
        super().pause_writing()

    def resume_writing(self) -> None:
        self._writing_until = None
        super().resume_writing()

    def _answered(self) -> bool:
        return not self.cycle or self.cycle.response_complete

    def _expect_head(self) -> None:
        self._in_head, self._arrived = True, 0
        self._reading_until = self.loop.time() + self.HEAD_SECONDS
        self._watch()

    def _watch(self) -> None:
        """Let the one timer run to the nearest end of patience, if there is one."""
        ends = [one for one in (self._reading_until, self._writing_until) if one is not None]
        if not ends or (self._alarm is not None and self._alarm.when() <= min(ends)):
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = self.loop.call_at(min(ends), self._look)

    def _look(self) -> None:
        self._alarm = None
        now = self.loop.time()
        if self._reading_until is not None and self._reading_until <= now and not self._reading_goes_on(now):
            self._end(TOO_SLOW if self._in_head or not self.cycle.response_started else b"")
        elif self._writing_until is not None and self._writing_until <= now and not self._writing_goes_on(now):
            self.transport.abort()
        else:
            self._watch()

    def _reading_goes_on(self, now: float) -> bool:
        slow = not self.flow.read_paused and self._arrived < self.LEAST
        if self._in_head or slow or self.cycle.response_complete:
            return False
        self._arrived, self._reading_until = 0, now + self.WINDOW
        return True

    def _writing_goes_on(self, now: float) -> bool:
        unsent = self.transport.get_write_buffer_size()
        if self._unsent - unsent < self.LEAST:
            return False
        self._unsent, self._writing_until = unsent, now + self.WINDOW
        return True

    def _end(self, answer: bytes) -> None:
        self._reading_until = self._writing_until = None
        if not self.transport.is_closing():
            self.transport.write(answer)
            self.transport.close()
