"""A phone that is up to date asks once, is told in a few hundred bytes, and nobody opens the rows for it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.kit.engine import PooledSQLiteEngine
from backend.people.tables import Membership
from tests.backend.visits import Visits, visits
from tests.backend.world import a_process, contribution

FEW_BYTES = 2_000


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Visits]:
    async with visits(tmp_path) as house:
        janis, ilze = await house.world.person("janis"), await house.world.person("ilze")
        await a_process(house.world, janis)
        member = await house.world.joins(ilze)
        await house.world.sends(ilze, contribution(member, house.world.items["paint"]))
        yield house


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the rows were asked."""
    asked: list[str] = []
    run = PooledSQLiteEngine._run

    async def noting(self: PooledSQLiteEngine, sql: str, arguments: Any) -> Any:
        asked.append(sql)
        return await run(self, sql, arguments)

    monkeypatch.setattr(PooledSQLiteEngine, "_run", noting)
    return asked


def size(answer: httpx.Response) -> int:
    lines = [f"{name}: {value}\r\n" for name, value in answer.headers.items()]
    return len("HTTP/1.1 200 OK\r\n\r\n") + sum(map(len, lines)) + len(answer.content)


async def test_nothing_new_is_one_small_answer_without_a_question_to_the_rows(house, questions) -> None:
    phone = await house.of("ilze@example.org")
    first = await phone.get("/db/_db_updates")
    questions.clear()
    again = await phone.get("/db/_db_updates", params={"since": first.json()["last_seq"]})
    assert again.json() == {"results": [], "last_seq": first.json()["last_seq"]}
    assert size(again) < FEW_BYTES
    assert questions == []


async def test_a_phone_that_syncs_is_asked_once_who_it_is(house, questions) -> None:
    phone = await house.of("ilze@example.org")
    space = f"/db/{house.world.space}"
    await phone.get(space)
    questions.clear()
    for address in ("", "/_changes", "/_all_docs", "/_local/checkpoint"):
        await phone.get(space + address)
    await phone.post(f"{space}/_bulk_docs", json={"docs": [], "new_edits": False})
    assert questions == []


async def test_a_right_taken_away_counts_at_the_next_request(house) -> None:
    phone = await house.of("ilze@example.org")
    space = f"/db/{house.world.space}"
    assert (await phone.get(space)).status_code == 200
    await Membership.update({Membership.left: house.world.clock()}).where(Membership.name == "ilze")
    assert (await phone.get(space)).status_code == 404


async def test_who_signed_out_is_known_no_more(house) -> None:
    phone = await house.of("ilze@example.org")
    space = f"/db/{house.world.space}"
    assert (await phone.get(space)).status_code == 200
    cookies = dict(phone.cookies)
    await phone.delete("/api/v1/session")
    phone.cookies.update(cookies)
    assert (await phone.get(space)).status_code == 401
