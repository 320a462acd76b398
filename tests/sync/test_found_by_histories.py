"""Faults that `test_convergence.py` found, each as a plain story with the drawing that explains it."""

import pytest
from doors import OpenHouse, a_client

from sync.compaction import compact
from sync.stores.sqlite import SqliteStore

PHOTO = {"photo": {"data": "aGVsbG8="}}


@pytest.fixture
async def store(tmp_path):
    store = SqliteStore(tmp_path / "s.db")
    await store.create("home")
    yield store
    await store.close()


async def push(http, digests, **content):
    """One revision with its history, newest first."""
    told = {"_id": "t1:note:1", "_revisions": {"start": len(digests), "ids": list(digests)}, **content}
    answer = await http.post("/home/_bulk_docs", json={"docs": [told], "new_edits": False})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_photo_may_be_added_to_what_was_compacted(store):
    """The revision that the new one follows has lost its content; its key in the tree points at nothing.

    1-a ── 2-b                 compacted: 1-a has no content
      └─── 2-c + photo         comes from a device that slept
    """
    async with a_client(store, OpenHouse(store)) as http:
        await push(http, "a", n=1)
        await push(http, "ba", n=2)
        await compact(store, "home")
        assert await push(http, "ca", n=3, _attachments=PHOTO) == []
        assert (await http.get("/home/t1:note:1/photo?rev=2-c")).content == b"hello"
