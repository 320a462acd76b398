"""Attachments beside their documents, as CouchDB's replicator sends and fetches them."""

import gzip
import json

import pytest
from doors import OpenHouse, a_client

from sync import multipart
from sync.door import bulk_get
from sync.errors import SyncError
from sync.multipart import Part
from sync.stores.sqlite import SqliteStore

RELATED = {"Content-Type": 'multipart/related; boundary="b0"'}
DOCUMENT = (
    b'--b0\r\nContent-Type: application/json\r\n\r\n{"_id":"a","_revisions":{"start":2,"ids":["b","a"]},"_attachments":'
    b'{"x y.txt":{"follows":true,"length":5,"content_type":"text/plain","revpos":1},'
    b'"z.bin":{"follows":true,"length":6,"revpos":2}}}\r\n'
)
FIRST = b'--b0\r\nContent-Disposition: attachment; filename="x y.txt"\r\nContent-Length: 5\r\n\r\nhello\r\n'
SECOND = b"--b0\r\n\r\n\r\n--b1\r\n--b0--"


@pytest.fixture
async def http(tmp_path):
    store = SqliteStore(tmp_path / "s.db")
    await store.create("home")
    async with a_client(store, OpenHouse(store)) as client:
        yield client
    await store.close()


def opened(answer) -> list[Part]:
    return multipart.split(answer.content, multipart.boundary_of(answer.headers["content-type"]))


@pytest.fixture
async def sent(http):
    answer = await http.put("/home/a?new_edits=false", content=DOCUMENT + FIRST + SECOND, headers=RELATED)
    assert (answer.status_code, answer.json()["rev"]) == (201, "2-b")
    return http


async def test_attachments_that_follow_are_kept(sent):
    assert (await sent.get("/home/a/x%20y.txt")).content == b"hello"
    assert (await sent.get("/home/a/z.bin")).content == b"\r\n--b1"


async def test_a_document_comes_with_its_attachments_behind_it(sent):
    answer = await sent.get("/home/a?attachments=true", headers={"Accept": "*/*"})
    document, *attachments = opened(answer)
    assert b'"follows":true' in document.data
    assert [(multipart.file_name(part), part.data) for part in attachments] == [
        ("x y.txt", b"hello"),
        ("z.bin", b"\r\n--b1"),
    ]
    inline = await sent.get("/home/a?attachments=true", headers={"Accept": "application/json"})
    assert inline.json()["_attachments"]["x y.txt"]["data"] == "aGVsbG8="


async def test_only_new_attachments_come_to_who_has_the_ancestor(sent):
    answer = await sent.get('/home/a?atts_since=["1-a"]', headers={"Accept": "multipart/related"})
    document, *attachments = opened(answer)
    assert [multipart.file_name(part) for part in attachments] == ["z.bin"]
    assert b'"stub":true' in document.data


async def test_many_revisions_come_in_one_answer(sent):
    query = '/home/a?open_revs=["2-b","9-z"]&atts_since=["1-a"]&revs=true'
    found, missing = opened(await sent.get(query, headers={"Accept": "multipart/mixed"}))
    inner = multipart.split(found.data, multipart.boundary_of(found.headers["content-type"]))
    assert len(inner) == 2
    assert missing.headers["content-type"] == 'application/json; error="true"'
    assert missing.data == b'{"missing":"9-z"}'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b0",
        DOCUMENT,
        DOCUMENT + FIRST,
        DOCUMENT + FIRST + b"--b0--",
        DOCUMENT + SECOND + FIRST,
        b"--b0\r\nx--b0--",
    ],
)
async def test_a_body_that_is_not_complete_is_refused_whole(http, body):
    assert (await http.put("/home/a?new_edits=false", content=body, headers=RELATED)).status_code == 400
    assert (await http.get("/home/a")).status_code == 404


