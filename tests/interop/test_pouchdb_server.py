"""pouchdb-server 4.2 (npm: PouchDB 7 over LevelDB behind HTTP) as a peer: three replicators, both directions.

ours       `python -m sync replicate`, from outside both
theirs     pouchdb-server's own `POST /_replicate`
a device   PouchDB 9 between the two, as a mediator
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from sync.peer import Peer, PeerError
from sync.replicate import Report, nobody, replicate
from tests.interop.conftest import serving, started, started_server, until
from tests.interop.device import a_device, installed
from tests.makers import a_free_port

JSON = {"Accept": "application/json"}
BINARY = bytes(range(256)) * 400
http = httpx.Client(timeout=30, limits=httpx.Limits(max_keepalive_connections=0))


@contextmanager
def pouchdb_server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run it; an unhandled rejection ends it otherwise, and `_changes` has one."""
    folder.mkdir(exist_ok=True)
    program = installed() / "pouchdb-server" / "bin" / "pouchdb-server"
    node = shutil.which("node") or "node"
    places = ["--dir", str(folder), "--config", str(folder / "config.json"), "--no-stdout-logs"]
    command = [node, "--unhandled-rejections=warn", str(program), *places, "--host", "127.0.0.1", "--port", str(port)]
    with started(command, f"http://127.0.0.1:{port}", folder / "said") as process:
        yield process


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Our server and theirs."""
    port = a_free_port()
    with serving(tmp_path_factory.mktemp("ours")) as root, pouchdb_server(tmp_path_factory.mktemp("theirs"), port):
        yield root, f"http://127.0.0.1:{port}"


@pytest.fixture
def ours(roots: tuple[str, str]) -> str:
    return a_database(roots[0])


@pytest.fixture
def theirs(roots: tuple[str, str]) -> str:
    return a_database(roots[1])


def a_database(root: str, name: str = "") -> str:
    """The address of a new database."""
    address = f"{root}/{name or 'notes-' + uuid4().hex}"
    http.put(address).raise_for_status()
    return address


def everything(database: str) -> None:
    """Documents, a deletion, a long history, a conflict, small and large attachments."""

    def post(path: str, body: object) -> httpx.Response:
        return http.post(database + path, json=body).raise_for_status()

    post("/_bulk_docs", {"docs": [{"_id": f"n:{n:03}", "n": n} for n in range(40)]})
    gone = post("", {"_id": "gone", "n": 1}).json()["rev"]
    http.delete(f"{database}/gone?rev={gone}").raise_for_status()
    rev = post("", {"_id": "edited", "n": 0}).json()["rev"]
    for n in range(1, 12):
        rev = post("", {"_id": "edited", "_rev": rev, "n": n}).json()["rev"]
    quarrel = [{"_id": "quarrel", "_rev": rev, "by": rev} for rev in ("1-aaa", "1-bbb", "1-ccc")]
    post("/_bulk_docs", {"docs": quarrel, "new_edits": False})
    rev = post("", {"_id": "photos"}).json()["rev"]
    for name, data in (("small.txt", b"words"), ("binary.bin", BINARY), ("large.bin", BINARY * 20), ("empty", b"")):
        headers = {"Content-Type": "text/plain" if name.endswith("txt") else "application/octet-stream"}
        answer = http.put(f"{database}/photos/{name}?rev={rev}", content=data, headers=headers)
        rev = answer.raise_for_status().json()["rev"]


def contents(database: str) -> dict[str, list[dict]]:
    """Every leaf of every document, with its history and the bytes beside it."""
    rows = http.get(f"{database}/_changes?style=all_docs").json()["results"]
    query = "open_revs=all&revs=true&attachments=true"
    found = {}
    for name in sorted(row["id"] for row in rows):
        leaves = [one["ok"] for one in http.get(f"{database}/{name}?{query}", headers=JSON).json()]
        for leaf in leaves:
            for one in leaf.get("_attachments", {}).values():
                one.pop("revpos", None)  # PouchDB counts it otherwise
                one.pop("length", None)
        found[name] = sorted(leaves, key=lambda leaf: leaf["_rev"])
    return found


def by_us(source: str, target: str) -> None:
    command = [sys.executable, "-P", "-m", "sync", "replicate", source, target]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, env={**os.environ})
    assert done.returncode == 0, done.stderr


def by_them(source: str, target: str) -> None:
    """The one of the two that is pouchdb-server is asked to replicate; it knows its own database by name."""
    welcome = {one: http.get(one.rpartition("/")[0]).json() for one in (source, target)}
    [root] = [one.rpartition("/")[0] for one, told in welcome.items() if "express-pouchdb" in told]
    names = {one: one.rpartition("/")[2] if one.startswith(root) else one for one in (source, target)}
    body = {"source": names[source], "target": names[target]}
    answer = http.post(f"{root}/_replicate", json=body, timeout=60)
    assert answer.json().get("ok"), answer.text


def by_a_device(source: str, target: str) -> None:
    with a_device(source) as device:
        device.ask("between", source=source, target=target, options={"batch_size": 25})


BY = pytest.mark.parametrize("replicates", [by_us, by_them, by_a_device])


@BY
def test_everything_arrives_there_and_back(ours, theirs, replicates):
    everything(ours)
    replicates(ours, theirs)
    assert contents(theirs) == contents(ours)
    assert len(contents(theirs)["quarrel"]) == 3
    http.post(theirs, json={"_id": "answer", "n": 1}).raise_for_status()
    http.delete(f"{theirs}/n:000?rev={contents(theirs)['n:000'][0]['_rev']}").raise_for_status()
    replicates(theirs, ours)
    assert contents(theirs) == contents(ours)


@BY
def test_what_was_written_there_first_arrives_here(ours, theirs, replicates):
    everything(theirs)
    replicates(theirs, ours)
    assert contents(theirs) == contents(ours)


@BY
def test_both_sides_edit_and_both_end_alike(ours, theirs, replicates):
    http.post(ours, json={"_id": "n", "text": "first"}).raise_for_status()
    replicates(ours, theirs)
    rev = contents(ours)["n"][0]["_rev"]
    for side, text in ((ours, "here"), (theirs, "there")):
        http.post(side, json={"_id": "n", "_rev": rev, "text": text}).raise_for_status()
    replicates(ours, theirs)
    replicates(theirs, ours)
    assert contents(theirs) == contents(ours)
    winners = [http.get(f"{side}/n?conflicts=true").json() for side in (ours, theirs)]
    assert winners[0] == winners[1]
    assert len(winners[0]["_conflicts"]) == 1


def test_their_live_replication_hears_of_our_changes_and_brings_theirs(ours, theirs):
    root, _, name = theirs.rpartition("/")
    for source, target in ((ours, name), (name, ours)):
        body = {"source": source, "target": target, "continuous": True}
        http.post(f"{root}/_replicate", json=body).raise_for_status()
    http.post(ours, json={"_id": "from us", "n": 1}).raise_for_status()
    http.post(theirs, json={"_id": "from them", "n": 1}).raise_for_status()
    until(lambda: contents(ours) == contents(theirs) and len(contents(ours)) == 2)
    http.delete(f"{ours}/from us?rev={contents(ours)['from us'][0]['_rev']}").raise_for_status()
    # while pouchdb-server replaces a document, its feed may name it nowhere
    until(lambda: contents(theirs).get("from us", [{}])[0].get("_deleted", False))


@pytest.mark.parametrize("killed", ["source", "target"])
@pytest.mark.parametrize("ours_dies", [True, False])
def test_a_peer_killed_in_the_middle_is_resumed_at_the_checkpoint(tmp_path, killed, ours_dies):
    servers = {True: started_server, False: pouchdb_server}
    for name in ("dead", "alive"):
        (tmp_path / name).mkdir()
    port, other = a_free_port(), a_free_port()
    root, survivor = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{other}"
    source, target = (root, survivor) if killed == "source" else (survivor, root)
    with servers[not ours_dies](tmp_path / "alive", other):
        with servers[ours_dies](tmp_path / "dead", port) as process:
            a_database(root, "notes"), a_database(survivor, "notes")
            docs = [{"_id": f"n:{n:03}", "n": n} for n in range(100)]
            http.post(f"{source}/notes/_bulk_docs", json={"docs": docs}).raise_for_status()

            def dies(report: Report) -> None:
                if report.read >= 40 and process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                    process.wait()

            with pytest.raises(PeerError):
                run(source, target, "first", dies)
        with servers[ours_dies](tmp_path / "dead", port):
            assert run(source, target, "second").read <= 70
            assert contents(f"{source}/notes") == contents(f"{target}/notes")
            assert len(contents(f"{target}/notes")) == 100


def run(source: str, target: str, session: str, progress: Callable[[Report], None] = nobody) -> Report:
    """Replicate in this process, in small batches and without patience."""

    async def work() -> Report:
        async with httpx.AsyncClient(base_url=source) as left, httpx.AsyncClient(base_url=target) as right:
            peers = Peer(left, "notes", pause=0.001), Peer(right, "notes", pause=0.001)
            return await replicate(*peers, session=session, batch=10, progress=progress)

    return asyncio.run(work())
