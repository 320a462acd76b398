"""The protocol as CouchDB answers it (reference: docs.couchdb.org), asked over HTTP."""

import asyncio
from base64 import b64encode

import pytest
from doors import OpenHouse, a_client

from sync.stores.memory import MemoryStore
from sync.stores.sqlite import SqliteStore
from tests.readers import somebody_waits


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


def replicated(*docs):
    return {"docs": [*docs], "new_edits": False}


def history(name, rev, *older, **content):
    start, digest = rev.split("-")
    return {"_id": name, "_revisions": {"start": int(start), "ids": [digest, *older]}, **content}


async def test_the_server_introduces_itself_as_couchdb(http, store):
    assert (await http.get("/")).json()["uuid"] == store.uuid
    assert (await http.get("/")).json()["couchdb"] == "Welcome"


async def test_a_database_is_made_described_and_deleted(http):
    assert (await http.put("/garden")).status_code == 201
    assert (await http.put("/garden/")).json()["error"] == "file_exists"
    assert (await http.get("/garden/")).json()["instance_start_time"] == "0"
    assert (await http.head("/garden")).status_code == 200
    assert sorted((await http.get("/_all_dbs")).json()) == ["garden", "home"]
    assert (await http.delete("/garden")).status_code == 200
    assert (await http.get("/garden")).json() == {"error": "not_found", "reason": "Database does not exist."}
    assert (await http.put("/Garden")).json()["error"] == "illegal_database_name"
    assert (await http.put("/a%2Fb")).status_code == 201


async def test_a_document_is_written_read_and_deleted(http):
    first = (await http.put("/home/a%2Fb", json={"n": 1, "empty": False})).json()
    got = await http.get("/home/a%2Fb")
    assert got.json() == {"_id": "a/b", "_rev": first["rev"], "n": 1, "empty": False}
    assert got.headers["etag"] == f'"{first["rev"]}"'
    assert (await http.get("/home/a%2Fb", headers={"If-None-Match": got.headers["etag"]})).status_code == 304
    assert (await http.put("/home/a%2Fb", json={"n": 2})).status_code == 409
    assert (await http.put("/home/new", json={"_rev": "1-unknown"})).status_code == 409
    assert (await http.delete("/home/a%2Fb")).status_code == 409
    gone = (await http.delete("/home/a%2Fb", params={"rev": first["rev"]})).json()
    assert (await http.get("/home/a%2Fb")).json() == {"error": "not_found", "reason": "deleted"}
    assert (await http.get("/home/a%2Fb", params={"rev": gone["rev"]})).json()["_deleted"] is True
    assert (await http.get("/home/a%2Fb", params={"rev": first["rev"]})).json()["n"] == 1
    assert (await http.get("/home/nobody")).json() == {"error": "not_found", "reason": "missing"}
    assert (await http.put("/home/a%2Fb", json={"n": 3})).json()["rev"].startswith("3-")


async def test_a_document_without_a_name_gets_one(http):
    made = (await http.post("/home", json={"n": 1})).json()
    assert (await http.get(f"/home/{made['id']}")).json()["n"] == 1
    assert (await http.post("/home", content=b"{}")).status_code == 415


async def test_a_batch_of_edits_is_answered_in_order(http):
    first = (await http.put("/home/a", json={})).json()
    batch = {"docs": [{"_id": "a"}, {"_id": "a", "_rev": first["rev"], "n": 1}, {"n": 2}]}
    rows = (await http.post("/home/_bulk_docs", json=batch)).json()
    assert rows[0] == {"id": "a", "error": "conflict", "reason": "Document update conflict."}
    assert [row.get("ok") for row in rows] == [None, True, True]
    assert (await http.post("/home/_bulk_docs", json={})).json()["reason"].endswith("include `docs` parameter.")
    assert (await http.post("/home/_bulk_docs", json={"docs": 3})).status_code == 400
    assert (await http.post("/home/_bulk_docs", json={"docs": [3]})).status_code == 400


