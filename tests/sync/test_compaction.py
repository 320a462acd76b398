"""What may be forgotten, and what must not be."""

import json
import sqlite3
from contextlib import closing

import pytest
from doors import OpenHouse, Person, a_client

from sync.compaction import compact, purge
from sync.database import Database
from sync.hooks import Refuse
from sync.intake import read_document
from sync.limits import OPEN
from sync.stores.memory import MemoryStore
from sync.stores.sqlite import SqliteStore


@pytest.fixture(params=["memory", "sqlite"])
async def store(request, tmp_path):
    store = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "s.db")
    await store.create("home")
    yield store
    await store.close()


@pytest.fixture
async def http(store):
    async with a_client(store, OpenHouse(store)) as client:
        yield client


async def edited(store, *times: int) -> list[str]:
    """Write a note once at each of these times; the names of its revisions."""
    revs = []
    for time in times:
        home = Database(store, "home", now=lambda at=time: at)
        revs.append((await home.write([{"_id": "a:note:1", "at": time}]))[0].rev)
    return revs


async def statuses(http) -> list[str]:
    shown = (await http.get("/home/a:note:1?revs_info=true")).json()
    return [one["status"] for one in shown["_revs_info"]]


async def test_superseded_content_goes_and_names_stay(store, http):
    await edited(store, 1, 2, 3)
    assert (await http.post("/home/_compact", headers={"Content-Type": "application/json"})).status_code == 202
    assert await statuses(http) == ["available", "missing", "missing"]


async def test_what_was_superseded_lately_is_kept(store, http):
    await edited(store, 10, 20, 100)
    assert await compact(store, "home", before=50) == 1  # what 20 superseded; what 100 superseded stays
    assert await statuses(http) == ["available", "available", "missing"]


async def test_what_a_device_superseded_by_several_edits_offline_is_kept_as_long(store, http):
    first, *_ = await edited(store, 10)
    later = f'{{"_id":"a:note:1","_revisions":{{"start":3,"ids":["ff","ee","{first.split("-")[1]}"]}}}}'.encode()
    await Database(store, "home", now=lambda: 100).replicate([read_document(later, OPEN)])
    assert await compact(store, "home", before=50) == 0, "of the edit in between only the name is known"
    assert await compact(store, "home", before=101) == 1


async def test_the_ancestor_of_a_living_conflict_is_kept_however_old_it_is(store, http):
    first, *_ = await edited(store, 10, 20)
    digest = first.split("-")[1]
    rival = f'{{"_id":"a:note:1","_revisions":{{"start":2,"ids":["ff","{digest}"]}}}}'.encode()
    await Database(store, "home", now=lambda: 30).replicate([read_document(rival, OPEN)])
    assert await compact(store, "home", before=1000) == 0
    assert await compact(store, "home") == 1


async def test_bytes_go_with_the_last_revision_that_lists_them(store, http):
    made = (await http.put("/home/a/x.txt", content=b"old")).json()
    await http.put("/home/b/same.txt", content=b"kept")
    second = (await http.put("/home/a/y.txt", content=b"kept", params={"rev": made["rev"]})).json()
    await http.delete("/home/a/x.txt", params={"rev": second["rev"]})
    await compact(store, "home")
    assert (await http.get("/home/a/y.txt")).content == b"kept"
    assert (await http.get("/home/a/x.txt", params={"rev": made["rev"]})).status_code == 404
    with store.read("home") as tx:
        assert tx.blob("md5-FJYD5sA1FjYqjaI/Yk25RQ==") is None


async def test_what_was_compacted_is_known_to_who_brought_it_also_after_a_lost_right(store):
    """The phone did not hear the answer, then its person lost the right, then somebody compacted."""

    def told(rev: str, *before: str):
        ids = [one.split("-")[1] for one in (rev, *before)]
        return read_document(json.dumps({"_id": "a:1", "_revisions": {"start": len(ids), "ids": ids}}).encode(), OPEN)

    home = Database(store, "home")
    assert await home.replicate([told("1-a")], Person("ilze", "a")) == []
    await home.replicate([told("2-b", "1-a")])
    await compact(store, "home")

    class Refusing(Person):
        def judge(self, tx, new, stored):
            return Refuse("edit", "no")

    assert await home.replicate([told("1-a")], Refusing("ilze")) == [], "acknowledged, although she may no longer"
    [refused] = await home.replicate([told("1-a")], Refusing("janis"))
    assert refused.error == "forbidden"


async def test_edits_and_compaction_for_ever_do_not_make_the_file_grow(tmp_path):
    store = SqliteStore(tmp_path / "s.db")
    await store.create("home")
    await store.write("home", lambda tx: tx.set_revs_limit(20))
    home = Database(store, "home")
    pages = []
    for round_ in range(12):
        for edit in range(20):
            await home.write([{"_id": f"a:{n}", "text": f"{round_:02} {edit:02} " * 500} for n in range(5)])
        await compact(store, "home")
        await store.write("home", lambda tx: purge(tx, "a:4", [tx.row("a:4").rev]))
        with closing(sqlite3.connect(store.path)) as connection:
            pages.append(connection.execute("PRAGMA page_count").fetchone()[0])
    await store.close()
    assert pages[0] > 50, "it held something"
    assert max(pages[2:]) <= pages[1], pages


async def test_many_documents_are_compacted_step_by_step(store):
    home = Database(store, "home")
    for n in range(2):
        await home.write([{"_id": f"a:{number:05}", "n": n} for number in range(1200)])
    assert await compact(store, "home") == 1200


async def test_a_purged_document_has_never_been(store, http):
    made = (await http.put("/home/a", json={"n": 1})).json()
    purged = (await http.post("/home/_purge", json={"a": [made["rev"], "1-unknown"], "b": ["1-a"]})).json()
    assert purged["purged"] == {"a": [made["rev"]], "b": []}
    assert (await http.get("/home/a")).json()["reason"] == "missing"
    assert (await http.get("/home/_changes")).json()["results"] == []
    assert (await http.get("/home")).json()["doc_count"] == 0


async def test_purging_one_side_of_a_conflict_leaves_the_other(store, http):
    docs = [{"_id": "a", "_revisions": {"start": 2, "ids": [digest, "a"]}} for digest in ("b", "c")]
    await http.post("/home/_bulk_docs", json={"docs": docs, "new_edits": False})
    await http.post("/home/_purge", json={"a": ["2-c"]})
    assert (await http.get("/home/a?conflicts=true")).json() == {"_id": "a", "_rev": "2-b"}
