import asyncio
import sqlite3

import pytest
from store_contract import StoreContract, keep, row

from sync.errors import SchemaTooNewError, SyncError
from sync.rows import Body
from sync.stores.sqlite import SqliteStore


class TestSqliteStore(StoreContract):
    @pytest.fixture
    async def store(self, tmp_path):
        store = SqliteStore(tmp_path / "spaces.db")
        yield store
        await store.close()

    async def test_everything_is_still_there_after_a_restart(self, store, tmp_path):
        await keep(store, row("a:1"), row("b:1"))
        await store.close()
        again = SqliteStore(tmp_path / "spaces.db")
        assert again.uuid == store.uuid
        assert [entry.id for entry in again.feed(0)] == ["a:1", "b:1"]
        await keep(again, row("a:2"))
        assert again.feed(2)[0].number == 3
        await again.close()
        store._writer = again._writer  # the fixture closes what is closed already

    async def test_requests_that_wait_together_are_all_kept_and_one_failure_takes_nobody_along(self, store):
        async def write(n):
            if n == 7:
                raise_in = store.write("home", lambda tx: tx.save(row("a:7"), None) or 1 / 0)
                with pytest.raises(ZeroDivisionError):
                    await raise_in
            else:
                await keep(store, row(f"a:{n}"))

        await asyncio.gather(*(write(n) for n in range(50)))
        with store.read("home") as tx:
            assert tx.info().documents == 49
            assert tx.row("a:7") is None

    async def test_a_full_disk_refuses_writes_and_keeps_reading_until_there_is_room(self, store):
        await keep(store, row("a:1"))
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        big = Body(b'"' + b"x" * 100_000 + b'"')
        with pytest.raises(SyncError) as full:
            await store.write("home", lambda tx: tx.add_body(big))
        assert (full.value.status, full.value.word) == (503, "insufficient_storage")
        with store.read("home") as tx:
            assert tx.row("a:1") is not None
        store._connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        await store.write("home", lambda tx: tx.add_body(big))
        await keep(store, row("a:2"))
        assert [entry.id for entry in store.feed(0)] == ["a:1", "a:2"]

    async def test_a_file_of_a_newer_version_is_not_opened(self, tmp_path):
        newer = sqlite3.connect(tmp_path / "newer.db")
        newer.execute("PRAGMA user_version = 99")
        newer.close()
        with pytest.raises(SchemaTooNewError, match="version 99"):
            SqliteStore(tmp_path / "newer.db")
