"""Our own replicator between two open stores, over the door."""

import asyncio
import subprocess
import sys

import httpx
import pytest

from sync.checkpoint import Log, Session, common
from sync.database import Database
from sync.door.alone import alone, served
from sync.peer import Peer, PeerError
from sync.replicate import replicate
from sync.stores.sqlite import SqliteStore


class Side:
    """One end of a replication; `lose` makes it lose that many answers, `dead` refuses everything.

    It takes bodies of `most` bytes; a `broken` one cannot read its documents.
    """

    def __init__(self, path):
        self.store = SqliteStore(path)
        self.lose = 0
        self.dead = self.broken = False
        self.most = 100_000_000
        self.requests: list[str] = []
        inner = httpx.ASGITransport(app=served(self.store))

        async def answered(request: httpx.Request) -> httpx.Response:
            self.requests.append(f"{request.method} {request.url.path.rpartition('/')[2]}")
            if self.dead:
                return httpx.Response(403)
            if len(request.content) > self.most:
                return httpx.Response(413, json={"error": "too_large", "reason": "Too large."})
            if self.broken and request.url.path.endswith("_bulk_get"):
                failed = {"id": "n:1", "rev": "1-a", "error": "internal", "reason": "the disk"}
                return httpx.Response(200, json={"results": [{"id": "n:1", "docs": [{"error": failed}]}]})
            answer = await inner.handle_async_request(request)
            if self.lose:
                self.lose -= 1
                raise httpx.ReadError("lost")
            return answer

        client = httpx.AsyncClient(transport=httpx.MockTransport(answered), base_url="http://side")
        self.peer = Peer(client, "notes", pause=0.001)
        self.notes = Database(self.store, "notes")

    def leaves(self):
        with self.store.read("notes") as tx:
            return {row.id: (row.rev, row.deleted, row.leaves) for row in tx.changed(None, 0, tx.number, 10_000)}


@pytest.fixture
async def sides(tmp_path):
    both = Side(tmp_path / "a.db"), Side(tmp_path / "b.db")
    for side in both:
        await side.store.create("notes")
    yield both
    for side in both:
        await side.store.close()


async def test_the_target_ends_with_what_the_source_has(sides):
    source, target = sides
    await source.notes.write([{"_id": f"n:{n}", "n": n} for n in range(1200)])
    await source.notes.write([{"_id": "n:7", "_deleted": True}, {"_id": "n:8", "n": "new"}])
    report = await replicate(source.peer, target.peer, session="s1")
    assert (report.read, report.written, report.refused) == (1200, 1200, 0)
    assert target.leaves() == source.leaves()
    assert target.notes.get("n:8").content == {"n": "new"}


async def test_a_second_run_starts_where_the_first_ended(sides):
    source, target = sides
    await source.notes.write([{"_id": "n:1"}])
    await replicate(source.peer, target.peer, session="s1")
    await source.notes.write([{"_id": "n:2"}])
    source.requests.clear()
    assert (await replicate(source.peer, target.peer, session="s2")).read == 1
    assert source.requests.count("GET _changes") == 2


async def test_both_directions_end_with_the_same_conflict_and_winner(sides):
    one, other = sides
    await one.notes.write([{"_id": "n:1", "by": "one"}])
    await other.notes.write([{"_id": "n:1", "by": "other"}])
    await replicate(one.peer, other.peer, session="s1")
    await replicate(other.peer, one.peer, session="s2")
    assert one.leaves() == other.leaves()
    assert one.leaves()["n:1"][2].count("rev") == 2


async def test_lost_answers_change_nothing(sides):
    source, target = sides
    await source.notes.write([{"_id": f"n:{n}"} for n in range(30)])
    source.lose = target.lose = 3
    await replicate(source.peer, target.peer, session="s1", batch=10)
    assert target.leaves() == source.leaves()
    with target.store.read("notes") as tx:
        assert tx.number == 30


async def test_an_interrupted_run_is_resumed(sides):
    source, target = sides
    await source.notes.write([{"_id": f"n:{n}"} for n in range(30)])

    def stop(report):
        target.dead = report.read >= 20

    with pytest.raises(PeerError):
        await replicate(source.peer, target.peer, session="s1", batch=10, progress=stop)
    target.dead = False
    assert (await replicate(source.peer, target.peer, session="s2", batch=10)).read == 10
    assert target.leaves() == source.leaves()


async def test_a_target_restored_from_a_backup_gets_again_what_it_lost(sides):
    source, target = sides
    await source.notes.write([{"_id": f"n:{n}"} for n in range(5)])
    await replicate(source.peer, target.peer, session="s1")
    await target.store.delete("notes")
    await target.store.create("notes")
    await target.store.renew()
    assert (await replicate(source.peer, target.peer, session="s2")).written == 5


async def test_attachments_travel_and_large_batches_go_in_parts(sides):
    source, target = sides
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=served(source.store)), base_url="http://x") as http:
        for n in range(4):
            await http.put(f"/notes/n:{n}/photo.jpg", content=bytes([n]) * 3_000_000)
    await replicate(source.peer, target.peer, session="s1")
    assert target.requests.count("POST _bulk_docs") == 4
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=served(target.store)), base_url="http://x") as http:
        assert (await http.get("/notes/n:3/photo.jpg")).content == b"\3" * 3_000_000


