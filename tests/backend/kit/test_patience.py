"""Slow and silent clients at a real socket: each is let go, and whoever moves is served."""

import asyncio
import socket
from contextlib import asynccontextmanager

import pytest
import uvicorn

from backend.kit.patience import PatientProtocol

LARGE = 50_000_000
"""More bytes than the buffers of both sides hold."""


class Hasty(PatientProtocol):
    """The same with less patience."""

    HEAD_SECONDS = 0.3
    WINDOW = 0.3


async def application(scope, receive, send):
    """Reads the body and says how long it was; /large answers with more than anybody's buffers hold."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = b"x" * LARGE if scope["path"] == "/large" else str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def early(scope, receive, send):
    """Answers without reading the body."""
    await send({"type": "http.response.start", "status": 413, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


@asynccontextmanager
async def served(protocol=Hasty, app=application, **more):
    config = uvicorn.Config(app, port=0, http=protocol, lifespan="off", log_config=None, ws="none", **more)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110 — uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await running


async def told(reader) -> bytes:
    """Everything until the server lets go; b"" when it did so without a word."""
    try:
        return await asyncio.wait_for(reader.read(), 60)
    except ConnectionError:
        return b""


async def trickle(writer, letters: bytes):
    """One letter after the other, for as long as the server listens."""
    try:
        while True:
            writer.write(letters)
            await writer.drain()
            await asyncio.sleep(0.05)
    except ConnectionError:
        pass


@pytest.mark.parametrize("beginning", [b"", b"GET / HTTP/1.1\r\nHost: a\r\n"], ids=["silence", "half a head"])
async def test_who_never_finishes_asking_is_let_go(beginning):
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(beginning)
        assert (await told(reader)).startswith(b"HTTP/1.1 408 ")
        writer.close()


@pytest.mark.parametrize(
    "beginning",
    [b"GET / HTTP/1.1\r\n", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n"],
    ids=["a head", "a body"],
)
async def test_a_letter_now_and_then_is_not_enough(beginning):
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(beginning)
        trickling = asyncio.create_task(trickle(writer, b"a"))
        assert (await told(reader)).startswith(b"HTTP/1.1 408 ")
        writer.close()
        await trickling


async def test_a_second_request_that_is_never_finished_is_let_go_too():
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n0")
        trickling = asyncio.create_task(trickle(writer, b"\r\n"))
        assert (await told(reader)).startswith(b"HTTP/1.1 408 ")
        writer.close()
        await trickling


async def test_an_endless_body_after_the_answer_is_not_listened_to_for_ever():
    async with served(app=early) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n\r\n")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 413 ")
        trickling = asyncio.create_task(trickle(writer, b"x" * 10_000))
        await told(reader)
        writer.close()
        await trickling


async def test_who_never_reads_the_answer_is_let_go():
    async with served() as port:
        with socket.create_connection(("127.0.0.1", port)) as silent:
            silent.settimeout(60)
            silent.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            await asyncio.sleep(1)  # nobody reads for several windows
            assert await asyncio.to_thread(_all_that_comes, silent) < LARGE


def _all_that_comes(one: socket.socket) -> int:
    size = 0
    try:
        while part := one.recv(1 << 20):
            size += len(part)
    except ConnectionError:
        pass
    return size


async def test_a_head_without_end_is_told_so():
    async with served(PatientProtocol) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nX: " + b"x" * PatientProtocol.HEAD_BYTES)
        assert (await told(reader)).startswith(b"HTTP/1.1 431 ")
        writer.close()


async def test_beyond_the_connections_there_may_be_a_new_one_is_told_to_come_again():
    async with served(PatientProtocol, limit_concurrency=2) as port:
        first = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answer = await told(reader)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: " in answer
        writer.close()
        for reader, writer in first:
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert (await told(reader)).startswith(b"HTTP/1.1 200 ")
            writer.close()


async def test_who_moves_is_served_however_long_it_takes():
    class Measured(Hasty):
        LEAST = 1

    async with served(Measured) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\nConnection: close\r\n\r\n")
        for _ in range(40):
            writer.write(b"x")
            await asyncio.sleep(0.03)
        assert (await told(reader)).endswith(b"40")
        writer.close()


async def test_a_connection_may_rest_between_two_requests_and_a_feed_may_wait():
    async def waits(scope, receive, send):
        await asyncio.sleep(1)  # longer than any window here
        await application(scope, receive, send)

    async with served(app=waits) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
            assert await reader.readexactly(1) == b"1"
            await asyncio.sleep(0.5)
        writer.close()
