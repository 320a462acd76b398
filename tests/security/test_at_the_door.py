"""The whole program behind its own port: limits are in force, and nobody puts a program or a trick into a space."""

import asyncio
import socket

import httpx

from backend.kit.patience import PatientProtocol
from tests.houses import a_browser, a_house, an_account, sign_in
from tests.makers import a_client
from tests.security.conftest import a_built_pwa


def test_nobody_writes_a_design_document(server):
    """Its programs would never be run here, but they are run by CouchDBs that replicate with us."""
    design = {"_id": "_design/x", "language": "javascript", "validate_doc_update": "throw 1"}
    replicated = design | {"_rev": "1-a", "_revisions": {"start": 1, "ids": ["a"]}}
    for who in ("janis", "ilze", None):
        with a_client(server, who) as browser:
            spaces = browser.get("/api/v1/spaces").json()["spaces"]
            assert len({one["kind"] for one in spaces}) == (3 if who else 1)
            for name in (one["name"] for one in spaces):
                alone = browser.put(f"/db/{name}/_design/x", json=design)
                assert alone.status_code == 403, alone.text
                answer = browser.post(f"/db/{name}/_bulk_docs", json={"new_edits": False, "docs": [replicated]})
                assert answer.json()[0]["error"] == "forbidden"
                assert browser.get(f"/db/{name}/_design/x").status_code == 404


def test_a_head_without_end_is_refused_by_the_running_server(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * (PatientProtocol.HEAD_BYTES + 1))
        assert client.recv(100).startswith(b"HTTP/1.1 431 ")


_TO = b"POST /db/commons/_revs_diff HTTP/1.1\r\nHost: a\r\n"
AMBIGUOUS = {
    "a length and pieces": _TO + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": _TO + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
    "a length below nought": _TO + b"Content-Length: -1\r\n\r\n",
    "a coding that is none": _TO + b"Transfer-Encoding: xchunked\r\n\r\n{}",
    "a zero byte": b"GET /db/commons HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n",
    "a folded line": b"GET /db/commons HTTP/1.1\r\nHost: a\r\n X: folded\r\n\r\n",
    "an address that is not ASCII": b"GET /db/\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}


def test_a_request_that_two_readers_would_read_in_two_ways_is_refused(server):
    """Where a proxy and we disagree on the end of a request, one person's request becomes part of another's."""
    for name, asked in AMBIGUOUS.items():
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
            client.sendall(asked)
            answer = client.recv(1000)
            assert answer.startswith(b"HTTP/1.1 400 "), (name, answer)
            while client.recv(1000):
                pass  # and the connection ends: nothing behind it is taken for another request
    assert httpx.get(f"{server.address}/api/v1/health").is_success


async def test_one_session_keeps_so_many_feeds_waiting_and_no_more(tmp_path):
    pwa = a_built_pwa(tmp_path / "pwa")
    async with a_house(tmp_path / "data", static=pwa, feeds_at_once=1) as house, a_browser(house) as browser:
        await an_account()
        await sign_in(browser)
        since = (await browser.get("/db/_db_updates")).json()["last_seq"]
        answers: list[int] = []

        async def notes(response):
            answers.append(response.status_code)

        browser.event_hooks["response"].append(notes)
        query = f"/db/_db_updates?feed=longpoll&timeout=300&since={since}"
        await asyncio.gather(*(browser.get(query) for _ in range(3)))
        assert sorted(answers) == [200, 429, 429]