async def test_a_replicated_batch_lists_failures_only(http):
    answer = await http.post("/home/_bulk_docs", json=replicated(history("a", "2-b", "a", n=1), history("b", "1-x")))
    assert (answer.status_code, answer.json()) == (201, [])
    assert (await http.post("/home/_bulk_docs", json=replicated({"_id": "c"}))).status_code == 400


async def test_only_what_is_missing_is_asked_for(http):
    await http.post("/home/_bulk_docs", json=replicated(history("a", "2-b", "a"), history("b", "1-x")))
    asked = {"a": ["2-b", "1-a", "3-c"], "b": ["1-x"], "c": ["1-a"]}
    assert (await http.post("/home/_revs_diff", json=asked)).json() == {
        "a": {"missing": ["3-c"], "possible_ancestors": ["2-b"]},
        "c": {"missing": ["1-a"]},
    }
    assert (await http.post("/home/_revs_diff", json={"a": ["x"]})).status_code == 400
    assert (await http.post("/home/_missing_revs", json=asked)).json()["missing_revs"] == {"a": ["3-c"], "c": ["1-a"]}


async def test_many_revisions_are_fetched_at_once(http):
    await http.post("/home/_bulk_docs", json=replicated(history("a", "2-b", "a", n=1), history("a", "2-c", "a", n=2)))
    docs = [{"id": "a", "rev": "2-b"}, {"id": "a", "rev": "1-a"}, {"id": "z", "rev": "1-a"}, {"id": "a", "rev": "x"}]
    rows = (await http.post("/home/_bulk_get?revs=true", json={"docs": docs})).json()["results"]
    revisions = {"start": 2, "ids": ["b", "a"]}
    assert rows[0]["docs"] == [{"ok": {"_id": "a", "_rev": "2-b", "n": 1, "_revisions": revisions}}]
    words = [row["docs"][0]["error"]["error"] for row in rows[1:]]
    assert words == ["not_found", "not_found", "bad_request"]
    latest = await http.post("/home/_bulk_get?latest=true", json={"docs": [{"id": "a", "rev": "1-a"}]})
    assert [doc["ok"]["_rev"] for doc in latest.json()["results"][0]["docs"]] == ["2-c", "2-b"]


async def test_every_leaf_can_be_read(http):
    await http.post("/home/_bulk_docs", json=replicated(history("a", "2-b", "a", n=1), history("a", "2-c", "a", n=2)))
    leaves = (await http.get("/home/a?open_revs=all")).json()
    assert [leaf["ok"]["_rev"] for leaf in leaves] == ["2-c", "2-b"]
    some = (await http.get("/home/a", params={"open_revs": '["2-b","9-z"]', "revs": "true"})).json()
    assert some[0]["ok"]["_revisions"]["ids"] == ["b", "a"]
    assert some[1] == {"missing": "9-z"}
    assert (await http.get("/home/z?open_revs=all")).status_code == 404
    shown = (await http.get("/home/a?conflicts=true&revs_info=true")).json()
    assert shown["_conflicts"] == ["2-b"]
    assert shown["_revs_info"] == [{"rev": "2-c", "status": "available"}, {"rev": "1-a", "status": "missing"}]
    assert (await http.get("/home/a?rev=1-a&latest=true")).json()["_rev"] == "2-c"
    assert (await http.get("/home/a?rev=1-a")).status_code == 404


