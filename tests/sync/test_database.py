"""What the server itself does with a database, and how written documents are judged and indexed."""

import pytest

from sync.database import Database
from sync.errors import TOO_MANY, SyncError
from sync.hooks import ACCEPT, Hold, Indexed, Reading, Refuse
from sync.intake import read_document
from sync.limits import Limits
from sync.stores.memory import MemoryStore
from sync.stores.sqlite import SqliteStore

LIMITS = Limits()


def revision(text: str, rev: str, *older: str, body: str = '"n":1', deleted: bool = False):
    start, digest = rev.split("-")
    ids = ",".join(f'"{one}"' for one in (digest, *older))
    gone = '"_deleted":true,' if deleted else ""
    return read_document(
        f'{{"_id":"{text}",{gone}"_revisions":{{"start":{start},"ids":[{ids}]}},{body}}}'.encode(), LIMITS
    )


class Member:
    """May read `all` and `t1`; a document must not say "bad"; contributions wait for their item."""

    principal = "ilze"

    def reading(self, tx):
        return Reading(frozenset({"all", "t1"}))

    def judge(self, tx, new, stored):
        if new.content.get("n") == "bad":
            return Refuse("content", "That is not allowed.")
        if new.partition != "all" and tx.winner(f"all:task:{new.partition}") is None:
            return Hold(f"all:task:{new.partition}")
        return ACCEPT


@pytest.fixture(params=["memory", "sqlite"])
async def store(request, tmp_path):
    indexed = []

    def index(tx, name, before, after):
        indexed.append((before and before.rev, after and after.rev))
        if after and after.content.get("move"):
            return Indexed(frozenset({after.content["move"]}))
        return Indexed()

    store = MemoryStore(index=index) if request.param == "memory" else SqliteStore(tmp_path / "s.db", index=index)
    store.indexed = indexed
    await store.create("home")
    yield store
    await store.close()


@pytest.fixture
def home(store):
    return Database(store, "home", now=lambda: 1000.0)


async def test_the_server_writes_on_top_of_the_winner_and_only_what_is_new(home):
    [first] = await home.write([{"_id": "all:task:1", "name": "Paint", "n": 0}])
    assert first.new
    [same] = await home.write([{"_id": "all:task:1", "n": 0, "name": "Paint"}])
    assert (same.new, same.rev) == (False, first.rev)
    [truth] = await home.write([{"_id": "all:task:1", "n": False, "name": "Paint"}])
    assert truth.new
    [other] = await home.write([{"_id": "all:task:1", "name": "Paint"}])
    assert other.rev.startswith("3-")
    assert home.get("all:task:1").as_dict() == {"_id": "all:task:1", "_rev": other.rev, "name": "Paint"}


async def test_the_server_deletes_and_brings_back(home):
    await home.write([{"_id": "a:1", "n": 1}])
    assert (await home.write([{"_id": "a:1", "_deleted": True}]))[0].new
    assert not (await home.write([{"_id": "a:1", "_deleted": True}]))[0].new
    assert home.get("a:1") is None
    assert (await home.write([{"_id": "a:1", "n": 1}]))[0].rev.startswith("3-")


async def test_documents_are_listed_by_partition_and_type(home):
    await home.write([{"_id": f"{part}:{kind}:{n}"} for part in "ab" for kind in ("task", "note") for n in range(3)])
    assert [one.id for one in home.all("a:task:")] == ["a:task:0", "a:task:1", "a:task:2"]
    assert [one.id for one in home.all("a:task:", after="a:task:0", limit=1)] == ["a:task:1"]
    assert len(home.all()) == 12


async def test_a_replicated_revision_keeps_its_name_history_and_bytes(home):
    assert await home.replicate([revision("a:1", "2-b", "a", body='"n":1.0e2,"ü":"\\u00fc"')]) == []
    assert home.get("a:1").rev == "2-b"
    assert home.get("a:1").body == '{"n":1.0e2,"ü":"\\u00fc"}'.encode()


async def test_a_repeated_batch_changes_nothing(home):
    batch = [revision("a:1", "2-b", "a"), revision("a:2", "1-x")]
    await home.replicate(batch)
    number = home.store.number
    await home.replicate(batch)
    assert home.store.number == number


async def test_two_offline_edits_both_survive_and_one_wins_everywhere(home):
    await home.replicate([revision("a:1", "2-b", "a"), revision("a:1", "2-c", "a", body='"n":2')])
    assert home.get("a:1").rev == "2-c"
    with home.store.read("home") as tx:
        assert tx.row("a:1").leaves == '{"rev":"2-c"},{"rev":"2-b"}'


async def test_an_edit_must_follow_the_newest_revision(home):
    first = await home.edit_one(read_document(b'{"_id":"a:1","n":1}', LIMITS))
    with pytest.raises(SyncError, match="conflict"):
        await home.edit_one(read_document(b'{"_id":"a:1","n":2}', LIMITS))
    await home.edit_one(read_document(f'{{"_id":"a:1","_rev":"{first.rev}","n":2}}'.encode(), LIMITS))
    with pytest.raises(SyncError, match="conflict"):
        await home.edit_one(read_document(f'{{"_id":"a:1","_rev":"{first.rev}","n":3}}'.encode(), LIMITS))
    with pytest.raises(SyncError, match="conflict"):
        await home.edit_one(read_document(b'{"_id":"a:2","_rev":"1-unknown","n":3}', LIMITS))


