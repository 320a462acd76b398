"""Two real engines that merge and replicate both ways: equal after one round, and then nothing more is written."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.conflicts import queries
from sync.replicate import Report, replicate
from sync.stores.sqlite import SqliteStore
from tests.backend.conflicts.servers import SPACE, TASK, Engine
from tests.backend.conflicts.versions import a_version

STATUS = a_version("b", status="finished")
NAME = a_version("a", name={"en": "Walls", "it": "Dipingere"})
OTHER_NAME = a_version("c", name={"en": "Doors", "it": "Dipingere"})

Both = tuple[Engine, Engine]


@pytest.fixture
async def servers(tmp_path: Path) -> AsyncIterator[Both]:
    both = Engine(SqliteStore(tmp_path / "a.db")), Engine(SqliteStore(tmp_path / "b.db"))
    for one in both:
        await one.opens()
    yield both
    for one in both:
        await one.store.close()


async def replicates(source: Engine, target: Engine) -> Report:
    return await replicate(source.peer, target.peer, session="s")


async def test_one_round_makes_two_servers_equal_and_then_nobody_writes_any_more(servers: Both) -> None:
    one, other = servers
    await one.hears(STATUS)
    await other.hears(NAME)
    await replicates(one, other)
    await other.settles()
    await replicates(other, one)
    numbers = one.store.number, other.store.number
    await one.settles()
    again = [await replicates(one, other), await replicates(other, one)]
    await other.settles()
    assert one.trees() == other.trees()
    assert (one.store.number, other.store.number) == numbers
    assert [report.written for report in again] == [0, 0]
    found, same = one.database.get(TASK), other.database.get(TASK)
    assert found
    assert same
    assert found.as_dict() == same.as_dict()
    assert (found.content["status"], found.content["name"]["en"]) == ("finished", "Walls")


async def test_two_servers_that_merge_at_the_same_time_make_the_same_revisions(servers: Both) -> None:
    one, other = servers
    await one.hears(STATUS, NAME)
    await other.hears(NAME, STATUS)
    await asyncio.gather(one.settles(), other.settles())
    numbers = one.store.number, other.store.number
    assert [(await replicates(one, other)).written, (await replicates(other, one)).written] == [0, 0]
    assert one.trees() == other.trees()
    assert (one.store.number, other.store.number) == numbers


async def test_what_contradicts_stays_in_both_versions_on_both_servers(servers: Both) -> None:
    one, other = servers
    await one.hears(OTHER_NAME, STATUS)
    await one.settles()
    await other.hears(NAME)
    for _ in range(2):
        await replicates(one, other)
        await other.settles()
        await replicates(other, one)
        await one.settles()
    assert one.trees() == other.trees()
    for server in servers:
        with server.store.read(SPACE) as tx:
            [conflict], _ = queries.listed(tx, None)
        assert (conflict.id, conflict.members, len(conflict.revisions)) == (TASK, ("name",), 2)