async def test_the_feed_shows_each_document_at_its_newest_change(http):
    first = (await http.put("/home/a", json={})).json()
    await http.put("/home/b", json={})
    await http.delete("/home/a", params={"rev": first["rev"]})
    feed = (await http.get("/home/_changes")).json()
    assert [(row["id"], row.get("deleted")) for row in feed["results"]] == [("b", None), ("a", True)]
    assert feed["last_seq"] == feed["results"][-1]["seq"]
    page = (await http.get("/home/_changes?limit=1")).json()
    assert page["pending"] == 1
    rest = (await http.get("/home/_changes", params={"since": page["last_seq"]})).json()
    assert [row["id"] for row in rest["results"]] == ["a"]
    again = (await http.get("/home/_changes", params={"since": rest["last_seq"]})).json()
    assert (again["results"], again["last_seq"]) == ([], rest["last_seq"])
    assert (await http.get("/home/_changes?since=now")).json()["last_seq"] == feed["last_seq"]
    assert (await http.get("/home/_changes?since=x")).status_code == 400
    assert [r["id"] for r in (await http.get("/home/_changes?descending=true")).json()["results"]] == ["a", "b"]
    only = await http.post("/home/_changes?filter=_doc_ids", json={"doc_ids": ["b"]})
    assert [row["id"] for row in only.json()["results"]] == ["b"]
    assert (await http.get("/home/_changes?include_docs=true")).json()["results"][0]["doc"]["_id"] == "b"


async def test_a_reader_may_want_some_documents_only(http):
    docs = [{"_id": f"a:{n:04}", "even": n % 2 == 0} for n in range(2100)]
    await http.post("/home/_bulk_docs", json={"docs": docs})
    wanted = {"selector": {"even": True, "_id": {"$gt": "a:1000"}}}
    feed = (await http.post("/home/_changes?filter=_selector&limit=3", json=wanted)).json()
    assert [row["id"] for row in feed["results"]] == ["a:1002", "a:1004", "a:1006"]
    rest = (await http.post("/home/_changes?filter=_selector", json=wanted, params={"since": feed["last_seq"]})).json()
    assert (len(rest["results"]), rest["results"][-1]["id"]) == (546, "a:2098")
    assert rest["last_seq"].startswith("2100-")
    newest = (await http.post("/home/_changes?descending=true&limit=1", json=wanted)).json()
    assert newest["results"][0]["id"] == "a:2098"


async def test_all_leaves_are_told_with_the_winner_first(http):
    await http.post("/home/_bulk_docs", json=replicated(history("a", "2-b", "a"), history("a", "2-c", "a")))
    row = (await http.get("/home/_changes?style=all_docs")).json()["results"][0]
    assert row["changes"] == [{"rev": "2-c"}, {"rev": "2-b"}]
    assert (await http.get("/home/_changes")).json()["results"][0]["changes"] == [{"rev": "2-c"}]


async def test_a_waiting_reader_gets_the_next_change(http, store):
    waiting = asyncio.create_task(http.get("/home/_changes?feed=longpoll&since=now&heartbeat=1000"))
    await somebody_waits(store.waiting)
    await http.put("/home/a", json={})
    assert [row["id"] for row in (await asyncio.wait_for(waiting, 5)).json()["results"]] == ["a"]


async def test_a_waiting_reader_is_sent_away_after_the_time_it_gave(http):
    answer = (await http.get("/home/_changes?feed=longpoll&timeout=50")).json()
    assert answer["results"] == []
    assert (await http.get("/home/_changes?feed=continuous&timeout=50")).json()["pending"] == 0


async def test_a_checkpoint_is_kept_outside_the_feed(http):
    assert (await http.get("/home/_local/x%3D")).status_code == 404
    first = (await http.put("/home/_local/x%3D", json={"last_seq": "1-a-0"})).json()
    assert first["rev"] == "0-1"
    second = await http.put("/home/_local/x%3D", json={"_rev": "0-1", "last_seq": "2-a-0"})
    assert second.json()["rev"] == "0-2"
    assert (await http.put("/home/_local/x%3D", json={"_rev": "0-1"})).status_code == 409
    assert (await http.get("/home/_local/x%3D")).json()["last_seq"] == "2-a-0"
    assert (await http.get("/home/_changes")).json()["results"] == []
    assert (await http.delete("/home/_local/x%3D")).json()["rev"] == "0-0"


