"""Attachments as an attacker sends them: others' bytes, bombs, broken parts, names and ranges that play tricks."""

import gzip
import hashlib
import json
from base64 import b64encode

import pytest
from doors import OpenHouse, a_client

from sync.limits import Limits
from sync.stores.sqlite import SqliteStore

LIMITS = Limits(document=2_000, attachment=100_000, batch=300_000, attachments=10)
SECRET = b"what Ilze photographed"
DIGEST = "md5-" + b64encode(hashlib.md5(SECRET).digest()).decode()


@pytest.fixture
async def http(tmp_path):
    store = SqliteStore(tmp_path / "s.db")
    await store.create("home")
    async with a_client(store, OpenHouse(store), limits=LIMITS) as client:
        await client.put("/home/hers/photo", content=SECRET, headers={"Content-Type": "image/png"})
        yield client
    await store.close()


def replicated(entry: dict, name: str = "mine", rev: str = "1-a", *older: str) -> dict:
    ids = [rev.split("-")[1], *older]
    return {
        "new_edits": False,
        "docs": [
            {
                "_id": name,
                "_rev": rev,
                "_revisions": {"start": int(rev[0]), "ids": ids},
                "_attachments": {"photo": entry},
            }
        ],
    }


STUBS = [
    {"stub": True, "digest": DIGEST},
    {"stub": True, "digest": DIGEST, "revpos": 1, "length": len(SECRET), "content_type": "image/png"},
    {"stub": True, "revpos": 1, "length": len(SECRET)},
    {"stub": True, "revpos": 0, "length": 0},
    {"stub": True},
    {"follows": True, "digest": DIGEST, "length": len(SECRET)},
    {"digest": DIGEST},
]


@pytest.mark.parametrize("stub", STUBS)
async def test_knowing_a_digest_is_not_enough_to_read_anothers_photo(http, stub):
    put = await http.put("/home/mine", json={"_attachments": {"photo": stub}})
    assert put.status_code in (400, 412)
    [row] = (await http.post("/home/_bulk_docs", json=replicated(stub))).json()
    assert row["error"] == "forbidden"
    assert (await http.get("/home/mine/photo")).status_code == 404


@pytest.mark.parametrize("stub", STUBS)
async def test_an_ancestor_that_held_another_photo_does_not_help(http, stub):
    mine = {"data": b64encode(b"x").decode()}
    assert (await http.post("/home/_bulk_docs", json=replicated(mine))).json() == []
    await http.post("/home/_bulk_docs", json=replicated(stub, "mine", "2-b", "a"))
    answer = await http.get("/home/mine/photo")
    assert answer.content != SECRET


async def test_bytes_keep_the_digest_they_have_whatever_their_sender_says(http):
    lie = {"data": b64encode(b"x").decode(), "digest": DIGEST, "length": 999, "revpos": 7}
    await http.post("/home/_bulk_docs", json=replicated(lie))
    told = (await http.get("/home/mine")).json()["_attachments"]["photo"]
    assert told["digest"] == "md5-" + b64encode(hashlib.md5(b"x").digest()).decode()
    assert (told["length"], told["revpos"]) == (1, 1)
    assert (await http.get("/home/hers/photo")).content == SECRET


def bombs(count: int, size: int = 90_000) -> bytes:
    """A document with so many attachments that are small on the wire and large when unpacked."""
    packed = gzip.compress(b"\0" * size)
    entry = {"follows": True, "encoding": "gzip", "encoded_length": len(packed), "length": size}
    document = {"_id": "bomb", "_attachments": {f"{n}": entry for n in range(count)}}
    parts = [b"Content-Type: application/json\r\n\r\n" + json.dumps(document).encode()]
    parts += [b'Content-Disposition: attachment; filename="%d"\r\n\r\n%b' % (n, packed) for n in range(count)]
    return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--"


RELATED = {"Content-Type": 'multipart/related; boundary="b"'}


async def test_a_small_gzip_never_becomes_gigabytes(http):
    bomb = bombs(1, 50_000_000)
    assert len(bomb) < LIMITS.attachment
    assert (await http.put("/home/bomb", content=bomb, headers=RELATED)).status_code in (400, 413)
    assert (await http.put("/home/bomb", content=bombs(1), headers=RELATED)).status_code == 201


