"""The follower finds every conflict: at once, after a stop, after a crash, and when the program has learned."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.conflicts import actions, queries
from backend.conflicts.actions import Conflicts
from backend.kit.types import DocumentTypes, Member, Merge
from backend.processes.documents import TASK as DECLARATION
from backend.replication.registry import TYPES
from sync.store import WriteTransaction
from sync.stores.sqlite import SqliteStore
from tests.backend.conflicts.servers import SPACE, TASK, Engine
from tests.backend.conflicts.versions import ANCESTOR, a_version

STATUS = a_version("b", status="finished")
NAME = a_version("a", name={"en": "Walls", "it": "Dipingere"})
OTHER_NAME = a_version("c", name={"en": "Doors", "it": "Dipingere"})


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    made = Engine(SqliteStore(tmp_path / "s.db"))
    await made.opens()
    yield made
    await made.store.close()


def leaves(engine: Engine) -> int:
    return sum(not one.deleted for one in engine.leaves() if one.id == TASK)


def listed(engine: Engine) -> list[str]:
    with engine.store.read(SPACE) as tx:
        return [one.id for one in queries.listed(tx, None)[0]]


async def until_merged(engine: Engine) -> None:
    async with asyncio.timeout(30):
        while leaves(engine) > 1:
            await engine.store.changed(engine.store.number)


async def test_beside_the_server_it_merges_what_arrives(engine: Engine) -> None:
    work = asyncio.create_task(Conflicts(engine.store, TYPES).run())
    await engine.hears(STATUS, NAME)
    await until_merged(engine)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


async def test_what_arrived_while_nobody_followed_is_merged_at_the_next_start(engine: Engine) -> None:
    await engine.hears(STATUS, NAME)
    work = asyncio.create_task(Conflicts(engine.store, TYPES).run())
    await until_merged(engine)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


async def test_a_crash_in_the_middle_leaves_all_or_nothing_and_the_next_look_finishes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await engine.hears(STATUS, NAME)

    def killed(*_: object) -> None:
        raise ConnectionAbortedError

    with monkeypatch.context() as power_cut:
        power_cut.setattr(queries, "note", killed)
        with pytest.raises(ConnectionAbortedError):
            await Conflicts(engine.store, TYPES).follow(0)
    assert leaves(engine) == 2, "the merge was taken back whole"
    await Conflicts(engine.store, TYPES).follow(0)
    assert leaves(engine) == 1


async def test_whoever_looks_again_writes_nothing(engine: Engine) -> None:
    await engine.hears(STATUS, NAME)
    await Conflicts(engine.store, TYPES).follow(0)
    number = engine.store.number
    for _ in range(2):
        await Conflicts(engine.store, TYPES).again()
        await Conflicts(engine.store, TYPES).follow(0)
    assert engine.store.number == number


async def test_a_place_in_the_feed_is_kept_so_that_a_start_does_not_read_everything(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "NOTE_EVERY", 2)
    conflicts = Conflicts(engine.store, TYPES)
    await engine.hears(STATUS, NAME)
    assert await conflicts.follow(0) == engine.store.number
    assert conflicts.place() > 0
    assert await Conflicts(engine.store, TYPES).follow(conflicts.place()) == engine.store.number


async def test_a_program_that_has_learned_merges_what_an_older_one_left_to_people(engine: Engine) -> None:
    strange = [a_version(digest, new_in_2030=[digest]) for digest in ("a", "b")]
    await engine.hears(*strange)
    await Conflicts(engine.store, TYPES).follow(0)
    assert listed(engine) == [TASK]

    class Learned(DECLARATION.struct, kw_only=True):  # type: ignore[name-defined]
        new_in_2030: list[str] = []  # noqa: RUF012 — msgspec copies it

    members: dict[str, Member] = {**DECLARATION.members, "new_in_2030": Member(Merge.UNION)}
    newer: Any = replace(DECLARATION, struct=Learned, members=members)
    await Conflicts(engine.store, DocumentTypes([newer])).again()
    assert leaves(engine) == 1
    assert listed(engine) == []
    found = engine.database.get(TASK)
    assert found
    assert found.content["new_in_2030"] == ["a", "b"]


async def test_many_conflicts_are_settled_in_small_transactions(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that nobody who writes waits for all of them."""
    monkeypatch.setattr(actions, "STEP", 3)
    for number in range(10):
        name = f"all:task:01ARZ3NDEKTSV4RRFFQ69G5F{number:02}"
        await engine.hears(*({**one, "_id": name} for one in (ANCESTOR, STATUS, NAME)))
    sizes: list[int] = []
    write = Conflicts._write

    def counted(self: Conflicts, tx: WriteTransaction, names: list[str]) -> None:
        sizes.append(len(names))
        write(self, tx, names)

    monkeypatch.setattr(Conflicts, "_write", counted)
    await Conflicts(engine.store, TYPES).follow(0)
    assert max(sizes) <= 3
    assert sum(sizes) == 10


async def test_a_space_that_was_removed_meanwhile_stops_nothing(engine: Engine) -> None:
    await engine.hears(STATUS, NAME)
    feed = engine.store.feed(0)
    await engine.store.delete(SPACE)
    await Conflicts(engine.store, TYPES).settle(feed)
    assert await Conflicts(engine.store, TYPES).follow(0) >= 0