async def test_attachments_come_and_go(http):
    made = (await http.put("/home/a/p/q.txt", content=b"hello", headers={"Content-Type": "text/plain"})).json()
    got = await http.get("/home/a/p%2Fq.txt")
    assert (got.content, got.headers["content-type"]) == (b"hello", "text/plain")
    part = await http.get("/home/a/p/q.txt", headers={"Range": "bytes=1-2"})
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, b"el", "bytes 1-2/5")
    stub = (await http.get("/home/a")).json()["_attachments"]
    assert stub["p/q.txt"]["stub"] is True
    kept = await http.put("/home/a", json={"_rev": made["rev"], "n": 1, "_attachments": stub})
    shown = (await http.get("/home/a?attachments=true")).json()["_attachments"]["p/q.txt"]
    assert (shown["data"], shown["revpos"]) == (b64encode(b"hello").decode(), 1)
    without = await http.delete("/home/a/p/q.txt", params={"rev": kept.json()["rev"]})
    assert without.status_code == 200
    assert (await http.get("/home/a/p/q.txt")).json()["reason"] == "Document is missing attachment"
    assert (await http.get("/home/a")).json()["n"] == 1
    assert (await http.put("/home/a/x", content=b"")).status_code == 409


async def test_documents_are_listed(http):
    await http.post("/home/_bulk_docs", json={"docs": [{"_id": name, "n": name} for name in "abc"]})
    rows = (await http.get('/home/_all_docs?startkey="b"&include_docs=true')).json()
    assert [row["doc"]["n"] for row in rows["rows"]] == ["b", "c"]
    assert rows["total_rows"] == 3
    some = (await http.post("/home/_all_docs", json={"keys": ["c", "x", "c"]})).json()["rows"]
    assert [row.get("error") for row in some] == [None, "not_found", None]
    assert (await http.get("/home/_all_docs?descending=true&limit=1")).json()["rows"][0]["id"] == "c"
    assert (await http.post("/home/_all_docs", json={"keys": 1})).status_code == 400


async def test_a_partition_is_listed_alone(http):
    docs = [{"_id": name} for name in ("a:1", "a:2", "b:1")]
    await http.post("/home/_bulk_docs", json={"docs": docs})
    rows = (await http.get("/home/_partition/a/_all_docs")).json()["rows"]
    assert [row["id"] for row in rows] == ["a:1", "a:2"]
    assert (await http.get('/home/_partition/a/_all_docs?endkey="b:9"')).status_code == 400


async def test_programs_of_design_documents_are_kept_and_not_run(http):
    assert (await http.put("/home/_design/d", json={"views": {"v": {"map": "function(){}"}}})).status_code == 201
    assert (await http.get("/home/_design/d")).json()["views"]["v"]
    assert (await http.get("/home/_design/d/_view/v")).status_code == 501
    assert (await http.get("/home/_changes?filter=_view&view=d/v")).status_code == 501
    assert (await http.get("/home/_changes?filter=d/f")).json()["reason"] == "missing json key: filters"
    assert (await http.get("/home/_changes?filter=_view&view=d/w")).json()["reason"] == "missing json key: w"
    assert (await http.get("/home/_changes?filter=e/f")).json()["reason"] == "missing"
    assert [r["id"] for r in (await http.get("/home/_changes?filter=_design")).json()["results"]] == ["_design/d"]


async def test_unknown_addresses_and_methods_are_said_to_be_so(http):
    assert (await http.patch("/home/a")).status_code == 405
    assert (await http.get("/home/_nothing")).status_code == 404
    assert (await http.get("/_config")).status_code == 404
    assert (await http.post("/home/_ensure_full_commit")).status_code == 201


@pytest.mark.parametrize("name", ["_k3YPbqBy3b.Hq2WGy8oRQ%3D%3D", "_design%2Fx", "a%2Bb"])
async def test_a_checkpoint_may_have_any_name(http, name):
    """PouchDB's are base64 with `_` for `+`: one in 64 begins with an underscore."""
    assert (await http.put(f"/home/_local/{name}", json={"last_seq": 1})).status_code == 201
    assert (await http.get(f"/home/_local/{name}")).json()["last_seq"] == 1
