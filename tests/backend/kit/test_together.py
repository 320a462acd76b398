"""Answers over a real connection: what is written together arrives together, in order, and nothing of it is lost."""

import asyncio
from collections.abc import Callable

import pytest

from backend.kit.together import MOST, Together

Act = Callable[[Together], None]


class Server(asyncio.Protocol):
    """Does one thing with each new connection."""

    def __init__(self, act: Act) -> None:
        self._act = act

    def connection_made(self, transport: asyncio.Transport) -> None:
        self._act(Together(transport, asyncio.get_running_loop()))


class Reader(asyncio.Protocol):
    """Keeps what arrives, piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.ended = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        self.pieces.append(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set_result(exc)


async def received(act: Act) -> list[bytes]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(act), "127.0.0.1", 0)
    async with server:
        _, reader = await loop.create_connection(Reader, *server.sockets[0].getsockname()[:2])
        await reader.ended
    return reader.pieces


async def test_a_head_and_its_body_arrive_in_one_piece():
    def answer(transport: Together) -> None:
        transport.write(b"head ")
        transport.write(b"body")
        asyncio.get_running_loop().call_later(0.05, transport.close)

    assert await received(answer) == [b"head body"]


async def test_what_was_written_before_the_end_arrives():
    def answer(transport: Together) -> None:
        transport.write(b"last ")
        transport.write(b"words")
        transport.close()

    assert b"".join(await received(answer)) == b"last words"


@pytest.mark.parametrize("size", [1000, MOST, 3 * MOST])
async def test_much_arrives_whole_and_in_order(size: int):
    parts = [bytes([number]) * size for number in range(20)]

    def answer(transport: Together) -> None:
        for part in parts:
            transport.write(part)
        transport.close()

    assert b"".join(await received(answer)) == b"".join(parts)


async def test_more_than_a_little_is_not_kept_back():
    def answer(transport: Together) -> None:
        transport.write(b"x" * (MOST + 1))
        transport.abort()  # whatever was kept back is gone now

    assert await received(answer) != []


async def test_words_to_a_connection_that_has_gone_harm_nobody():
    faults: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context))

    def answer(transport: Together) -> None:
        transport.write(b"too late")
        transport.abort()

    assert await received(answer) == []
    assert faults == []
