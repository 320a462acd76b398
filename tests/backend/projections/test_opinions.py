"""People rate what everybody can see: stars together, words under a name of their own choice, nobody ranked."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.accounts.domain import Person
from backend.catalogue.documents import INTERLINKER
from backend.catalogue.ratings import SAID
from backend.kit.envelope import written_by_server
from backend.kit.spaces import COMMONS
from backend.projections import everything
from backend.projections.follower import Follower
from backend.projections.opinions import Opinions
from backend.replication.registry import TYPES
from tests.backend.world import World, a_process, a_world

THING = "interlinker~agreement"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as one:
        await a_process(one, await one.person("Jānis"))
        members: dict[str, Any] = {
            "kind": "knowledge",
            "name": {"en": "Agreement"},
            "description": {"en": "<p>Sign.</p>"},
        }
        lists: dict[str, Any] = {
            name: [] for name in ("profiles", "targets", "types", "scopes", "languages", "snapshots")
        }
        members |= lists | {"tags": {}, "difficulty": "easy", "licence": "permissive"}
        block = written_by_server(INTERLINKER, "agreement", members, lang="en", at=one.clock())
        await one.spaces.write(COMMONS, [block])
        yield one


@pytest.fixture
def follower(world: World) -> Follower:
    return everything.follower(world.store, world.spaces, world.clock, TYPES)


def the_opinions(world: World) -> Opinions:
    return Opinions(world.store, world.spaces, world.clock)


def rating(person: Person, thing: str = THING, **members: Any) -> dict[str, Any]:
    return {
        "_id": f"all:rating:{thing}",
        "type": "rating",
        "v": 1,
        "lang": "lv",
        "author": person.id,
        "by": person.id,
        "device": "phone",
        "at": "2026-11-20T10:00:00Z",
        "stars": 4,
        **members,
    }


async def rates(world: World, person: Person, thing: str = THING, **members: Any) -> None:
    space = f"person-{person.id}"
    await world.spaces.create(space)
    await world.spaces.write(space, [rating(person, thing, **members)])


def told(world: World, thing: str = THING) -> dict[str, Any] | None:
    return world.stored(f"all:opinions:{thing}", COMMONS)


async def test_everybody_sees_how_many_stars_and_the_words_with_the_name_their_author_chose(
    world: World, follower: Follower
) -> None:
    ilze, anna = await world.person("Ilze Bērziņa"), await world.person("Anna")
    await rates(world, ilze, stars=5, text="Derēja.", name="Lasītāja no Cesvaines")
    await rates(world, anna, stars=2)
    await follower.catch_up()
    found = told(world)
    assert found is not None
    assert (found["count"], found["mean"]) == (2, 3.5)
    [said] = found["said"]
    assert {name: said[name] for name in ("stars", "text", "name", "lang", "month")} == {
        "stars": 5,
        "text": "Derēja.",
        "name": "Lasītāja no Cesvaines",
        "lang": "lv",
        "month": "2026-11",
    }
    assert ilze.id not in str(found)
    assert "Bērziņa" not in str(found)


async def test_a_person_has_one_rating_and_may_change_it_or_take_it_back(world: World, follower: Follower) -> None:
    ilze = await world.person("Ilze")
    await rates(world, ilze, stars=1, text="No.")
    await rates(world, ilze, stars=5, text="Now I see.")
    await follower.catch_up()
    found = told(world)
    assert found is not None
    assert (found["count"], found["mean"], [one["text"] for one in found["said"]]) == (1, 5.0, ["Now I see."])
    await world.spaces.write(f"person-{ilze.id}", [{"_id": f"all:rating:{THING}", "_deleted": True}])
    await follower.catch_up()
    assert told(world) is None


async def test_what_a_person_says_of_two_things_cannot_be_joined(world: World, follower: Follower) -> None:
    ilze = await world.person("Ilze")
    await world.spaces.write(COMMONS, [{**(world.stored("all:interlinker:agreement", COMMONS) or {}), **OTHER}])
    await rates(world, ilze, text="One.")
    await rates(world, ilze, "interlinker~other", text="Two.")
    await follower.catch_up()
    first, second = told(world), told(world, "interlinker~other")
    assert first
    assert second
    assert first["said"][0]["key"] != second["said"][0]["key"]


OTHER = {"_id": "all:interlinker:other"}


async def test_only_the_newest_words_travel_but_all_stars_count(world: World, follower: Follower) -> None:
    for number in range(SAID + 3):
        await rates(world, await world.person(f"P{number}"), text=f"words {number}", stars=3)
    await follower.catch_up()
    found = told(world)
    assert found is not None
    assert found["count"] == SAID + 3
    assert [one["text"] for one in found["said"]] == [f"words {number}" for number in range(SAID + 2, 2, -1)]


@pytest.mark.parametrize(
    ("thing", "members"),
    [
        ("interlinker~nowhere", {}),
        ("member~agreement", {}),
        ("interlinker~a/b", {}),
        (THING, {"stars": 9}),
        (THING, {"text": "x" * 1_001}),
        (THING, {"v": 2}),
    ],
    ids=["of nothing", "of a person", "of a path", "nine stars", "too long", "newer than we are"],
)
async def test_what_is_no_rating_is_not_shown(
    world: World, follower: Follower, thing: str, members: dict[str, Any]
) -> None:
    await rates(world, await world.person("Ilze"), thing, **members)
    await follower.catch_up()
    assert await world.spaces.list(COMMONS, "all", "opinions") == []


async def test_rebuilt_from_zero_gives_the_same_and_writes_nothing_new(world: World, follower: Follower) -> None:
    for name in ("Ilze", "Anna"):
        await rates(world, await world.person(name), text=f"{name} was here")
    await follower.catch_up()
    before, number = told(world), world.store.number
    world.clock.pass_days(1)
    await follower.rebuild()
    assert told(world) == before
    assert world.store.number == number


async def test_a_rebuild_takes_back_what_nobody_stands_behind(world: World, follower: Follower) -> None:
    ilze = await world.person("Ilze")
    await rates(world, ilze)
    await follower.catch_up()
    await world.store.delete(f"person-{ilze.id}")
    await follower.rebuild()
    assert told(world) is None


async def test_with_the_account_go_its_opinions(world: World, follower: Follower) -> None:
    ilze, anna = await world.person("Ilze"), await world.person("Anna")
    await rates(world, ilze, stars=1, text="Mine.")
    await rates(world, anna, stars=5)
    await follower.catch_up()
    opinions, space = the_opinions(world), f"person-{ilze.id}"
    rated = opinions.rated_in(space)
    await world.store.delete(space)
    await opinions.take_back(ilze.id, rated)
    found = told(world)
    assert found is not None
    assert (found["count"], found["said"]) == (1, [])
    assert opinions.rated_in(space) == []


async def test_what_an_administrator_of_the_server_took_away_never_comes_back(world: World, follower: Follower) -> None:
    ilze, anna = await world.person("Ilze"), await world.person("Anna")
    await rates(world, ilze, stars=1, text="A slander.")
    await rates(world, anna, stars=5, text="Good.")
    await follower.catch_up()
    opinions, found = the_opinions(world), told(world)
    assert found is not None
    slander = next(one["key"] for one in found["said"] if one["text"] == "A slander.")
    assert await opinions.withhold(THING, slander)
    await rates(world, ilze, stars=1, text="The slander again.")
    await follower.rebuild()
    found = told(world)
    assert found is not None
    assert (found["count"], [one["text"] for one in found["said"]]) == (1, ["Good."])
    assert not await opinions.withhold(THING, "nobody")