async def test_a_document_is_copied_with_its_attachments(sent):
    copied = await sent.request("COPY", "/home/a", headers={"Destination": "c"})
    assert copied.status_code == 201
    assert (await sent.get("/home/c/x%20y.txt")).content == b"hello"
    assert (await sent.request("COPY", "/home/a", headers={"Destination": "c"})).status_code == 409
    again = f"c?rev={copied.json()['rev']}"
    assert (await sent.request("COPY", "/home/a", headers={"Destination": again})).status_code == 201
    assert (await sent.request("COPY", "/home/a", headers={"Destination": "_bad"})).status_code == 400


@pytest.mark.parametrize("name", ["plain.txt", 'quo"te', "ūdens 💧.png", "a\\b"])
def test_any_name_comes_back(name):
    part = Part({"content-disposition": multipart.disposition(name)}, b"")
    assert multipart.file_name(part) == name


def test_a_content_type_without_boundary_is_refused():
    with pytest.raises(SyncError):
        multipart.boundary_of("multipart/related")


def from_couchdb(rev, members, *parts):
    """A document as CouchDB's replicator puts it: names as they are, texts compressed."""
    start, digest = rev.split("-")
    ids = ",".join(f'"{one}"' for one in reversed("abc"[: int(start) - 1] + digest))
    head = f'{{"_id":"a","_rev":"{rev}","_revisions":{{"start":{start},"ids":[{ids}]}},"_attachments":{{{members}}}}}'
    body = b"--b0\r\nContent-Type: application/json\r\n\r\n" + head.encode() + b"\r\n--b0"
    for name, data in parts:
        lines = f'\r\nContent-Disposition: attachment; filename="{name}"\r\nContent-Length: {len(data)}\r\n\r\n'
        body += lines.encode() + data + b"\r\n--b0"
    return body + b"--"


TEXT = gzip.compress(b"hello", mtime=0)
PACKED = f'"content_type":"text/plain","encoding":"gzip","encoded_length":{len(TEXT)},"length":5'


async def put(http, body):
    return await http.put("/home/a?new_edits=false", content=body, headers=RELATED)


async def test_a_text_that_couchdb_compressed_arrives_as_it_was_written(http):
    named = '"ā \\"x\\".txt":{"follows":true,' + PACKED + ',"revpos":1,"digest":"md5-of-the-packed"}'
    assert (await put(http, from_couchdb("1-a", named, ('ā "x".txt', TEXT)))).status_code == 201
    assert (await http.get("/home/a/ā%20%22x%22.txt")).content == b"hello"


async def test_a_stub_with_couchdbs_digest_still_names_the_text(http):
    await put(http, from_couchdb("1-a", '"t":{"follows":true,' + PACKED + ',"revpos":1}', ("t", TEXT)))
    stub = '"t":{"stub":true,"revpos":1,"digest":"md5-of-the-packed","length":5}'
    added = '"u":{"follows":true,"revpos":2,"length":3}'
    assert (await put(http, from_couchdb("2-b", f"{stub},{added}", ("u", b"new")))).status_code == 201
    assert (await http.get("/home/a/t")).content == b"hello"
    other = stub.replace('"length":5', '"length":6')
    assert (await put(http, from_couchdb("3-c", other))).status_code == 412


@pytest.mark.parametrize(
    ("members", "data", "status"),
    [
        (PACKED, TEXT[:-9], 400),
        (PACKED.replace("gzip", "br"), TEXT, 400),
        (PACKED.replace('"length":5', '"length":4'), TEXT, 400),
        (f'"encoding":"gzip","encoded_length":{len(TEXT)}', TEXT[::-1], 400),
        ('"encoding":"gzip"', gzip.compress(bytes(20_000_000), mtime=0), 413),
    ],
    ids=["cut-short", "not-what-it-says", "wrong-length", "backwards", "a-bomb"],
)
async def test_what_was_packed_badly_or_would_fill_the_memory_is_refused(http, members, data, status):
    assert (
        await put(http, from_couchdb("1-a", f'"t":{{"follows":true,{members}}}', ("t", data)))
    ).status_code == status
    assert (await http.get("/home/a")).status_code == 404


