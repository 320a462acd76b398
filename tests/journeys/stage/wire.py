"""The cable between one phone and the server, which a journey can pull.

A browser's own «offline» switch is too kind: it tells the page, and in Firefox it does not reach service workers. So
each phone talks through a TCP relay of its own. Pulling the cable cuts page, service worker and shared worker alike,
also connections that wait for events, and nobody tells the browser.
"""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from enum import Enum

CHUNK = 65_536


class State(Enum):
    """What happens to bytes on the wire."""

    CARRIES = "carries"
    CUT = "cut"  # every connection is closed at once, new ones too
    SILENT = "silent"  # connections open, nothing ever comes back: a captive portal, a dead cell


class Wire:
    """Listens on a loopback port of its own and relays to the server's port."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._state = State.CARRIES
        self._delay = 0.0
        self._loses: bytes | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self.port = 0
        self.connections = 0
        self.name = "127.0.0.1"  # or «localhost»: the same place under a name, as passkeys ask

    @property
    def address(self) -> str:
        return f"http://{self.name}:{self.port}"

    def cut(self) -> None:
        self._turn(State.CUT)

    def loses_the_answer_to(self, request: bytes) -> None:
        """Once: the server gets the request with these bytes in it, and the connection breaks before its answer."""
        self._loses = request

    def goes_silent(self) -> None:
        self._turn(State.SILENT)

    def carries(self, *, delay: float = 0.0) -> None:
        """Let bytes through, each piece `delay` seconds late."""
        self._delay = delay
        self._turn(State.CARRIES)

    def leads_to(self, server_port: int) -> None:
        """From now on the phone reaches another server under the same address (a restart, an update)."""
        self._server_port = server_port
        self._turn(self._state)

    def _turn(self, state: State) -> None:
        self._state = state
        asyncio.run_coroutine_threadsafe(self._close_all(), self._loop).result(5)

    async def _close_all(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        try:
            if self._state is State.SILENT:
                while await reader.read(CHUNK):
                    pass
            elif self._state is not State.CUT:
                await self._relay(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # the cable was pulled, or one end left
        finally:
            self._open.discard(writer)
            writer.transport.abort() if self._state is State.CUT else writer.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        self._open.add(server_writer)
        lost = asyncio.Event()
        both = [
            asyncio.ensure_future(self._ask(reader, server_writer, lost)),
            asyncio.ensure_future(self._answer(server_reader, writer, lost)),
        ]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in both:
                pump.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            self._open.discard(server_writer)
            server_writer.close()

    async def _ask(self, reader: asyncio.StreamReader, server: asyncio.StreamWriter, lost: asyncio.Event) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                await asyncio.sleep(self._delay)
                if self._loses and self._loses in data:
                    self._loses = None
                    lost.set()
                server.write(data)
                await server.drain()

    async def _answer(self, server: asyncio.StreamReader, writer: asyncio.StreamWriter, lost: asyncio.Event) -> None:
        with contextlib.suppress(OSError):
            while data := await server.read(CHUNK):
                await asyncio.sleep(self._delay)
                if lost.is_set():
                    return  # the relay closes both ends
                writer.write(data)
                await writer.drain()

    async def _run(self, ready: threading.Event, stop: asyncio.Event) -> None:
        listener = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = listener.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        listener.close()
        await self._close_all()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    @contextlib.contextmanager
    def laid(self) -> Iterator["Wire"]:
        """The wire works inside this block; it runs in a thread of its own."""
        ready, stop = threading.Event(), asyncio.Event()
        thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._run(ready, stop)), daemon=True)
        thread.start()
        assert ready.wait(5), "the wire could not be laid"
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(stop.set)
            thread.join(10)
            self._loop.close()