async def test_many_small_gzips_together_never_do_either(http):
    assert (await http.put("/home/bomb", content=bombs(9), headers=RELATED)).status_code == 413


async def test_a_packed_request_is_not_unpacked_and_a_packed_attachment_only_as_far_as_it_may(http):
    packed = gzip.compress(b'{"docs":[' + b" " * 10_000_000 + b"]}")
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert (await http.post("/home/_bulk_docs", content=packed, headers=headers)).status_code == 400
    assert (await http.put("/home/a/x", content=packed, headers={"Content-Encoding": "gzip"})).status_code == 413


async def test_more_attachments_than_allowed_are_refused(http):
    entries = {f"{n}": {"data": ""} for n in range(11)}
    assert (await http.put("/home/a", json={"_attachments": entries})).status_code == 413
    assert (await http.put("/home/a/x", content=b"x" * 100_001)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"--b\r\nContent-Type: application/json\r\n\r\n{}\r\n" * 3 + b"--b--",
        b"--b\r\n\r\n[]\r\n--b--",
        b"--b\r\n\r\n{\r\n--b--",
        b"--b--",
        b"\r\n--b\r\n\r\n\r\n--b--",
        b"--b\r\n\r\n{}\r\n--bb--",
        b"--b\r\n\r\n" * 20_000 + b"--b--",
        b"--b\r\n" + b"X: y\r\n" * 10_000 + b"\r\n{\r\n--b--",
        b"--b\r\nContent-Disposition: attachment; filename*=utf-8''%ff%fe\r\n\r\n{\r\n--b--",
        b"--b\r\nContent-Disposition: attachment; filename*0=a; filename*1*=x''%\r\n\r\n{\r\n--b--",
    ],
)
async def test_parts_that_are_not_as_they_should_be_are_refused(http, body):
    answer = await http.put("/home/a", content=body, headers=RELATED)
    assert answer.status_code in (201, 400, 413), answer.text
    assert (answer.status_code == 201) == body.startswith(b"--b\r\nContent-Type: application/json\r\n\r\n{}")


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/related",
        "multipart/related; boundary=",
        'multipart/related; boundary="' + "x" * 5000 + '"',
        "multipart/related; boundary*=utf-8''%C5%AB",
        "multipart/related; boundary=a; boundary=b",
    ],
)
async def test_a_boundary_that_is_none_is_refused(http, kind):
    assert (
        await http.put("/home/a", content=b"--b\r\n\r\n{}\r\n--b--", headers={"Content-Type": kind})
    ).status_code == 400


@pytest.mark.parametrize("name", ["_x", "a\r\nX: y", "a\0b", "\x7f", "x" * 300, "", "_design"])
async def test_a_name_that_plays_tricks_is_refused(http, name):
    answer = await http.put("/home/a", json={"_attachments": {name: {"data": ""}}})
    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["text/plain\r\nX: y", "text/plain\nX: y", "ū", "x" * 300, 5, ["text/html"], {}, "\0"])
async def test_a_content_type_that_plays_tricks_is_refused(http, kind):
    answer = await http.put("/home/a", json={"_attachments": {"x": {"data": "", "content_type": kind}}})
    assert (answer.status_code == 400) or kind == {}, answer.text
    assert "x" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("bytes=0-", 206),
        ("bytes=-1", 206),
        ("bytes=-0", 416),
        ("bytes=5-2", 416),
        ("bytes=999999999999999999-", 416),
        ("bytes=0-" + "9" * 40, 200),
        ("bytes=-" + "9" * 17, 206),
        ("bytes=0-0,2-3", 200),
        ("bytes=" + ",".join(["0-"] * 5000), 200),
        ("bytes=-", 200),
        ("lines=0-1", 200),
        ("bytes=0x1-", 200),
        ("bytes=٠-١", 200),
    ],
)
async def test_a_range_gives_bytes_of_the_attachment_and_nothing_else(http, asked, status):
    answer = await http.get("/home/hers/photo", headers={"Range": asked.encode()})
    assert answer.status_code == status
    if status < 300:
        assert answer.content in SECRET
        assert len(answer.content) <= len(SECRET)
