"""People give their patterns and building blocks to everybody: sound, with a quality profile, and only by who may."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.accounts.domain import Person
from backend.kit.spaces import COMMONS
from backend.people import queries
from backend.processes.actions import start_process
from backend.processes.schemas import StartProcess
from backend.projections import everything
from backend.projections.follower import Follower
from backend.projections.own import commons_key
from backend.replication.registry import TYPES
from tests.backend.world import World, a_process, a_world, written

KEY = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
QUALITY: dict[str, Any] = {
    "version": "1",
    "owner": "Library of Madona",
    "accessibility": "partly",
    "privacy": "no_personal_data",
    "offline": True,
    "reviewed": "2026-11-20",
}


def item(key: str, *after: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": {"en": key, "lv": f"{key} (lv)"}, "after": list(after), **more}


def phases(*tasks: dict[str, Any]) -> list[dict[str, Any]]:
    objective = item("listen", profiles=[], tasks=[{"profiles": [], **one} for one in tasks])
    return [item("begin", codelivery=False, objectives=[objective])]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as one:
        await a_process(one, await one.person("Jānis"))
        yield one


@pytest.fixture
def follower(world: World) -> Follower:
    return everything.follower(world.store, world.spaces, world.clock, TYPES)


async def janis(world: World) -> tuple[Person, str]:
    """Who founded the process, and their member id."""
    [founder] = [one for one in await queries.members_of(world.process) if one.administrator]
    return Person(founder.account, "Jānis", "en"), founder.member


def a_schema(member: str, **more: Any) -> dict[str, Any]:
    members: dict[str, Any] = {"name": {"en": "Ours", "lv": "Mūsu"}, "licence": "permissive", "languages": ["en", "lv"]}
    content: dict[str, Any] = members | {"phases": phases(item("ask"), item("choose", "ask"))} | more
    return written(member, "own-schema", KEY, **content)


def a_block(member: str, **more: Any) -> dict[str, Any]:
    content: dict[str, Any] = {
        "kind": "knowledge",
        "name": {"en": "Tea round"},
        "overview": {"en": "Tea <script>alert(1)</script> first."},
        "instructions": {"en": "1. Boil water."},
        "profiles": ["someone-missing"],
        "difficulty": "easy",
        "licence": "permissive",
        "languages": ["en"],
        "template": {"kind": "checklist", "text": {"en": "- Water\n- Cups"}},
    }
    return written(member, "own-interlinker", KEY, **content | more)


def published(member: str, about: str, revision: str, **quality: Any) -> dict[str, Any]:
    members: dict[str, Any] = {"about": about, "revision": revision, "quality": QUALITY | quality}
    return written(member, "publication", KEY, **members)


def in_commons(world: World, kind: str) -> dict[str, Any] | None:
    return world.stored(f"all:{kind}:{commons_key(world.space, KEY)}", COMMONS)


async def test_a_draft_is_seen_by_everybody_once_an_administrator_published_it(
    world: World, follower: Follower
) -> None:
    founder, member = await janis(world)
    ilze = await world.person("Ilze")
    as_ilze = await world.joins(ilze)
    assert await world.sends(ilze, a_schema(as_ilze)) == []
    await follower.catch_up()
    assert in_commons(world, "schema") is None
    draft = world.stored(f"all:own-schema:{KEY}")
    assert draft
    [refused] = await world.sends(ilze, published(as_ilze, "own-schema", draft["_rev"]))
    assert refused
    assert await world.sends(founder, published(member, "own-schema", draft["_rev"])) == []
    await follower.catch_up()
    schema = in_commons(world, "schema")
    assert schema
    assert (schema["name"]["lv"], schema["quality"]["owner"]) == ("Mūsu", "Library of Madona")
    assert as_ilze not in str(schema)


async def test_a_process_can_be_started_from_a_published_schema(world: World, follower: Follower) -> None:
    founder, member = await janis(world)
    await world.sends(founder, a_schema(member))
    draft = world.stored(f"all:own-schema:{KEY}") or {}
    await world.sends(founder, published(member, "own-schema", draft["_rev"]))
    await follower.catch_up()
    key = commons_key(world.space, KEY)
    wanted = StartProcess(schema=key, language="lv", name="Again")
    started = await start_process(world.spaces, founder, wanted, world.clock())
    tasks = await world.spaces.list(started.space, "all", "task")
    assert sorted(one["name"]["lv"] for one in tasks) == ["ask (lv)", "choose (lv)"]


async def test_a_building_block_comes_clean_and_ready_to_use(world: World, follower: Follower) -> None:
    founder, member = await janis(world)
    await world.sends(founder, a_block(member))
    draft = world.stored(f"all:own-interlinker:{KEY}") or {}
    await world.sends(founder, published(member, "own-interlinker", draft["_rev"]))
    await follower.catch_up()
    block = in_commons(world, "interlinker")
    assert block
    assert "<script" not in block["description"]["en"]
    assert block["template"] == {"kind": "checklist", "text": {"en": "- Water\n- Cups"}}
    assert block["profiles"] == ["someone-missing"]


async def test_what_was_changed_since_stays_as_it_was_published_until_it_is_published_again(
    world: World, follower: Follower
) -> None:
    founder, member = await janis(world)
    await world.sends(founder, a_schema(member))
    draft = world.stored(f"all:own-schema:{KEY}") or {}
    await world.sends(founder, published(member, "own-schema", draft["_rev"]))
    await follower.catch_up()
    await world.spaces.write(world.space, [draft | {"name": {"en": "Changed"}}])
    await follower.catch_up()
    assert (in_commons(world, "schema") or {})["name"]["en"] == "Ours"
    changed = world.stored(f"all:own-schema:{KEY}") or {}
    publication = world.stored(f"all:publication:{KEY}") or {}
    await world.spaces.write(world.space, [publication | {"revision": changed["_rev"]}])
    await follower.catch_up()
    assert (in_commons(world, "schema") or {})["name"]["en"] == "Changed"


async def test_taking_back_the_publication_takes_it_from_everybody_also_at_a_rebuild(
    world: World, follower: Follower
) -> None:
    founder, member = await janis(world)
    await world.sends(founder, a_block(member))
    draft = world.stored(f"all:own-interlinker:{KEY}") or {}
    await world.sends(founder, published(member, "own-interlinker", draft["_rev"]))
    await follower.catch_up()
    number = world.store.number
    await follower.rebuild()
    assert world.store.number == number, "what was right is not written again"
    await world.spaces.write(world.space, [{"_id": f"all:publication:{KEY}", "_deleted": True}])
    await follower.rebuild()
    assert in_commons(world, "interlinker") is None


async def test_nothing_is_published_without_the_quality_that_is_asked_for(world: World) -> None:
    founder, member = await janis(world)
    await world.sends(founder, a_schema(member))
    draft = world.stored(f"all:own-schema:{KEY}") or {}
    for missing in QUALITY:
        publication = published(member, "own-schema", draft["_rev"])
        del publication["quality"][missing]
        [refused] = await world.sends(founder, publication)
        assert refused, missing
    [refused] = await world.sends(founder, published(member, "own-schema", draft["_rev"], owner=" "))
    assert refused


BROKEN = {
    "a circle": phases(item("ask", "choose"), item("choose", "ask")),
    "itself": phases(item("ask", "ask")),
    "nobody": phases(item("ask", "sing")),
    "twice": phases(item("ask"), item("ask")),
    "too many beside each other": phases(*(item(f"t{number}") for number in range(201))),
    "too many together": [
        item(
            f"p{phase}", codelivery=False, objectives=phases(*(item(f"t{one}") for one in range(200)))[0]["objectives"]
        )
        for phase in range(6)
    ],
    "nothing": [],
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
async def test_a_schema_that_nobody_could_begin_with_is_refused_with_its_place(
    world: World, broken: list[dict[str, Any]]
) -> None:
    founder, member = await janis(world)
    [refused] = await world.sends(founder, a_schema(member, phases=broken))
    assert "phases" in str(refused)
    assert world.stored(f"all:own-schema:{KEY}") is None


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://files.example", "https:// ", "//nowhere.example"])
async def test_a_building_block_leads_to_web_pages_only(world: World, link: str) -> None:
    founder, member = await janis(world)
    [refused] = await world.sends(founder, a_block(member, links={"en": link}))
    assert "links" in str(refused)
