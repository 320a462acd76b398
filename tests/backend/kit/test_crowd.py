"""How many of one session may be inside at the same time: the one too many is told to come again, nobody else is."""

import asyncio
import json
from typing import Any

import pytest

from backend.kit.crowd import SITE, Crowd


class Room:
    """An application in which everybody stays until the doors open."""

    def __init__(self) -> None:
        self.came = asyncio.Event()
        self.doors = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.came.set()
        await self.doors.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class Street:
    """Sends people into the room and notes what they are told."""

    def __init__(self, **most: int) -> None:
        self.room = Room()
        self.crowd = Crowd(self.room, cookie="interlink", door="/db", **({"feeds": 3, "requests": 2} | most))
        self.tasks: list[asyncio.Task[Any]] = []

    async def comes(self, who: str = "", path: str = "/db/home", query: str = "", address: str = "192.0.2.1", **more):
        """Somebody comes; the answer when there is one at once, None while they are inside."""
        headers = [(b"cookie", f"theme=dark; interlink={who}".encode())] if who else []
        headers += [(name.encode(), value.encode()) for name, value in more.items()]
        scope = {"type": "http", "path": path, "query_string": query.encode(), "headers": headers}
        told: list[Any] = []

        async def send(message: Any) -> None:
            told.append(message)

        self.room.came.clear()
        coming = asyncio.create_task(self.crowd({**scope, "client": (address, 1)}, None, send))
        self.tasks.append(coming)
        came = asyncio.create_task(self.room.came.wait())
        await asyncio.wait({coming, came}, return_when=asyncio.FIRST_COMPLETED)
        came.cancel()
        return told or None

    async def leave(self) -> None:
        self.room.doors.set()
        await asyncio.gather(*self.tasks)


@pytest.fixture
async def street():
    street = Street()
    yield street
    await street.leave()


async def test_the_request_too_many_is_told_to_come_again_in_the_doors_own_words(street):
    assert [await street.comes("ilze") for _ in range(2)] == [None, None]
    start, body = await street.comes("ilze")
    assert start["status"] == 429
    assert int(dict(start["headers"])[b"retry-after"]) > 0
    assert set(json.loads(body["body"])) == {"error", "reason"}


async def test_outside_the_door_it_is_told_as_every_problem_is(street):
    for _ in range(2):
        await street.comes("ilze", "/api/v1/spaces")
    start, body = await street.comes("ilze", "/api/v1/spaces", **{"accept-language": "lv"})
    assert dict(start["headers"])[b"content-type"] == b"application/problem+json"
    assert json.loads(body["body"])["code"] == "too_many_requests"


async def test_feeds_that_wait_and_requests_are_counted_apart(street):
    feeds = ("feed=longpoll", "since=1&feed=eventsource", "feed=continuous")
    assert [await street.comes("ilze", query=one) for one in feeds] == [None] * 3
    assert await street.comes("ilze", query="feed=live") is not None
    assert [await street.comes("ilze", query=one) for one in ("feed=normal", "")] == [None, None]


async def test_one_persons_crowd_keeps_nobody_else_out(street):
    for _ in range(3):
        await street.comes("ilze")
    assert await street.comes("janis") is None
    assert await street.comes(authorization="Bearer a program of Ilze's") is None


async def test_a_house_full_of_phones_has_room_and_invented_sessions_make_no_more(street):
    for number in range(2 * SITE):
        assert await street.comes(f"invented {number}") is None
    assert await street.comes("another") is not None
    assert await street.comes() is not None
    assert await street.comes("another", address="198.51.100.7") is None


async def test_who_left_makes_room_and_nothing_of_them_is_remembered(street):
    for _ in range(3):
        await street.comes("ilze")
    await street.leave()
    assert street.crowd._here == {}
    street.room.doors.clear()
    assert await street.comes("ilze") is None


async def test_who_goes_away_in_the_middle_is_counted_no_more(street):
    for _ in range(2):
        await street.comes("ilze")
    for task in street.tasks:
        task.cancel()
    await asyncio.gather(*street.tasks, return_exceptions=True)
    street.tasks.clear()
    assert street.crowd._here == {}
