"""Corners of CouchDB's behaviour that its clients lean on; found with PouchDB's own integration suite."""

from base64 import b64encode

import pytest
from doors import OpenHouse, a_client

from sync.stores.sqlite import SqliteStore


@pytest.fixture
async def http(tmp_path):
    store = SqliteStore(tmp_path / "s.db")
    await store.create("home")
    async with a_client(store, OpenHouse(store)) as client:
        yield client
    await store.close()


async def test_a_job_of_an_older_replicator_keeps_its_members(http):
    job = {"_replication_id": "test", "_replication_stats": {}, "source": "x"}
    await http.put("/home/spaced", content='{ "_replication_state" : "triggered", "n" : 1 }')
    await http.put("/home/job", json=job)
    assert job.items() <= (await http.get("/home/job")).json().items()
    assert (await http.get("/home/spaced")).json()["_replication_state"] == "triggered"
    assert (await http.put("/home/other", json={"_replication_other": 1})).json()["error"] == "doc_validation"


async def test_new_bytes_come_with_the_new_revision_whatever_their_author_says(http):
    def text(words):
        return {"content_type": "text/plain", "data": b64encode(words).decode(), "revpos": 1}

    first = (await http.put("/home/a", json={"_attachments": {"one": text(b"1"), "two": text(b"2")}})).json()
    doc = (await http.get("/home/a")).json()
    doc["_attachments"]["one"] = text(b"changed")
    assert (await http.put("/home/a", json=doc)).json()["rev"] != first["rev"]
    listed = (await http.get("/home/a")).json()["_attachments"]
    assert (listed["one"]["revpos"], listed["two"]["revpos"]) == (2, 1)


async def test_one_key_and_a_list_of_keys_exclude_each_other(http):
    assert (await http.get('/home/_all_docs?key="1"&keys=["1","2"]')).json()["error"] == "query_parse_error"


async def test_a_checkpoint_has_no_attachments(http):
    refused = await http.get("/home/_local/mine/photo.png")
    assert refused.status_code == 400
    assert refused.json()["reason"] == "_local documents do not accept attachments."


async def test_a_batch_may_hold_checkpoints_that_stay_outside_the_feed(http):
    rows = (await http.post("/home/_bulk_docs", json={"docs": [{"_id": "a"}, {"_id": "_local/x", "n": 1}]})).json()
    assert rows[1] == {"ok": True, "id": "_local/x", "rev": "0-1"}
    assert (await http.get("/home/_local/x")).json()["n"] == 1
    assert [row["id"] for row in (await http.get("/home/_changes")).json()["results"]] == ["a"]
    gone = {"docs": [{"_id": "_local/x", "_rev": "0-1", "_deleted": True}, {"_id": "_local/y", "_rev": "0-7"}]}
    rows = (await http.post("/home/_bulk_docs", json=gone)).json()
    assert [row.get("rev") or row["error"] for row in rows] == ["0-0", "conflict"]
    assert (await http.get("/home/_local/x")).status_code == 404


async def test_no_checkpoint_slips_in_as_a_document(http):
    escaped = b'{"docs":[{"_id":"_local\\/x","_rev":"1-a"}],"new_edits":false}'
    rows = (await http.post("/home/_bulk_docs", content=escaped, headers={"Content-Type": "application/json"})).json()
    assert rows[0]["error"] == "forbidden"
    assert (await http.post("/home", json={"_id": "_local/x"})).json()["error"] == "illegal_docid"
    assert (await http.get("/home/_changes")).json()["results"] == []


async def test_a_checkpoint_is_forgotten_by_writing_it_deleted(http):
    first = (await http.put("/home/_local/x", json={"n": 1})).json()
    gone = (await http.put("/home/_local/x", json={"_rev": first["rev"], "_deleted": True})).json()
    assert gone["rev"] == "0-0"
    assert (await http.get("/home/_local/x")).status_code == 404
