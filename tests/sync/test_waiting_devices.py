"""Ten thousand devices wait in one process. Counted is what decides whether they can: wake-ups, reads, renderings."""

import asyncio
import tracemalloc
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import contextmanager
from typing import Any

import pytest

from sync.database import Database
from sync.door import updates
from sync.door.call import Call, House, Stream
from sync.hooks import ACCEPT, Reading
from sync.limits import OPEN
from sync.stores.sqlite import SqliteStore

FEW, MANY = 100, 9_900


class Person:
    """Reads one partition."""

    def __init__(self, partition: str, gained: int = 0) -> None:
        self.principal = partition
        self.partition = partition
        self.gained = gained

    def reading(self, _tx) -> Reading:
        return Reading(frozenset({self.partition}), self.gained)

    def judge(self, _tx, _new, _stored):
        return ACCEPT


class Hooks:
    """`request` is the person; counts who was asked about."""

    def __init__(self) -> None:
        self.asked = Counter[str]()
        self.persons: dict[str, Person] = {}

    async def access(self, request: str, _database: str) -> Person:
        return self.persons[request]

    async def databases(self, request: str) -> list[tuple[str, Person]]:
        self.asked[request] += 1
        return [(name, self.persons[request]) for name in ("home", "desk")]

    async def administers(self, _request: str) -> bool:
        return False


class Spied(SqliteStore):
    """Counts the snapshots it was asked for."""

    snapshots = 0

    @contextmanager
    def read(self, name: str):
        self.snapshots += 1
        with super().read(name) as tx:
            yield tx


@pytest.fixture
async def house(tmp_path, monkeypatch) -> AsyncIterator[House]:
    monkeypatch.setattr(updates, "COALESCE", 0.0)
    store = Spied(tmp_path / "spaces.db")
    for name in ("home", "desk"):
        await store.create(name)
        await Database(store, name).write([{"_id": "a:1"}, {"_id": "b:1"}])
    hooks = Hooks()
    hooks.persons = {"few": Person("a"), "many": Person("b")}
    yield House(store, hooks, OPEN)
    await store.close()


async def nothing() -> bytes:
    return b""


async def waits(house: House, who: str, since: str = "") -> asyncio.Task[bytes]:
    """A device that knows the present state and waits for the next one; the task ends with what it is told."""
    call = Call(house, who, "GET", ("_db_updates",), {"feed": "longpoll", "timeout": "600000"}, {}, nothing)
    call.query = {**call.query, "since": since or (await updates._state(call)).seq}
    answer = await updates.updates(call)
    assert isinstance(answer, Stream)

    async def listening(chunks: Any) -> bytes:
        return b"".join([chunk async for chunk in chunks]).strip()

    task = asyncio.create_task(listening(answer.chunks))
    await asyncio.sleep(0)
    return task


async def all_wait(house: House) -> tuple[list[asyncio.Task[bytes]], list[asyncio.Task[bytes]]]:
    few = [await waits(house, "few") for _ in range(FEW)]
    now = await updates._state(Call(house, "many", "GET", ("_db_updates",), {}, {}, nothing))
    many = [await waits(house, "many", now.seq) for _ in range(MANY)]
    house.hooks.asked.clear()
    house.store.snapshots = 0
    return few, many


async def leave(tasks: list[asyncio.Task[bytes]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_only_readers_of_the_changed_partition_are_woken_and_all_are_told_the_same_words(house: House) -> None:
    few, many = await all_wait(house)
    before = set(house.written)
    await Database(house.store, "home").write([{"_id": "a:2"}])
    answers = await asyncio.gather(*few)
    await asyncio.sleep(0)
    assert house.hooks.asked["few"] == FEW
    assert house.hooks.asked["many"] == 0, "somebody was woken for nothing"
    assert not any(task.done() for task in many)
    assert len(set(answers)) == 1
    assert b'"db_name":"home"' in answers[0]
    assert len(set(house.written) - before) == 1, "the change was written more than once"
    assert house.store.snapshots == 0, "a waiting device was told from the file"
    await leave(many)


async def test_a_right_that_changed_is_looked_up_anew_by_those_it_concerns(house: House) -> None:
    few = [await waits(house, "few") for _ in range(3)]
    house.hooks.persons["few"] = Person("a", gained=1)
    house.store.waiting.rights_changed("home")
    answers = await asyncio.gather(*few)
    assert all(b'"gained":1' in answer for answer in answers)


async def test_a_right_that_changed_inside_the_same_access_is_told_too(house: House) -> None:
    few = [await waits(house, "few") for _ in range(3)]
    house.hooks.persons["few"].gained = 1
    house.store.waiting.rights_changed("home")
    answers = await asyncio.gather(*few)
    assert all(b'"gained":1' in answer for answer in answers)


async def test_what_rights_follow_is_read_again_when_it_changed(house: House) -> None:
    person = house.hooks.persons["few"]
    one = await waits(house, "few")
    person.partition = "b"  # as after a moved item: the same access reads another tree
    await house.store.write("home", lambda tx: tx.index_put("tree", b"moved"))
    await Database(house.store, "home").write([{"_id": "a:2"}])
    assert (await one).count(b"db_name") == 2
    with house.store.read("home") as tx:
        theirs = tx.info(frozenset("b"))
    assert f'"seq":"{theirs.number}-'.encode() in await one


async def test_a_device_that_goes_leaves_nothing_behind(house: House) -> None:
    await leave([await waits(house, "few") for _ in range(50)])
    assert not house.store.waiting._watchers


async def test_the_engine_keeps_little_of_each_waiting_device(house: House) -> None:
    await leave([await waits(house, "few")])
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tasks = [await waits(house, "many") for _ in range(1000)]
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    await leave(tasks)
    assert (after - before) / 1000 < 12_000
