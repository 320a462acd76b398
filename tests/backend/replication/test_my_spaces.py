"""`GET /api/v1/spaces` and `POST /api/v1/processes`: what a device asks before it replicates."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.backend.visits import Visits, visits
from tests.backend.world import a_process, contribution

PHOTO = b"\xff\xd8\xff\xe0" + b"a photo" * 100


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Visits]:
    async with visits(tmp_path) as one:
        janis = await one.world.person("janis")
        await a_process(one.world, janis)
        yield one


async def test_a_stranger_has_the_commons_alone(house: Visits) -> None:
    told = (await (await house.stranger()).get("/api/v1/spaces")).json()
    assert told["account"] is None
    assert told["server"] == house.house.secrets.server_id
    [commons] = told["spaces"]
    assert (commons["name"], commons["kind"], commons["documents"]) == ("commons", "commons", 1)


async def test_a_member_has_the_commons_the_process_and_a_space_of_their_own(house: Visits) -> None:
    told = (await (await house.of("janis@example.org")).get("/api/v1/spaces")).json()
    commons, process, own = told["spaces"]
    assert [commons["kind"], process["kind"], own["kind"]] == ["commons", "process", "person"]
    assert own["name"] == f"person-{told['account']}"
    assert process["name"] == house.world.space
    assert process["title"] == {"lv": "Mūsu dārzs"}
    assert process["administrator"] is True
    assert len(process["member"]) == 26
    assert process["documents"] == 12, "the process, nine items, a team, a grant"
    assert 2_000 < process["bytes"] < 20_000


async def test_sizes_count_only_what_the_person_may_read(house: Visits) -> None:
    world = house.world
    ilze, liga = await world.person("ilze"), await world.person("liga")
    as_ilze = await world.joins(ilze)
    await world.joins(liga, target=world.items["walk"])
    await world.sends(ilze, contribution(as_ilze, world.items["paint"], "x" * 10_000))
    browser = await house.of("ilze@example.org")
    where = f"/api/v1/files/{world.space}/{world.items['paint']}/{hashlib.sha256(PHOTO).hexdigest()}"
    assert (await browser.put(where, content=PHOTO)).status_code == 201

    async def seen(email: str) -> dict:
        told = (await (await house.of(email)).get("/api/v1/spaces")).json()
        return next(one for one in told["spaces"] if one["name"] == world.space)

    ilzes, ligas = await seen("ilze@example.org"), await seen("liga@example.org")
    assert (ilzes["files"], ilzes["fileBytes"]) == (1, len(PHOTO))
    assert (ligas["files"], ligas["fileBytes"]) == (0, 0)
    assert ilzes["documents"] == ligas["documents"] + 1
    assert ilzes["bytes"] > ligas["bytes"] + 9_000


async def test_whoever_is_signed_in_starts_a_process_and_finds_it_at_the_door(house: Visits) -> None:
    await house.world.person("ilze")
    browser = await house.of("ilze@example.org")
    wanted = {"schema": "garden", "language": "en", "name": "Our yard", "team_kind": "public_administration"}
    started = await browser.post("/api/v1/processes", json=wanted)
    assert started.status_code == 201
    space = started.json()["space"]
    process = await browser.get(f"/db/{space}/all:process:{started.json()['id']}")
    assert process.json()["name"] == {"en": "Our yard"}
    [team] = (await browser.get(f"/db/{space}/_all_docs?startkey=%22all:team:%22&limit=1&include_docs=true")).json()[
        "rows"
    ]
    assert team["doc"]["kind"] == "public_administration"


async def test_who_hears_no_answer_and_starts_again_has_one_process_and_another_person_their_own(house: Visits) -> None:
    await house.world.person("ilze")
    await house.world.person("liga")
    ilze, liga = await house.of("ilze@example.org"), await house.of("liga@example.org")
    wanted = {"schema": "garden", "language": "en", "name": "Our yard", "attempt": "01KAFTBV4Q0000000000000000"}
    answers = await asyncio.gather(*(ilze.post("/api/v1/processes", json=wanted) for _ in range(3)))
    assert {one.status_code for one in answers} == {201}
    [started] = {one.json()["space"] for one in answers}
    mine = [one for one in (await ilze.get("/api/v1/spaces")).json()["spaces"] if one["kind"] == "process"]
    assert [one["name"] for one in mine] == [started]
    phases = (await ilze.get(f"/db/{started}/_all_docs?startkey=%22all:phase:%22&endkey=%22all:phase:~%22")).json()
    assert len(phases["rows"]) == len({row["id"] for row in phases["rows"]}) > 0
    team = (await ilze.get(f"/db/{started}/_all_docs?startkey=%22all:team:%22&endkey=%22all:team:~%22")).json()
    assert len(team["rows"]) == 1
    theirs = await liga.post("/api/v1/processes", json=wanted)
    assert theirs.status_code == 201
    assert theirs.json()["space"] != started


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"schema": "castle", "language": "en", "name": "Ours"}, 422),
        ({"schema": "garden", "language": "English", "name": "Ours"}, 400),
        ({"schema": "garden", "language": "en", "name": ""}, 400),
        ({"schema": "garden", "language": "en", "name": "Ours", "attempt": "1"}, 400),
        ({"schema": "garden", "language": "en", "name": "Ours", "administrator": True}, 400),
    ],
    ids=["no such schema", "no language", "no name", "no ULID", "unknown member"],
)
async def test_a_process_that_cannot_be_is_not_started(house: Visits, body: dict, status: int) -> None:
    browser = await house.of("janis@example.org")
    assert (await browser.post("/api/v1/processes", json=body)).status_code == status
    assert len((await browser.get("/api/v1/spaces")).json()["spaces"]) == 3


async def test_who_is_not_signed_in_starts_nothing(house: Visits) -> None:
    wanted = {"schema": "garden", "language": "en", "name": "Ours"}
    assert (await (await house.stranger()).post("/api/v1/processes", json=wanted)).status_code == 401


async def test_the_privacy_register_is_open_to_everybody(house: Visits) -> None:
    told = (await (await house.stranger()).get("/api/v1/privacy/records.json")).json()
    assert {"contribution", "account", "stored_file"} <= {one["name"] for one in told["records"]}
