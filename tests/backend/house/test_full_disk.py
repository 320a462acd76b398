"""The disk is full, under the rows or under the documents: writing is refused plainly, reading goes on, room mends it.

A file that may not grow any more is what SQLite meets on a full disk, down to the error it gives.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from backend.accounts.tables import Account
from backend.kit.errors import Problem
from backend.kit.ratelimit import RateLimit
from tests.backend.visits import Visits, visits
from tests.backend.world import a_process, contribution

PLENTY = 1_000_000_000
TRIES = 50


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Visits]:
    async with visits(tmp_path) as house:
        janis = await house.world.person("janis")
        await a_process(house.world, janis)
        yield house


@asynccontextmanager
async def full(house: Visits, file: str) -> AsyncIterator[None]:
    """No page more in this file, and none of its free ones left."""
    if file == "rows.db":
        engine = Account._meta.db

        async def ask(pragma: str) -> int:
            async with engine.writer() as connection:
                return next(iter((await connection.execute_fetchall(f"PRAGMA {pragma}"))[0].values()))
    else:

        async def ask(pragma: str) -> int:
            return house.house.store._connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    await ask(f"max_page_count = {await ask('page_count')}")
    yield
    await ask(f"max_page_count = {PLENTY}")


async def refused(write: Callable[[], object]) -> httpx.Response:
    """The answer that says no, after what room there was inside the file is used up."""
    for _ in range(TRIES):
        answer = await write()
        if not answer.is_success:
            return answer
    raise AssertionError("the file still grows")


async def many_people(house: Visits) -> None:
    for number in range(PLENTY):
        await house.world.person(f"somebody {number} {'x' * 200}")


@pytest.mark.parametrize("file", ["rows.db", "spaces.db"])
async def test_who_starts_a_process_is_told_plainly_and_can_do_it_when_there_is_room(house, file, monkeypatch):
    monkeypatch.setattr(RateLimit, "take", lambda *_: 0.0)  # it takes some until the last free page is used up
    janis = await house.of("janis@example.org")
    asked = {"schema": "garden", "language": "lv", "name": "Vēl viens dārzs"}

    async def start() -> httpx.Response:
        return await janis.post("/api/v1/processes", json=asked)

    async with full(house, file):
        answer = await refused(start)
        assert (answer.status_code, answer.json()["code"]) == (507, "no_space_left")
        assert int(answer.headers["retry-after"]) > 0
        assert (await janis.get("/api/v1/spaces")).status_code == 200
    assert (await start()).status_code == 201


async def test_work_that_finds_no_room_is_refused_whole_and_sent_again_later(house):
    janis = await house.of("janis@example.org")
    member = (await janis.get("/api/v1/spaces")).json()["spaces"]
    me = next(one["member"] for one in member if one["kind"] == "process")
    space, item = f"/db/{house.world.space}", house.world.items["walk"]

    def batch() -> dict:
        return {"new_edits": False, "docs": [contribution(me, item, "x" * 19_000) for _ in range(20)]}

    sent = [batch()]

    async def push() -> httpx.Response:
        sent.append(batch())
        return await janis.post(f"{space}/_bulk_docs", json=sent[-1])

    async with full(house, "spaces.db"):
        answer = await refused(push)
        assert (answer.status_code, answer.json()["error"]) == (503, "insufficient_storage")
        assert int(answer.headers["retry-after"]) > 0
        assert [house.world.stored(one["_id"]) for one in sent[-1]["docs"]] == [None] * 20
        assert (await janis.get(f"{space}/_changes")).status_code == 200
        assert (await janis.get(f"{space}/_all_docs?include_docs=true")).status_code == 200
    again = await janis.post(f"{space}/_bulk_docs", json=sent[-1])
    assert (again.status_code, again.json()) == (201, [])


async def test_who_is_signed_in_goes_on_reading_on_another_day(house):
    """What the server would note about a session is not worth keeping somebody out."""
    janis = await house.of("janis@example.org")
    async with full(house, "rows.db"):
        with pytest.raises(Problem):
            await many_people(house)
        house.world.clock.pass_days(1)
        assert (await janis.get("/api/v1/session")).json()["account"]
        assert (await janis.get(f"/db/{house.world.space}/_changes")).status_code == 200
        assert (await janis.get("/db/_db_updates")).status_code == 200
