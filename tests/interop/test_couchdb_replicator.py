"""What Apache CouchDB's replicator asks, both ways: `couchdb_replicator.py` says its requests to our engine and app."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import uuid4

import httpx
import pytest

from tests.interop.conftest import serving, started_server
from tests.interop.couchdb_replicator import Replicator, contents
from tests.interop.couchdb_wire import End, StoppedError
from tests.makers import a_free_port

BINARY = bytes(range(256)) * 40


@pytest.fixture(scope="module")
def servers(tmp_path_factory) -> Iterator[dict[str, str]]:
    with ExitStack() as running:
        folders = {name: tmp_path_factory.mktemp(name) for name in "ab"}
        yield {name: running.enter_context(serving(folder)) for name, folder in folders.items()}


@pytest.fixture
def ends(servers) -> Iterator[Callable[..., End]]:
    """Ends of replications: `ends("a")` is a new database of one server, `ends("b")` of another."""
    database = f"notes-{uuid4().hex}"
    for root in servers.values():
        httpx.put(f"{root}/{database}").raise_for_status()
    with ExitStack() as running:

        def end(name: str, transport: httpx.BaseTransport | None = None, user: str = "") -> End:
            made = End(f"{servers[name].replace('://', '://' + user)}/{database}", transport)
            running.callback(made.close)
            return made

        yield end


def put(end: End, **document) -> str:
    return end.ask("POST", "", json=document).json()["rev"]


def attach(end: End, document: str, name: str, data: bytes, kind: str, rev: str) -> str:
    headers = {"Content-Type": kind}
    return end.ask("PUT", f"{document}/{name}?rev={rev}", content=data, headers=headers).json()["rev"]


def conflict(end: End, document: str, *revisions: str) -> None:
    docs = [{"_id": document, "_rev": rev, "by": rev} for rev in revisions]
    end.ask("POST", "_bulk_docs", json={"docs": docs, "new_edits": False})


def everything(end: End) -> None:
    """One of each kind of thing that can be replicated."""
    put(end, _id="plain", text="Tīrs ūdens 💧", deep={"list": [1, 2.5, None, True]})
    put(end, _id="a/slash and ?", n=1)
    put(end, _id="_design/app", views={"by": {"map": "function (doc) { emit(doc._id) }"}})
    gone = put(end, _id="gone", n=1)
    end.ask("DELETE", f"gone?rev={gone}")
    conflict(end, "quarrel", "1-aaa", "1-bbb", "1-ccc")
    rev = put(end, _id="long", n=0)
    for n in range(1, 20):
        rev = put(end, _id="long", _rev=rev, n=n)
    rev = put(end, _id="photos")
    for name, data, kind in (
        ("pixel.png", BINARY, "image/png"),
        ("text.txt", b"words " * 1000, "text/plain; charset=utf-8"),
        ("empty", b"", "application/octet-stream"),
        ("ā%2F%22b%22.json", b"{}", "application/json"),
        ("looks-like-a-boundary", b"\r\n--x\r\n\r\n--x--", "application/x"),
    ):
        rev = attach(end, "photos", name, data, kind, rev)
    rev = put(end, _id="one-of-two")
    attach(end, "one-of-two", "a.txt", b"on one side", "text/plain", rev)
    attach(end, "_design/app", "icon.png", BINARY, "image/png", end.ask("GET", "_design/app").json()["_rev"])


def test_everything_arrives_and_a_second_run_finds_nothing_to_do(ends):
    source, target = ends("a"), ends("b")
    everything(source)
    assert Replicator(source, target).run().failed == 0
    assert contents(source) == contents(target)
    target.asked.clear()
    again = Replicator(source, target).run()
    assert (again.read, [one for one in target.asked if one.startswith("POST _")]) == (0, [])


def test_both_ways_end_with_the_same_leaves(ends):
    one, other = ends("a"), ends("b")
    everything(one)
    conflict(other, "quarrel", "1-ddd")
    put(other, _id="plain", text="written elsewhere")
    Replicator(one, other).run()
    Replicator(other, one).run()
    assert contents(one) == contents(other)
    assert len(contents(one)["quarrel"]) == 4


def test_a_server_without_bulk_get_is_served_too(ends):
    source, target = ends("a"), ends("b")
    everything(source)
    Replicator(source, target, bulk_get=False, batch=3).run()
    assert contents(source) == contents(target)


def test_of_an_edited_document_only_new_attachments_travel(ends):
    source, target = ends("a"), ends("b")
    everything(source)
    Replicator(source, target).run()
    rev = source.ask("GET", "photos").json()["_rev"]
    attach(source, "photos", "another.bin", b"new", "application/x", rev)
    [(document, data)] = source.open_revs("photos", source.ask("GET", "photos").json()["_rev"], [rev])
    assert data == {"another.bin": b"new"}
    source.asked.clear()
    Replicator(source, target).run()
    assert source.asked.count("GET photos") == 1  # the stubs fit, whatever digests CouchDB gives to texts
    assert contents(source) == contents(target)
    assert document["_attachments"]["text.txt"]["stub"] is True


class Lossy(httpx.HTTPTransport):
    """Every third answer is lost on its way."""

    passed = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        self.passed += 1
        if self.passed % 3 == 0:
            answer.read()
            answer.close()
            raise httpx.ReadError("lost", request=request)
        return answer


def test_lost_answers_change_nothing(ends):
    source, target = ends("a", Lossy()), ends("b", Lossy())
    everything(ends("a"))
    Replicator(source, target, batch=2).run()
    assert source.retries + target.retries > 5
    assert contents(ends("a")) == contents(ends("b"))


def test_a_server_killed_in_the_middle_is_resumed_at_the_checkpoint(ends, tmp_path):
    source = ends("a")
    source.ask("POST", "_bulk_docs", json={"docs": [{"_id": f"n{n:03}", "n": n} for n in range(100)]})
    folder, port = tmp_path / "killed", a_free_port()
    folder.mkdir()

    def dies(process: subprocess.Popen[bytes]) -> None:
        if "n039" in contents(target):
            process.send_signal(signal.SIGKILL)
            process.wait()

    with started_server(folder, port) as process:
        httpx.put(f"http://127.0.0.1:{port}/notes").raise_for_status()
        target = End(f"http://127.0.0.1:{port}/notes")
        with pytest.raises(StoppedError):
            Replicator(source, target, batch=10).run(lambda: dies(process))
    with started_server(folder, port):
        resumed = Replicator(source, target, batch=10).run()
        assert resumed.read <= 70
        assert resumed.resumed != 0
        assert contents(source) == contents(target)
        target.close()


def test_a_continuous_replication_hears_of_what_is_written_meanwhile(ends):
    source, target = ends("a"), ends("b")
    put(source, _id="before")
    written = iter([lambda: put(source, _id="meanwhile"), lambda: put(source, _id="_design/late")])

    def enough() -> bool:
        next(written, lambda: "")()
        return {"before", "meanwhile", "_design/late"} <= contents(target).keys()

    Replicator(source, target).follow(enough)
    assert contents(source) == contents(target)


def test_a_name_in_the_address_is_no_obstacle(ends):
    source, target = ends("a", user="admin:secret@"), ends("b", user="admin:secret@")
    put(source, _id="n")
    assert Replicator(source, target).run().written == 1


def test_one_document_that_is_too_large_stops_nothing(ends):
    source, target = ends("a"), ends("b")
    rev = put(source, _id="photos")
    attach(source, "photos", "large.bin", bytes(2_000_000), "application/x", rev)
    put(source, _id="text", text="x" * 1_000)
    assert Replicator(source, target).run().failed == 0
    info = json.loads(target.ask("GET", "").content)
    assert info["doc_count"] == 2
