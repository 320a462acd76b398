"""Who reads or writes one byte a minute keeps nobody waiting: an answer holds no snapshot, a body no writer."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from sync.database import Database
from sync.door import bulk_get
from sync.door.alone import served
from sync.stores.sqlite import SqliteStore

IDS = [f"note:{number}" for number in range(120)]


@pytest.fixture
async def store(tmp_path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "spaces.db")
    await store.create("home")
    await Database(store, "home").write([{"_id": name, "text": "x" * 500} for name in IDS])
    yield store
    await store.close()


class Client:
    """Speaks ASGI; sends the parts of its body when told to, and takes one message of the answer at a time."""

    def __init__(self, store: SqliteStore, method: str, path: str, query: str = "") -> None:
        self._parts: asyncio.Queue[dict] = asyncio.Queue()
        self._answers: asyncio.Queue[dict] = asyncio.Queue(1)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"content-type", b"application/json"), (b"host", b"here")],
            "scheme": "http",
            "server": ("here", 80),
            "client": ("there", 1),
            "root_path": "",
        }
        self.task = asyncio.create_task(served(store)(scope, self._parts.get, self._answers.put))

    def sends(self, body: bytes, *, more: bool) -> None:
        self._parts.put_nowait({"type": "http.request", "body": body, "more_body": more})

    async def takes(self) -> dict:
        async with asyncio.timeout(20):
            return await self._answers.get()

    async def leaves(self) -> None:
        self._parts.put_nowait({"type": "http.disconnect"})
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


def snapshots_open(store: SqliteStore) -> int:
    """Whether anybody keeps the write-ahead log from being put back into the file."""
    with store._reading() as connection:
        connection.execute("ROLLBACK")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute("BEGIN")
    return busy


@pytest.mark.parametrize("feed", ["_changes?feed=continuous&include_docs=true", "_bulk_get?revs=true"])
async def test_an_answer_that_is_read_slowly_holds_no_snapshot(store, monkeypatch, feed: str) -> None:
    monkeypatch.setattr(bulk_get, "CHUNK", 5_000)
    path, _, query = feed.partition("?")
    client = Client(store, "GET" if "changes" in path else "POST", f"/home/{path}", query)
    client.sends(json.dumps({"docs": [{"id": name} for name in IDS]}).encode(), more=False)
    assert (await client.takes())["status"] == 200
    while not (await client.takes())["body"]:
        pass
    assert not client.task.done()
    async with asyncio.timeout(20):
        await Database(store, "home").write([{"_id": "note:new"}])
    assert snapshots_open(store) == 0
    await client.leaves()


async def test_a_body_that_trickles_in_holds_no_writer(store) -> None:
    client = Client(store, "POST", "/home/_bulk_docs")
    client.sends(b'{"new_edits":false,"docs":[', more=True)
    await asyncio.sleep(0)
    async with asyncio.timeout(20):
        await Database(store, "home").write([{"_id": "note:new"}])
    assert snapshots_open(store) == 0
    client.sends(b'{"_id":"note:slow","_rev":"1-a","_revisions":{"start":1,"ids":["a"]}}]}', more=False)
    assert (await client.takes())["status"] == 201
    await client.takes()
    await client.task
    assert Database(store, "home").get("note:slow") is not None


async def test_who_goes_in_the_middle_of_a_body_has_written_nothing(store) -> None:
    client = Client(store, "POST", "/home/_bulk_docs")
    client.sends(b'{"new_edits":false,"docs":[{"_id":"note:half","_rev":"1-a",', more=True)
    client._parts.put_nowait({"type": "http.disconnect"})
    assert (await client.takes())["status"] == 400
    await client.leaves()
    assert Database(store, "home").get("note:half") is None