async def test_an_attachment_may_come_packed_by_itself(http):
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/plain"}
    assert (await http.put("/home/a/t", content=TEXT, headers=headers)).status_code == 201
    assert (await http.get("/home/a/t")).content == b"hello"


async def bulk_got(http, accept, *wanted, query="revs=true&latest=true"):
    asked = {"docs": [{"id": name, "rev": rev} for name, rev in wanted]}
    return await http.post(f"/home/_bulk_get?{query}", json=asked, headers={"Accept": accept})


@pytest.mark.parametrize("kind", ["multipart/mixed", "multipart/related"])
async def test_many_documents_come_in_one_answer_with_their_attachments(sent, kind):
    await sent.put("/home/plain", json={"n": 1})
    rev = (await sent.get("/home/plain")).json()["_rev"]
    answer = await bulk_got(sent, kind, ("plain", rev), ("a", "1-a"), ("a", "9-z"), ("nobody", "1-a"), ("a", "bad"))
    assert answer.headers["content-type"].startswith(kind)
    plain, related, *absent = opened(answer)
    assert plain.headers == {"content-type": "application/json"}
    assert b'"_revisions":{' in plain.data
    assert (related.headers["x-doc-id"], related.headers["x-rev-id"]) == ("a", "2-b")
    document, *attachments = multipart.split(related.data, multipart.boundary_of(related.headers["content-type"]))
    assert b'"follows":true' in document.data
    assert [part.data for part in attachments] == [b"hello", b"\r\n--b1"]
    assert {part.headers["content-type"] for part in absent} == {'application/json; error="true"'}
    assert [json.loads(part.data)["error"] for part in absent] == ["not_found", "not_found", "bad_request"]


@pytest.mark.parametrize("accept", ["application/json", "*/*", "application/json, multipart/mixed"])
async def test_who_does_not_ask_for_parts_by_name_gets_json(sent, accept):
    answer = await bulk_got(sent, accept, ("a", "2-b"))
    assert answer.json()["results"][0]["docs"][0]["ok"]["_attachments"]["x y.txt"]["stub"] is True


@pytest.mark.parametrize("name", ['quo"te', "ūdens 💧", "line/slash", "a\\b"])
async def test_an_id_never_breaks_out_of_the_head_of_its_part(http, name):
    entry = {"f\r\nX-Bad: 1": {"data": ""}}
    assert (await http.post("/home", json={"_id": name, "_attachments": entry})).status_code == 400
    made = await http.post("/home", json={"_id": name, "_attachments": {name: {"data": "aGk="}}})
    [part] = opened(await bulk_got(http, "multipart/mixed", (name, made.json()["rev"])))
    assert set(part.headers) == {"x-doc-id", "x-rev-id", "content-type"}
    document, attachment = multipart.split(part.data, multipart.boundary_of(part.headers["content-type"]))
    assert json.loads(document.data)["_id"] == name
    assert multipart.file_name(attachment) == name


@pytest.mark.parametrize("accept", ["application/json", "multipart/mixed"])
async def test_what_memory_would_not_hold_comes_in_pieces_and_is_the_same(http, monkeypatch, accept):
    docs = [{"_id": f"{n:03}", "text": "x" * 1000} for n in range(120)]
    made = (await http.post("/home/_bulk_docs", json={"docs": docs})).json()
    wanted = [*((one["id"], one["rev"]) for one in made), ("nobody", "1-a")]
    monkeypatch.setattr(bulk_get, "CHUNK", 20_000)
    monkeypatch.setattr(bulk_get, "STEP", 5)
    in_pieces = await bulk_got(http, accept, *wanted)
    monkeypatch.undo()
    at_once = await bulk_got(http, accept, *wanted)
    assert "content-length" in at_once.headers
    assert "content-length" not in in_pieces.headers
    if accept == "application/json":
        assert in_pieces.json() == at_once.json()
    else:
        assert [part.data for part in opened(in_pieces)] == [part.data for part in opened(at_once)]
