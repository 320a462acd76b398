"""What is remembered of the rows is never older than the last change of a table it came from."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from piccolo.columns import ForeignKey, Varchar
from piccolo.columns.base import OnDelete
from piccolo.engine.sqlite import SQLiteEngine
from piccolo.table import Table

from backend.kit.engine import PooledSQLiteEngine
from backend.kit.remembered import Remembered
from backend.kit.transactions import bind, transaction


class Town(Table):
    name = Varchar(length=20)


class Citizen(Table):
    name = Varchar(length=20)
    town = ForeignKey(Town, on_delete=OnDelete.cascade)


class Weather(Table):
    name = Varchar(length=20)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[PooledSQLiteEngine]:
    engine = PooledSQLiteEngine(tmp_path / "rows.db")
    await engine.start_connection_pool()
    bind((Town, Citizen, Weather), engine)
    for one in (Town, Citizen, Weather):
        await one.create_table()
    await Town(name="Liepāja").save()
    yield engine
    await engine.close_connection_pool()


class Register:
    """Tells who lives in town, and how often the rows were asked."""

    def __init__(self, **how: float) -> None:
        self.asked = 0
        self.now = 0.0
        self._remembered = Remembered[str, list[str]]([Citizen], clock=lambda: self.now, **how)

    async def citizens(self) -> list[str]:
        return await self._remembered.get("all", self._ask)

    async def _ask(self) -> list[str]:
        self.asked += 1
        return [row["name"] for row in await Citizen.select(Citizen.name)]


async def test_what_did_not_change_is_asked_once(engine):
    register = Register()
    first = await register.citizens()
    await Weather(name="rain").save()
    assert await register.citizens() is first
    assert register.asked == 1


async def test_every_way_to_change_a_row_is_seen(engine):
    register = Register()
    assert await register.citizens() == []
    await Citizen(name="Ilze", town=1).save()
    assert await register.citizens() == ["Ilze"]
    await Citizen.insert(Citizen(name="Jānis", town=1))
    assert await register.citizens() == ["Ilze", "Jānis"]
    await Citizen.update({Citizen.name: "Līga"}).where(Citizen.name == "Jānis")
    assert await register.citizens() == ["Ilze", "Līga"]
    await Citizen.delete().where(Citizen.name == "Ilze")
    assert await register.citizens() == ["Līga"]
    await Citizen.raw("WITH gone AS (SELECT 1) DELETE FROM citizen")
    assert await register.citizens() == []


async def test_a_row_that_goes_with_the_one_it_refers_to_is_seen(engine):
    register = Register()
    await Citizen(name="Ilze", town=1).save()
    assert await register.citizens() == ["Ilze"]
    await Town.delete(force=True)
    assert await register.citizens() == []


async def test_a_transaction_is_seen_when_it_is_over_also_by_who_asked_during_it(engine):
    register = Register()
    began, end = asyncio.Event(), asyncio.Event()

    async def joining() -> None:
        async with transaction(Citizen):
            await Citizen(name="Ilze", town=1).save()
            assert await register.citizens() == ["Ilze"]
            began.set()
            await end.wait()

    task = asyncio.create_task(joining())
    await began.wait()
    assert await Register().citizens() == []
    end.set()
    await task
    assert await register.citizens() == ["Ilze"]


async def test_what_was_seen_inside_a_transaction_that_failed_is_forgotten(engine):
    register = Register()

    async def joining_in_vain() -> None:
        async with transaction(Citizen):
            await Citizen(name="Ilze", town=1).save()
            assert await register.citizens() == ["Ilze"]
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await joining_in_vain()
    assert await register.citizens() == []


async def test_a_write_whose_writer_was_cancelled_is_seen(engine):
    register = Register()
    assert await register.citizens() == []

    async def joining() -> None:
        await Citizen(name="Ilze", town=1).save()

    task = asyncio.create_task(joining())
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await Weather(name="sun").save()  # queues behind what was sent
    there = [row["name"] for row in await Citizen.select(Citizen.name)]
    assert await register.citizens() == there


async def test_who_signs_in_does_not_make_the_others_be_asked_again(engine):
    await Citizen(name="Ilze", town=1).save()
    asked: list[str] = []
    remembered = Remembered[str, str | None]([Citizen], added=False)

    async def look(name: str) -> str | None:
        asked.append(name)
        rows = await Citizen.select(Citizen.name).where(Citizen.name == name)
        return rows[0]["name"] if rows else None

    for name in ("Ilze", "Jānis"):
        await remembered.get(name, lambda name=name: look(name))
    await Citizen(name="Jānis", town=1).save()
    assert await remembered.get("Ilze", lambda: look("Ilze")) == "Ilze"
    assert await remembered.get("Jānis", lambda: look("Jānis")) == "Jānis"
    assert asked == ["Ilze", "Jānis", "Jānis"]
    await Citizen.delete().where(Citizen.name == "Ilze")
    assert await remembered.get("Ilze", lambda: look("Ilze")) is None


async def test_an_answer_is_asked_for_again_after_a_while(engine):
    register = Register(seconds=60)
    await register.citizens()
    register.now = 59
    await register.citizens()
    assert register.asked == 1
    register.now = 61
    await register.citizens()
    assert register.asked == 2


async def test_no_more_is_kept_than_allowed(engine):
    register = Register(most=1)
    first = await register.citizens()
    assert await register._remembered.get("others", register._ask) is not first
    assert await register.citizens() is not first


async def test_where_others_may_write_too_nothing_is_remembered(tmp_path):
    bind((Town, Citizen), SQLiteEngine(str(tmp_path / "shared.db")))
    for one in (Town, Citizen):
        await one.create_table()
    register = Register()
    await register.citizens()
    await register.citizens()
    assert register.asked == 2