async def test_a_checkpoint_whose_answer_was_lost_is_not_a_conflict(sides):
    source, target = sides
    await source.notes.write([{"_id": f"n:{n}"} for n in range(30)])

    def lose(report):
        source.lose = target.lose = 1

    report = await replicate(source.peer, target.peer, session="s1", batch=5, progress=lose)
    assert (report.read, target.leaves()) == (30, source.leaves())
    source.requests.clear()
    await replicate(source.peer, target.peer, session="s2")
    assert source.requests.count("GET _changes") == 1


async def test_a_document_too_large_for_the_target_stops_nothing(sides):
    source, target = sides
    await source.notes.write([{"_id": f"n:{n}", "text": "x" * (1 if n % 9 else 400_000)} for n in range(20)])
    target.most = 300_000
    report = await replicate(source.peer, target.peer, session="s1")
    assert (report.read, report.written, report.refused) == (20, 17, 3)


async def test_large_documents_are_fetched_a_few_at_a_time(sides):
    source, target = sides
    await source.notes.write([{"_id": f"n:{n:03}", "text": "x" * 120_000} for n in range(250)])
    await replicate(source.peer, target.peer, session="s1")
    assert source.requests.count("POST _bulk_get") == 1 + 3
    assert target.leaves() == source.leaves()


async def test_a_source_that_cannot_read_one_document_is_not_passed_over(sides):
    source, target = sides
    await source.notes.write([{"_id": "n:1"}])
    source.broken = True
    with pytest.raises(PeerError, match="n:1: the disk"):
        await replicate(source.peer, target.peer, session="s1")
    source.broken = False
    assert (await replicate(source.peer, target.peer, session="s2")).written == 1


async def test_a_live_replication_brings_what_is_written_later(sides):
    source, target = sides
    await source.notes.write([{"_id": "n:1"}])
    first, second = asyncio.Event(), asyncio.Event()

    def tell(report):
        (first if report.read == 1 else second).set()

    live = asyncio.create_task(replicate(source.peer, target.peer, session="s1", live=True, progress=tell))
    await asyncio.wait_for(first.wait(), 20)
    await source.notes.write([{"_id": "n:2"}])
    await asyncio.wait_for(second.wait(), 20)
    live.cancel()
    with pytest.raises(asyncio.CancelledError):
        await live
    assert target.leaves() == source.leaves()


def test_two_ends_that_share_no_session_start_from_the_beginning():
    def log(*sessions):
        return Log(sessions[0][0], sessions[0][1], [Session(name, seq) for name, seq in sessions])

    assert common(None, log(("a", 1))) == 0
    assert common(log(("a", 9)), log(("b", 9))) == 0
    assert common(log(("b", 9), ("a", 5)), log(("b", 9), ("a", 5))) == 9
    assert common(log(("c", 9), ("a", 5)), log(("b", 7), ("a", 5))) == 5


def run(*arguments):
    command = [sys.executable, "-P", "-m", "sync", "replicate", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


async def test_folders_replicate_from_the_command_line(tmp_path):
    store = SqliteStore(tmp_path / "spaces.db")
    await store.create("notes")
    await Database(store, "notes").write([{"_id": f"n:{n}"} for n in range(3)])
    await store.close()
    done = run(str(tmp_path / "notes"), str(tmp_path / "b" / "notes"), "--create")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "3 read, 3 written")
    assert run(str(tmp_path / "notes"), str(tmp_path / "b" / "notes")).stdout.endswith("0 read, 0 written\n")


def test_a_missing_database_is_told_in_one_sentence(tmp_path):
    (tmp_path / "a").mkdir()
    source = str(tmp_path / "a" / "notes")
    missing = run(source, str(tmp_path / "b" / "notes"), "--create")
    assert (missing.returncode, missing.stderr) == (2, f"{source}: Database does not exist.\n")


def test_a_mistyped_folder_is_told_and_not_made(tmp_path):
    source = str(tmp_path / "mistyped" / "notes")
    missing = run(source, str(tmp_path / "b" / "notes"))
    assert (missing.returncode, missing.stderr) == (2, f"{source}: there is no folder {tmp_path / 'mistyped'}\n")
    assert not (tmp_path / "mistyped").exists()


async def test_two_databases_of_one_folder_replicate_too(tmp_path):
    store = SqliteStore(tmp_path / "spaces.db")
    await store.create("notes")
    await Database(store, "notes").write([{"_id": f"n:{n}"} for n in range(3)])
    await store.close()
    assert run(str(tmp_path / "notes"), str(tmp_path / "copy"), "--create").stdout.endswith("3 read, 3 written\n")


def test_a_folder_that_another_program_serves_is_left_alone(tmp_path):
    with alone(tmp_path):
        refused = run(str(tmp_path / "notes"), str(tmp_path / "copy"))
    told = f"Another program is using {tmp_path}: stop it first, or speak to it by http.\n"
    assert (refused.returncode, refused.stderr) == (2, told)
