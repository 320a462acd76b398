"""Rows under load: everybody is served in turn, and nothing stays open behind somebody who gave up."""

import asyncio
import contextvars
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from piccolo.columns import Integer, Varchar
from piccolo.table import Table

from backend.kit.engine import PooledSQLiteEngine
from backend.kit.transactions import bind, transaction

WRITERS = 200


class Purse(Table):
    owner = Varchar(length=20, unique=True)
    coins = Integer()


class Coin(Table):
    owner = Varchar(length=20)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[PooledSQLiteEngine]:
    engine = PooledSQLiteEngine(tmp_path / "rows.db")
    await engine.start_connection_pool()
    bind((Purse, Coin), engine)
    await Purse.create_table()
    await Coin.create_table()
    await Purse(owner="town", coins=0).save()
    yield engine
    await engine.close_connection_pool()


async def coins() -> int:
    rows = await Purse.select(Purse.coins).where(Purse.owner == "town")
    return rows[0]["coins"]


async def read_then_write() -> None:
    async with transaction(Purse):
        seen = await coins()
        await asyncio.sleep(0)
        await Purse.update({Purse.coins: seen + 1}).where(Purse.owner == "town")


async def test_two_hundred_who_read_and_then_write_at_once_are_all_counted(engine):
    await asyncio.gather(*(read_then_write() for _ in range(WRITERS)))

    assert await coins() == WRITERS


async def test_readers_see_the_last_commit_while_somebody_writes(engine):
    async with transaction(Purse):
        await Purse.update({Purse.coins: 7}, force=True)
        seen_outside = await asyncio.create_task(_outside(coins))

    assert seen_outside == 0
    assert await coins() == 7


async def test_a_transaction_that_fails_leaves_nothing(engine):
    async def change_ones_mind() -> None:
        async with transaction(Purse):
            await Purse.update({Purse.coins: 5}, force=True)
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        await change_ones_mind()

    assert await coins() == 0


async def test_somebody_who_is_cancelled_in_the_middle_leaves_nothing_and_holds_nobody_up(engine):
    inside = asyncio.Event()

    async def give_up() -> None:
        async with transaction(Purse):
            await Purse.update({Purse.coins: 99}, force=True)
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(give_up())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await asyncio.wait_for(read_then_write(), 5)
    assert await coins() == 1


@pytest.mark.parametrize("steps", range(12))
async def test_a_task_cancelled_at_any_moment_is_kept_whole_or_not_at_all(engine, steps):
    async def pay() -> None:
        async with transaction(Purse):
            await Purse.update({Purse.coins: Purse.coins + 1}, force=True)
            await Coin(owner="town").save()

    task = asyncio.create_task(pay())
    for _ in range(steps):
        await asyncio.sleep(0.0005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    await asyncio.wait_for(read_then_write(), 5)
    assert await coins() - 1 == await Coin.count()


async def test_a_task_that_outlives_its_transaction_writes_on_its_own(engine):
    later = asyncio.Event()

    async def afterwards() -> None:
        await later.wait()
        await Purse.update({Purse.coins: 3}, force=True)

    async with transaction(Purse):
        task = asyncio.create_task(afterwards())
    later.set()
    await task

    assert await coins() == 3


async def test_a_transaction_inside_another_belongs_to_it(engine):
    async def fail_outside() -> None:
        async with transaction(Purse):
            async with transaction(Purse):
                await Purse.update({Purse.coins: 5}, force=True)
            raise RuntimeError("after the inner one")

    with pytest.raises(RuntimeError, match="after the inner one"):
        await fail_outside()

    assert await coins() == 0


async def test_what_is_kept_survives_a_power_cut_as_far_as_sqlite_can_promise(engine):
    settings = {}
    for name in ("journal_mode", "synchronous", "foreign_keys"):
        async with engine.writer() as connection:
            rows = list(await connection.execute_fetchall(f"PRAGMA {name}"))
        settings |= rows[0]

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def _outside(question):
    """Ask in a task that is no part of the caller's transaction."""
    return await asyncio.get_running_loop().create_task(question(), context=contextvars.Context())
