"""Feeds that stay open, over a real socket: what is written comes at once, quiet is filled, and who leaves is gone."""

import asyncio
import json

import httpx
import pytest
import uvicorn
from doors import House, Person
from litestar import Litestar

from sync.database import Database
from sync.door import routes
from sync.stores.sqlite import SqliteStore

PATIENCE = 30


async def until(true):
    """Wait for what gives no sign when it happens."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


class Served:
    """The door of one store at a port; people are known by the header `Person`."""

    def __init__(self, folder):
        self.store = SqliteStore(folder / "s.db")
        self.house = House(Person("ilze", "all"), Person("janis", "own"))

    async def __aenter__(self):
        await self.store.create("home")
        app = Litestar([routes(self.store, self.house)], openapi_config=None, logging_config=None)
        self.server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None, ws="none"))
        self.running = asyncio.create_task(self.server._serve())
        await until(lambda: self.server.started)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        self.http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}/db", headers={"Person": "ilze"}, timeout=PATIENCE
        )
        return self

    async def __aexit__(self, *_):
        await self.http.aclose()
        self.server.should_exit = True
        self.store.waiting.close()
        await self.running
        await self.store.close()

    async def write(self, *names: str) -> None:
        await Database(self.store, "home").write([{"_id": name} for name in names])

    async def nobody_waits(self) -> None:
        """Until the server has noticed that the last reader has gone."""
        await until(lambda: not self.store.waiting._watchers)


@pytest.fixture
async def served(tmp_path):
    async with Served(tmp_path) as served:
        yield served


class Lines:
    """The lines of an answer as they come."""

    def __init__(self, response):
        self.lines = response.aiter_lines()

    async def next(self) -> str:
        async with asyncio.timeout(PATIENCE):
            return await anext(self.lines)

    async def words(self) -> str:
        """The next line that is not empty."""
        while not (line := await self.next()):
            pass
        return line


async def test_a_continuous_feed_tells_each_change_at_once(served):
    await served.write("all:a")
    async with served.http.stream("GET", "/home/_changes?feed=continuous&heartbeat=60000") as response:
        feed = Lines(response)
        assert json.loads(await feed.words())["id"] == "all:a"
        for name in ("all:b", "all:c"):
            await served.write(name)
            assert json.loads(await feed.words())["id"] == name
    await served.nobody_waits()


async def test_a_continuous_feed_says_where_it_ended(served):
    await served.write("all:a")
    async with served.http.stream("GET", "/home/_changes?feed=continuous&timeout=10") as response:
        told = [json.loads(line) async for line in response.aiter_lines() if line]
    assert told[0]["seq"] == told[1]["last_seq"]
    async with served.http.stream("GET", "/home/_changes?feed=continuous&limit=1") as response:
        assert [list(json.loads(line)) async for line in response.aiter_lines() if line][-1] == ["last_seq", "pending"]


async def test_an_event_stream_is_one_a_browser_understands(served):
    async with served.http.stream("GET", "/home/_changes?feed=eventsource&include_docs=true") as response:
        assert response.headers["content-type"] == "text/event-stream"
        feed = Lines(response)
        await served.write("all:a")
        data, name = await feed.words(), await feed.next()
        told = json.loads(data.removeprefix("data: "))
        assert told["doc"]["_id"] == "all:a"
        assert name == f"id: {told['seq']}"
        assert await feed.next() == ""
    await served.nobody_waits()
    again = {"Last-Event-ID": told["seq"]}
    async with served.http.stream("GET", "/home/_changes?feed=eventsource", headers=again) as response:
        await served.write("all:b")
        assert "all:b" in await Lines(response).words()  # and not what came before


async def test_quiet_is_filled_so_that_no_proxy_closes_the_line(served):
    for kind, filling in (("continuous", ""), ("longpoll", ""), ("eventsource", ":")):
        query = f"/home/_changes?feed={kind}&heartbeat=1000&since=now"
        async with served.http.stream("GET", query) as response:
            assert (await Lines(response).next()).strip() == filling
    await served.nobody_waits()


async def test_a_reader_hears_nothing_of_what_may_not_be_read(served):
    query = "/home/_changes?feed=continuous&timeout=60000"
    async with served.http.stream("GET", query, headers={"Person": "janis"}) as response:
        feed = Lines(response)
        await served.write("all:a", "own:b")
        assert json.loads(await feed.words())["id"] == "own:b"


async def test_a_feed_ends_when_a_right_is_gained_so_that_its_reader_begins_anew(served):
    async with served.http.stream("GET", "/home/_changes?feed=continuous&heartbeat=60000") as response:
        feed = Lines(response)
        await served.write("all:a")
        await feed.words()
        served.house.persons["ilze"].gained += 1
        served.store.waiting.rights_changed("home")
        assert "last_seq" in await feed.words()
        with pytest.raises(StopAsyncIteration):
            await feed.next()


async def test_who_does_not_read_holds_nobody_up(served):
    """The feed of a reader who stopped reading fills its buffers; writers and other readers go on."""
    big = "x" * 100_000
    async with served.http.stream("GET", "/home/_changes?feed=continuous&include_docs=true&heartbeat=60000"):
        for number in range(100):
            await Database(served.store, "home").write([{"_id": f"all:{number}", "text": big}])
        answer = await served.http.get("/home/_changes?limit=1000")
        assert len(answer.json()["results"]) == 100
    await served.nobody_waits()


async def test_a_server_that_stops_ends_every_feed(served):
    feeds = (
        "/home/_changes?feed=continuous&heartbeat=60000",
        "/home/_changes?feed=longpoll",
        "/_db_updates?feed=eventsource",
    )
    waiting = [asyncio.create_task(served.http.get(feed)) for feed in feeds]
    watchers = served.store.waiting._watchers
    await until(lambda: len({id(one) for many in watchers.values() for one in many}) == len(feeds))
    served.store.waiting.close()
    assert {answer.status_code for answer in await asyncio.gather(*waiting)} == {200}
