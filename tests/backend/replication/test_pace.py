"""Who brings too much at once is told when to come again, and nothing of that request is written."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.replication import pace
from tests.backend.visits import Visits, visits
from tests.backend.world import a_process, contribution


class Watch:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch(monkeypatch):
    """The time by which the door counts."""
    watch = Watch()
    made = pace.RateLimit
    monkeypatch.setattr(pace, "RateLimit", lambda burst, seconds: made(burst, seconds, watch))
    return watch


@pytest.fixture
async def house(tmp_path: Path, watch: Watch):
    async with visits(tmp_path, documents_per_minute=50, megabytes_per_minute=1) as house:
        for name in ("janis", "ilze"):
            person = await house.world.person(name)
            if name == "janis":
                await a_process(house.world, person)
            else:
                house.as_ilze = await house.world.joins(person)
        yield house


def written(house: Visits, count: int, text: str = "I was there.") -> dict[str, Any]:
    item = house.world.items["walk"]
    return {"new_edits": False, "docs": [contribution(house.as_ilze, item, text) for _ in range(count)]}


async def push(house: Visits, who: httpx.AsyncClient, body: dict[str, Any]) -> httpx.Response:
    return await who.post(f"/db/{house.world.space}/_bulk_docs", json=body)


async def test_a_batch_larger_than_the_limit_passes_and_the_next_one_waits_for_it(house, watch):
    ilze = await house.of("ilze@example.org")
    assert (await push(house, ilze, written(house, 200))).json() == []

    batch = written(house, 1)
    refused = await push(house, ilze, batch)
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many_requests")
    assert house.world.stored(batch["docs"][0]["_id"]) is None
    wait = int(refused.headers["retry-after"])
    assert wait == 122  # two minutes' worth was there: what is owed, and one

    watch.seconds += wait - 2
    assert (await push(house, ilze, batch)).status_code == 429
    watch.seconds += 2
    assert (await push(house, ilze, batch)).json() == []


async def test_one_persons_haste_holds_nobody_else_up_and_reading_goes_on(house):
    ilze, janis = await house.of("ilze@example.org"), await house.of("janis@example.org")
    await push(house, ilze, written(house, 150))
    assert (await push(house, ilze, written(house, 1))).status_code == 429
    assert (await ilze.get(f"/db/{house.world.space}/_changes")).status_code == 200
    assert (await push(house, janis, {"new_edits": False, "docs": []})).status_code == 201


async def test_bytes_count_too(house):
    ilze = await house.of("ilze@example.org")
    for _ in range(10):
        assert (await push(house, ilze, written(house, 10, "x" * 20_000))).status_code == 201
    refused = await push(house, ilze, written(house, 1))
    assert refused.status_code == 429


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "COPY"])
async def test_every_way_to_write_counts(house, method):
    ilze = await house.of("ilze@example.org")
    await push(house, ilze, written(house, 150))
    space, [one] = f"/db/{house.world.space}", written(house, 1)["docs"]
    known = (await ilze.get(f"{space}/_changes?limit=1&descending=true")).json()["results"][0]
    address = f"{space}/{known['id']}?rev={known['changes'][0]['rev']}"
    asked = {
        "PUT": lambda: ilze.put(f"{space}/{one['_id']}", json=one),
        "POST": lambda: ilze.post(space, json=one),
        "DELETE": lambda: ilze.delete(address),
        "COPY": lambda: ilze.request("COPY", address, headers={"destination": one["_id"]}),
    }
    assert (await asked[method]()).status_code == 429


async def test_a_checkpoint_and_an_attachment_count_too(house):
    ilze = await house.of("ilze@example.org")
    await push(house, ilze, written(house, 150))
    space = f"/db/{house.world.space}"
    assert (await ilze.put(f"{space}/_local/x", json={})).status_code == 429
    assert (await ilze.put(f"{space}/x/y", content=b"x")).status_code == 429


async def test_who_is_not_signed_in_is_counted_by_the_household(house):
    stranger, other = await house.stranger(), await house.stranger()
    batch = {"new_edits": False, "docs": [{"_id": "all:schema:x", "_rev": "1-a"}] * 150}
    assert (await stranger.post("/db/commons/_bulk_docs", json=batch)).status_code == 201
    assert (await other.post("/db/commons/_bulk_docs", json=batch)).status_code == 429
    ilze = await house.of("ilze@example.org")
    assert (await push(house, ilze, written(house, 1))).status_code == 201
