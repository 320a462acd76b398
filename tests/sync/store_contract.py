"""What every store promises, written once; test_memory_store.py and test_sqlite_store.py run it for theirs."""

import asyncio

import pytest

from sync.errors import NO_DATABASE, SyncError
from sync.rows import Body, Held, Local, Row, Single, Span
from sync.store import Store, WriteTransaction


def row(name: str, *, rev: str = "1-a", deleted: bool = False, body: int = 0) -> Row:
    return Row(name, 0, name.partition(":")[0], rev, deleted, body)


async def keep(store: Store, *rows: Row) -> None:
    def work(tx: WriteTransaction) -> None:
        for one in rows:
            tx.save(one, tx.row(one.id))

    await store.write("home", work)


class StoreContract:
    """Subclasses give a fixture `store`: empty and open."""

    @pytest.fixture(autouse=True)
    async def home(self, store: Store) -> None:
        assert await store.create("home")

    async def test_a_database_is_made_once_and_known_by_name(self, store: Store):
        assert not await store.create("home")
        assert await store.create("garden")
        assert store.names() == ["garden", "home"]
        assert store.exists("garden")
        assert not store.exists("cellar")

    async def test_a_missing_database_is_said_to_be_missing(self, store: Store):
        with pytest.raises(SyncError, match=NO_DATABASE.sentence), store.read("cellar"):
            pass
        with pytest.raises(SyncError, match=NO_DATABASE.sentence):
            await store.write("cellar", lambda _: None)

    async def test_rows_come_back_as_they_were_written(self, store: Store):
        one = Row("a:1", 0, "a", "2-b", deleted=False, body=7, leaves='{"rev":"2-b"},{"rev":"2-a"}', tree=b"tree")
        await keep(store, one)
        with store.read("home") as tx:
            assert tx.row("a:1") == one
            assert tx.rows(["a:1", "a:2"]) == {"a:1": one}

    async def test_every_write_gets_a_greater_number_over_all_databases(self, store: Store):
        await store.create("garden")
        await keep(store, row("a:1"), row("a:2"))
        await store.write("garden", lambda tx: tx.save(row("g:1"), None))
        await keep(store, row("a:1", rev="2-b"))
        assert [(e.database, e.id) for e in store.feed(0)] == [("home", "a:2"), ("garden", "g:1"), ("home", "a:1")]
        assert [entry.number for entry in store.feed(0)] == sorted(entry.number for entry in store.feed(0))
        assert store.feed(store.feed(0)[1].number)[0].rev == "2-b"
        assert len(store.feed(0, limit=1)) == 1

    async def test_a_failed_request_leaves_nothing_and_gives_its_numbers_back(self, store: Store):
        def fails(tx: WriteTransaction) -> None:
            tx.save(row("a:1"), None)
            tx.index_put("k", b"v")
            message = "no"
            raise ValueError(message)

        with pytest.raises(ValueError, match="no"):
            await store.write("home", fails)
        await keep(store, row("a:2"))
        with store.read("home") as tx:
            assert tx.row("a:1") is None
            assert tx.index_get("k") is None
            assert tx.row("a:2").number == 1

    async def test_a_request_sees_its_own_writes(self, store: Store):
        def work(tx: WriteTransaction) -> None:
            key = tx.add_body(Body(b'{"a":1}'))
            tx.save(row("a:1", body=key), None)
            assert tx.winner("a:1").content == {"a": 1}
            tx.save(row("a:1", rev="2-b", body=key), tx.row("a:1"))
            assert [one.rev for one in tx.changed(None, 0, tx.number, 10)] == ["2-b"]
            tx.save(row("a:2"), None)
            assert [one.id for one in tx.range(Span(), frozenset({"a"}))] == ["a:1", "a:2"]

        await store.write("home", work)

    async def test_a_snapshot_does_not_move(self, store: Store):
        await keep(store, row("a:1"))
        with store.read("home") as tx:
            await keep(store, row("a:2"))
            assert [one.id for one in tx.changed(None, 0, tx.number, 10)] == ["a:1"]
            assert tx.row("a:2") is None

    async def test_the_feed_of_partitions_is_their_rows_in_order_of_numbers(self, store: Store):
        await keep(store, row("a:1"), row("b:1"), row("c:1"), row("a:2"), row("b:2"))
        with store.read("home") as tx:
            some = frozenset({"a", "b", "unknown"})
            assert [one.id for one in tx.changed(some, 0, tx.number, 10)] == ["a:1", "b:1", "a:2", "b:2"]
            assert [one.id for one in tx.changed(some, 0, tx.number, 2)] == ["a:1", "b:1"]
            assert [one.id for one in tx.changed(some, 2, 4, 10)] == ["a:2"]
            assert [one.id for one in tx.changed(some, 0, 4, 2, descending=True)] == ["a:2", "b:1"]
            assert tx.changed(frozenset(), 0, tx.number, 10) == []
            assert (tx.pending(some, 2), tx.pending(None, 0)) == (2, 5)

    async def test_new_numbers_keep_the_old_order_and_move_behind_everything(self, store: Store):
        await keep(store, row("a:1"), row("b:1"), row("a:2"))
        await store.write("home", lambda tx: tx.renumber(frozenset({"a"})))
        with store.read("home") as tx:
            assert [one.id for one in tx.changed(None, 0, tx.number, 10)] == ["b:1", "a:1", "a:2"]
            assert [one.id for one in tx.changed(frozenset({"a"}), 3, tx.number, 10)] == ["a:1", "a:2"]

    async def test_ranges_of_ids(self, store: Store):
        await keep(store, row("a:1"), row("a:2"), row("a:3", deleted=True), row("b:1"), row("ä:1"))
        with store.read("home") as tx:

            def ids(span: Span, partitions=None):
                return [one.id for one in tx.range(span, partitions)]

            assert ids(Span()) == ["a:1", "a:2", "b:1", "ä:1"]
            assert ids(Span(deleted=True))[2] == "a:3"
            assert ids(Span("a:2", "b:1")) == ["a:2", "b:1"]
            assert ids(Span("a:2", "b:1", ends_inside=False)) == ["a:2"]
            assert ids(Span(descending=True, limit=2)) == ["ä:1", "b:1"]
            assert ids(Span("b:1", "a:2", descending=True)) == ["b:1", "a:2"]
            assert ids(Span("b:1", "a:2", ends_inside=False, descending=True)) == ["b:1"]
            assert ids(Span(skip=1, limit=1)) == ["a:2"]
            assert ids(Span(), frozenset({"b"})) == ["b:1"]

    async def test_documents_are_counted(self, store: Store):
        await keep(store, row("a:1"), row("a:2"), row("a:3"))
        await keep(store, row("a:1", rev="2-b", deleted=True))
        with store.read("home") as tx:
            info = tx.info()
            assert (info.documents, info.deleted, info.number) == (2, 1, 4)

    async def test_a_reader_is_told_the_counts_of_what_may_be_read(self, store: Store):
        await keep(store, row("a:1"), row("a:2", deleted=True), row("b:1"))
        await keep(store, row("a:1", rev="2-b"))
        await keep(store, row("b:2"))
        with store.read("home") as tx:
            info = tx.info(frozenset({"a"}))
            assert (info.documents, info.deleted, info.number) == (1, 1, 4)
            info = tx.info(frozenset())
            assert (info.documents, info.deleted, info.number) == (0, 0, 0)

    async def test_a_purged_document_is_forgotten(self, store: Store):
        await keep(store, row("a:1"), row("a:2"))
        await store.write("home", lambda tx: tx.remove(tx.row("a:1")))
        with store.read("home") as tx:
            assert tx.row("a:1") is None
            assert (tx.info().documents, tx.info().purges) == (1, 1)

    async def test_bodies_and_blobs(self, store: Store):
        body = Body(b'{"a": 1e2}', b"{}", "ilze", 12)
        key = await store.write("home", lambda tx: tx.add_body(body))
        await store.write("home", lambda tx: (tx.add_blob("md5-a", b"\0photo"), tx.add_blob("md5-b", b"")))
        with store.read("home") as tx:
            assert tx.bodies([key, key + 1]) == {key: body}
            assert tx.blob("md5-a") == b"\0photo"
        await store.write("home", lambda tx: (tx.drop_bodies([key]), tx.drop_blobs(["md5-a"])))
        with store.read("home") as tx:
            assert (tx.bodies([key]), tx.blob("md5-a"), tx.blob("md5-b")) == ({}, b"\0photo", None)

    async def test_singles_are_documents_that_were_never_edited_and_have_no_attachments(self, store: Store):
        def work(tx: WriteTransaction) -> None:
            plain, listed, forgotten = (tx.add_body(Body(b"{}", one)) for one in (b"", b"{}", b""))
            edited = Row("a:4", 0, "a", "2-b", deleted=False, body=plain, tree=b"tree")
            gone = row("a:5", deleted=True, body=plain)
            for one in (row("a:1", body=plain), row("a:2", body=listed), row("a:3", body=forgotten), edited, gone):
                tx.save(one, None)
            tx.forget_content([forgotten])

        await store.write("home", work)
        with store.read("home") as tx:
            found = tx.singles([f"a:{number}" for number in range(7)])
        gone = Single("a:5", "1-a", deleted=True, data=b"{}")
        assert found == {"a:1": Single("a:1", "1-a", deleted=False, data=b"{}"), "a:5": gone}

    async def test_forgotten_content_leaves_who_brought_it(self, store: Store):
        def work(tx: WriteTransaction) -> int:
            key = tx.add_body(Body(b"{}", b"", "ilze", 12))
            assert tx.sender(key) == "ilze"
            tx.forget_content([key])
            assert (tx.bodies([key]), tx.sender(key)) == ({}, "ilze")
            assert tx.senders([key, key + 1]) == {key: "ilze"}
            return key

        key = await store.write("home", work)
        with store.read("home") as tx:
            assert (tx.bodies([key]), tx.sender(key)) == ({}, "ilze")
        await store.write("home", lambda tx: tx.drop_bodies([key]))
        with store.read("home") as tx:
            assert tx.sender(key) is None

    async def test_the_feed_says_which_documents_have_several_leaves(self, store: Store):
        await keep(store, row("a:1"), Row("a:2", 0, "a", "2-b", deleted=False, body=0, leaves='{"rev":"2-b"}'))
        assert [(one.id, one.branched) for one in store.feed(0)] == [("a:1", False), ("a:2", True)]

    async def test_local_documents_belong_to_one_principal(self, store: Store):
        await store.write("home", lambda tx: tx.put_local("ilze", "x", Local(1, b"{}")))
        with store.read("home") as tx:
            assert tx.local("ilze", "x") == Local(1, b"{}")
            assert tx.local("janis", "x") is None
            assert (tx.local_count("ilze"), tx.local_count("janis")) == (1, 0)
            assert tx.changed(None, 0, tx.number, 10) == []
        assert await store.write("home", lambda tx: tx.delete_local("ilze", "x"))
        assert not await store.write("home", lambda tx: tx.delete_local("ilze", "x"))

    async def test_held_revisions_wait_outside(self, store: Store):
        first = Held("t:1", "1-a", "ilze", "all:task:t", 100, b"{}")
        other = Held("t:1", "1-a", "janis", "all:task:u", 200, b"{}")
        await store.write("home", lambda tx: (tx.hold(first), tx.hold(other), tx.hold(first)))
        with store.read("home") as tx:
            assert tx.held() == [first, other]
            assert tx.held(waits_for="all:task:u") == [other]
            assert tx.held(before=150) == [first]
            assert tx.held(limit=1) == [first]
            assert tx.held_by("ilze", ["t:1", "t:2"]) == {("t:1", "1-a")}
            assert tx.held_by("anna", ["t:1"]) == set()
            assert (tx.held_count("ilze"), tx.held_count("anna")) == (1, 0)
        await store.write("home", lambda tx: tx.drop_held(first))
        with store.read("home") as tx:
            assert tx.held() == [other]

    async def test_the_index_is_ordered_by_key(self, store: Store):
        def work(tx: WriteTransaction) -> None:
            for key in ("b/1", "a/2", "a/1", "a0"):
                tx.index_put(key, key.encode())
            tx.index_delete("a/2")

        await store.write("home", work)
        with store.read("home") as tx:
            assert tx.index_range("a/") == [("a/1", b"a/1")]
            assert [key for key, _ in tx.index_range("")] == ["a/1", "a0", "b/1"]
            assert tx.index_get("a/2") is None
            assert tx.index_range("", after="a/1", limit=1) == [("a0", b"a0")]
            assert tx.index_range("a/", after="a/1") == []

    async def test_who_waits_is_woken_by_the_next_change(self, store: Store):
        waiting = asyncio.create_task(store.changed(store.number))
        await asyncio.sleep(0)
        await keep(store, row("a:1"))
        assert await asyncio.wait_for(waiting, 5) == store.number == 1

    async def test_who_asks_on_and_on_after_the_end_can_still_be_stopped(self, store: Store):
        async def follows() -> None:
            while True:
                await store.changed(store.number)

        follower = asyncio.create_task(follows())
        await asyncio.sleep(0)
        store.waiting.close()
        await asyncio.sleep(0)
        follower.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(follower, 5)

    async def test_only_readers_of_a_changed_partition_are_woken(self, store: Store):
        with store.waiting.watch({"home": ["a"]}) as of_a, store.waiting.watch({"home": ["b"]}) as of_b:
            await keep(store, row("a:1"))
            assert of_a.rest() == {"home"}
            assert of_b.rest() == set()

    async def test_a_deleted_database_leaves_nothing_behind(self, store: Store):
        await keep(store, row("a:1", body=await store.write("home", lambda tx: tx.add_body(Body(b"{}")))))
        await store.write("home", lambda tx: tx.put_local("", "x", Local(1, b"{}")))
        assert await store.delete("home")
        assert not await store.delete("home")
        await store.create("home")
        with store.read("home") as tx:
            assert (tx.row("a:1"), tx.local("", "x"), tx.info().documents) == (None, None, 0)
        assert store.feed(0) == []

    async def test_a_renewed_store_has_other_names_and_no_checkpoints(self, store: Store):
        await store.write("home", lambda tx: tx.put_local("", "x", Local(1, b"{}")))
        with store.read("home") as tx:
            epoch, uuid = tx.info().epoch, store.uuid
        await store.renew()
        with store.read("home") as tx:
            assert tx.info().epoch != epoch
            assert tx.local("", "x") is None
        assert store.uuid != uuid
