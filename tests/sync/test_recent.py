"""What is told from memory is what the file would tell, or nothing at all."""

import random

import pytest

from sync.compaction import purge
from sync.database import Database
from sync.hooks import Indexed
from sync.recent import LOOK, Commit, Recent
from sync.rows import FeedEntry, Info, Row
from sync.stores.memory import MemoryStore
from sync.stores.sqlite import SqliteStore


def moves_what_is_under_it(_tx, _database, _before, after):
    return Indexed(frozenset({after.content["moves"]})) if after and "moves" in after.content else Indexed()


@pytest.fixture(params=["memory", "sqlite"])
async def store(request, tmp_path):
    made = (
        MemoryStore(index=moves_what_is_under_it)
        if request.param == "memory"
        else SqliteStore(tmp_path / "spaces.db", index=moves_what_is_under_it)
    )
    yield made
    await made.close()


def feed_of_the_file(store) -> list[FeedEntry]:
    kept, store.recent = store.recent, Recent(10**9, store._numbers)
    try:
        return store.feed(0, 10_000)
    finally:
        store.recent = kept


async def something_happens(store, database: Database, chance: random.Random, step: int) -> None:
    one = f"{chance.choice('abc')}:{chance.randrange(12)}"
    match chance.randrange(30):
        case 0 | 1 | 2:
            await database.write([{"_id": one, "_deleted": True}])
        case 3:
            await database.write([{"_id": one, "moves": chance.choice("abc"), "n": step}])
        case 4:
            for known in database.all(limit=1):
                await store.write(database.name, lambda tx, known=known: purge(tx, known.id, [known.rev]))
        case 5:
            await store.delete(database.name)
            await store.create(database.name)
        case _:
            await database.write([{"_id": f"{one}-{n}", "n": step} for n in range(chance.randrange(1, 4))])


def agrees_with_the_file(store, name: str, since: int) -> bool:
    """Whether memory told the rows; all it tells is compared with the file."""
    with store.read(name) as tx:
        told, info = store.recent.rows(name, since), tx.info()
        if told is not None:
            there = tx.changed(None, since, tx.number, 10_000)
            assert [(row.id, row.number, row.rev) for row in told] == [(row.id, row.number, row.rev) for row in there]
        for parts in (frozenset("a"), frozenset("bc"), frozenset("x"), None):
            newest = tx.changed(parts, 0, tx.number, 1, descending=True)
            known = store.recent.info(name, parts)
            assert known.epoch == info.epoch
            assert known.number >= (newest[0].number if newest else 0), "a change would not be told"
    return told is not None


async def test_whatever_happens_memory_and_file_tell_the_same(store):
    chance = random.Random(7)
    names = ["home", "away"]
    for name in names:
        await store.create(name)
    from_memory = 0
    for step in range(200):
        await something_happens(store, Database(store, chance.choice(names)), chance, step)
        since = chance.randrange(store.number + 1)
        everything = feed_of_the_file(store)
        assert store.feed(since, 10_000) == [entry for entry in everything if entry.number > since]
        assert store.feed(since, 3) == [entry for entry in everything if entry.number > since][:3]
        from_memory += sum(agrees_with_the_file(store, name, since) for name in names)
    assert from_memory > 20, "memory was hardly asked"


async def test_the_index_area_moves_its_count_with_each_change_of_it(store):
    await store.create("home")
    before = store.recent.indexed("home")
    await Database(store, "home").write([{"_id": "a:1"}])
    assert store.recent.indexed("home") == before
    await store.write("home", lambda tx: tx.index_put("key", b"value"))
    assert store.recent.indexed("home") > before


async def test_a_write_that_failed_leaves_nothing_in_memory(store):
    await store.create("home")

    def fails(tx):
        tx.save(Row("a:1", 0, "a", "1-a", False, tx.add_body_of_nothing()), None)

    with pytest.raises(AttributeError):
        await store.write("home", fails)
    assert store.feed(0) == []
    assert store.recent.info("home", frozenset("a")).number == 0


async def test_the_names_are_those_of_the_file(store):
    await store.create("home")
    await store.create("away")
    await store.delete("home")
    assert store.names() == ["away"]
    assert store.exists("away")
    assert not store.exists("home")


def a_row(number: int) -> Row:
    return Row(f"a:{number}", number, "a", "1-a", False, number)


def a_memory(most: int) -> Recent:
    return Recent(0, lambda name: (Info(name, "e", 0, 0, 0, 0, 1000, 0), {}), most=most)


def test_memory_ends_and_says_so():
    memory = a_memory(10)
    for number in range(1, 50):
        memory.committed(number, [("home", Commit({"a": number}, [a_row(number)]))])
    assert len(memory._changes) <= 20
    assert memory.feed(0, 100) is None
    assert [entry.number for entry in memory.feed(45, 100) or []] == [46, 47, 48, 49]
    assert len(memory._places["home"]) == sum(change is not None for change in memory._changes)


def test_a_reader_who_is_far_behind_is_sent_to_the_file():
    memory = a_memory(10_000)
    memory.committed(LOOK + 5, [("home", Commit({"a": 1}, [a_row(number) for number in range(1, LOOK + 5)]))])
    assert memory.rows("home", 1) is None
    assert memory.rows("home", LOOK) is not None


def test_a_row_with_a_long_history_is_not_kept():
    memory = a_memory(10)
    heavy = Row("a:1", 1, "a", "1-a", False, 1, "", b"x" * 20_000)
    memory.committed(2, [("home", Commit({"a": 2}, [heavy, a_row(2)]))])
    assert memory.feed(0, 10) is None
    assert [entry.number for entry in memory.feed(1, 10) or []] == [2]


async def test_what_changes_brought_is_read_at_once(store):
    await store.create("home")
    database = Database(store, "home")
    await database.write([{"_id": "a:1", "n": 1}, {"_id": "a:2", "n": 2}, {"_id": "a:3", "n": 3}])
    await database.write([{"_id": "a:3", "_deleted": True}])
    for entries in (store.feed(0), feed_of_the_file(store)):
        with store.read("home") as tx:
            found = tx.bodies([one.body for one in entries if not one.deleted])
        assert sorted(body.data for body in found.values()) == [b'{"n":1}', b'{"n":2}']