async def test_the_index_hears_of_new_winners_only(home):
    await home.replicate([revision("a:1", "2-c", "a")])
    await home.replicate([revision("a:1", "2-b", "a"), revision("a:1", "3-d", "c", "a")])
    assert home.store.indexed == [(None, "2-c"), ("2-c", "3-d")]


async def test_a_moved_subtree_gets_new_numbers_in_the_same_transaction(home):
    await home.write([{"_id": "t1:c:1"}, {"_id": "all:task:t1"}, {"_id": "t1:c:2"}])
    before = home.store.number
    await home.write([{"_id": "all:task:t1", "move": "t1"}])
    assert [entry.id for entry in home.changes(before)] == ["all:task:t1", "t1:c:1", "t1:c:2"]


async def test_one_refused_document_does_not_stop_its_neighbours(home):
    batch = [revision("all:1", "1-a"), revision("all:2", "1-a", body='"n":"bad"'), revision("all:3", "1-a")]
    [refused] = await home.replicate(batch, Member())
    assert (refused.id, refused.rev, refused.error) == ("all:2", "1-a", "forbidden")
    assert refused.reason == "content: That is not allowed."
    assert [one.id for one in home.all()] == ["all:1", "all:3"]


async def test_a_contribution_that_comes_before_its_task_is_held_and_released(home):
    assert await home.replicate([revision("t9:contribution:1", "1-a")], Member()) == []
    assert home.get("t9:contribution:1") is None
    [held] = home.held(waits_for="all:task:t9")
    assert (held.principal, held.at) == ("ilze", 1000)
    assert await home.release(held, Member()) == Hold("all:task:t9")
    await home.replicate([revision("all:task:t9", "1-a")], Member())
    assert await home.release(held, Member()) == ACCEPT
    assert home.get("t9:contribution:1").content == {"n": 1}
    assert home.held() == []


async def test_nobody_can_fill_the_waiting_room(home):
    narrow = Database(home.store, "home", limits=Limits(held=2))
    await narrow.replicate([revision(f"t9:contribution:{n}", "1-a") for n in range(2)], Member())
    with pytest.raises(SyncError) as refused:
        await narrow.replicate([revision("t9:contribution:2", "1-a")], Member())
    assert (refused.value.status, refused.value.retry_after) == (429, 3600)
    assert len(narrow.held()) == 2


async def test_a_held_revision_that_is_refused_later_stays_until_it_was_rescued(home):
    await home.replicate([revision("t9:contribution:1", "1-a", body='"n":"late"')], Member())
    [held] = home.held()

    class Stricter(Member):
        def judge(self, tx, new, stored):
            return Refuse("late", "Too late.")

    assert await home.release(held, Stricter()) == Refuse("late", "Too late.")
    assert home.held() == [held]
    await home.drop(held)
    assert home.held() == []


async def test_a_stored_revision_sent_again_by_its_author_is_acknowledged_without_judging(home):
    await home.replicate([revision("all:task:t2", "1-a"), revision("all:task:t3", "1-a")], Member())
    await home.replicate([revision("t2:vote:1", "1-a")], Member())

    class NoMore(Member):
        def judge(self, tx, new, stored):
            return Refuse("rights", "You may not write here.")

    class Stranger(NoMore):
        principal = "janis"

    assert await home.replicate([revision("t2:vote:1", "1-a")], NoMore()) == []
    assert len(await home.replicate([revision("t2:vote:1", "1-a")], Stranger())) == 1


async def test_a_passing_no_ends_the_whole_request_and_keeps_nothing(home):
    class Busy(Member):
        def judge(self, tx, new, stored):
            if new.id == "all:2":
                raise SyncError(TOO_MANY, retry_after=5)
            return ACCEPT

    with pytest.raises(SyncError):
        await home.replicate([revision("all:1", "1-a"), revision("all:2", "1-a")], Busy())
    assert home.get("all:1") is None


async def test_a_revision_far_beyond_what_is_known_cannot_win_for_ever(home):
    cautious = Database(home.store, "home", limits=LIMITS)
    [refused] = await cautious.replicate([revision("all:1", "999999999-f")])
    assert refused.error == "forbidden"
    assert await cautious.replicate([revision("all:1", "900-f")]) == []


async def test_a_stub_may_only_name_what_the_same_document_holds(home):
    photo = '"_attachments":{"p.png":{"content_type":"image/png","data":"AAAA"}}'
    await home.replicate([revision("a:1", "1-a", body=photo)])
    digest = home.get("a:1").attachments["p.png"].digest
    stub = f'"_attachments":{{"p.png":{{"stub":true,"digest":"{digest}"}}}}'
    [stolen] = await home.replicate([revision("a:2", "1-a", body=stub)])
    assert stolen.reason.startswith("missing_stub: ")
    assert await home.replicate([revision("a:1", "2-b", "a", body=stub)]) == []
    assert home.get("a:1").attachments["p.png"].revpos == 1
