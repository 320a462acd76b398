"""Two people, one task: what the server makes of their work, and who is told what waits."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backend.conflicts import queries
from backend.conflicts.actions import Conflicts
from backend.replication.registry import TYPES
from tests.backend.visits import Visits, visits
from tests.backend.world import World, a_process, contribution, deleted, revised


@dataclass
class Garden:
    """Jānis administers, Ilze contributes everywhere, Līga in one task only; each with a phone."""

    visits: Visits
    people: dict[str, Any]
    members: dict[str, str]
    conflicts: Conflicts
    since: int = 0

    @property
    def world(self) -> World:
        return self.visits.world

    def task(self, key: str = "paint") -> dict[str, Any]:
        found = self.world.stored(f"all:task:{self.world.items[key]}")
        assert found
        return found

    async def sends(self, name: str, document: dict[str, Any]) -> str:
        """What became of it: nothing, or the word of the refusal."""
        signed = document if "_deleted" in document else revised_by(document, self.members[name])
        refused = await self.world.sends(self.people[name], signed)
        return refused[0].reason.partition(":")[0] if refused else ""

    async def settles(self) -> None:
        self.since = await self.conflicts.follow(self.since)

    async def listed(self, name: str, **query: str) -> Any:
        browser = await self.visits.of(f"{name}@example.org")
        return await browser.get(f"/api/v1/processes/{self.world.process}/conflicts", params=query)


def revised_by(document: dict[str, Any], member: str) -> dict[str, Any]:
    return {**document, "by": member}


@pytest.fixture
async def garden(tmp_path: Path) -> AsyncIterator[Garden]:
    async with visits(tmp_path) as house:
        world = house.world
        people = {name: await world.person(name) for name in ("janis", "ilze", "liga")}
        await a_process(world, people["janis"])
        members = {
            "janis": await world.member(people["janis"]),
            "ilze": await world.joins(people["ilze"]),
            "liga": await world.joins(people["liga"], target=world.items["walk"]),
        }
        yield Garden(house, people, members, Conflicts(world.store, TYPES))


@pytest.mark.parametrize("first", ["janis", "ilze"])
async def test_a_new_name_and_a_status_said_offline_both_survive_in_whatever_order_they_arrive(
    garden: Garden, first: str
) -> None:
    task = garden.task()
    work = {
        "janis": revised(task, name={"en": "Paint the fence"}),
        "ilze": revised(task, status="finished"),
    }
    for name in sorted(work, key=lambda one: one != first):
        assert await garden.sends(name, work[name]) == ""
    await garden.settles()
    shown = garden.task()
    assert (shown["name"], shown["status"]) == ({"en": "Paint the fence"}, "finished")
    assert (await garden.listed("janis")).json() == {"conflicts": [], "after": None}


async def test_a_contributor_who_pretends_to_have_been_offline_long_gets_nothing_else_in(garden: Garden) -> None:
    """A branch of fifty made-up edits wins by its length, but only until it is merged, and with one member only."""
    task = garden.task()
    renamed = revised(task, name={"en": "Paint the fence"}, order="a7")
    assert await garden.sends("janis", renamed) == ""
    made_up = revised(task, status="finished")
    ids = [
        made_up["_revisions"]["ids"][0],
        *(f"{number:032x}" for number in range(49)),
        *made_up["_revisions"]["ids"][1:],
    ]
    long = {**made_up, "_rev": f"{len(ids)}-{ids[0]}", "_revisions": {"start": len(ids), "ids": ids}}
    assert await garden.sends("ilze", {**long, "name": {"en": "Mine now"}}) == "edit"
    assert await garden.sends("ilze", long) == ""
    await garden.settles()
    shown = garden.task()
    assert (shown["name"], shown["order"], shown["status"]) == ({"en": "Paint the fence"}, "a7", "finished")


async def test_a_status_does_not_bring_a_deleted_task_back_in_whatever_order_they_arrive(garden: Garden) -> None:
    for key, first in (("paint", "deletion"), ("choose", "status")):
        task = garden.task(key)
        status = revised(task, status="finished")
        if first == "status":
            assert await garden.sends("ilze", status) == ""
        assert await garden.sends("janis", deleted(task)) == ""
        if first == "deletion":
            assert await garden.sends("ilze", status) == "create", "refused, so the phone rescues it"
        await garden.settles()
        assert garden.world.stored(task["_id"]) is None


async def test_contradicting_names_are_listed_until_somebody_chooses(garden: Garden) -> None:
    task = garden.task()
    one, other = (revised(task, name={"en": name}) for name in ("Fence", "Wall"))
    assert [await garden.sends("janis", version) for version in (one, other)] == ["", ""]
    await garden.settles()
    [conflict] = (await garden.listed("ilze")).json()["conflicts"]
    assert conflict["id"] == task["_id"]
    assert sorted(conflict["revisions"]) == sorted([one["_rev"], other["_rev"]])
    assert conflict["members"] == ["name"]

    given_up = one if garden.task()["_rev"] == other["_rev"] else other
    assert await garden.sends("janis", deleted(given_up)) == ""
    await garden.settles()
    assert (await garden.listed("ilze")).json()["conflicts"] == []


async def test_conflicts_of_what_one_may_not_read_are_not_listed(garden: Garden) -> None:
    words = contribution(garden.members["ilze"], garden.world.items["paint"])
    assert [await garden.sends("ilze", one) for one in (words, revised(words, text="A"), revised(words, text="B"))] == [
        "",
        "",
        "",
    ]
    await garden.settles()
    assert len((await garden.listed("ilze")).json()["conflicts"]) == 1
    assert (await garden.listed("liga")).json()["conflicts"] == []
    stranger = await garden.visits.stranger()
    address = f"/api/v1/processes/{garden.world.process}/conflicts"
    assert (await stranger.get(address)).status_code == 401
    await garden.world.person("edgars")
    edgars = await garden.visits.of("edgars@example.org")
    assert (await edgars.get(address)).status_code == 404
    assert (await edgars.get("/api/v1/processes/01arz3ndektsv4rrffq69g5fav/conflicts")).status_code == 404


async def test_a_long_list_comes_in_pages(garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    wanted = []
    for _ in range(3):
        words = contribution(garden.members["ilze"], garden.world.items["paint"])
        wanted.append(words["_id"])
        for one in (words, revised(words, text="A"), revised(words, text="B")):
            await garden.sends("ilze", one)
    await garden.settles()
    first = (await garden.listed("ilze")).json()
    last = (await garden.listed("ilze", after=first["after"])).json()
    assert [one["id"] for one in (*first["conflicts"], *last["conflicts"])] == sorted(wanted)
    assert last["after"] is None


async def test_a_merge_that_moves_an_item_moves_what_hangs_on_it(garden: Garden) -> None:
    """The tree that rights follow hears of a merge as of any other change."""
    world = garden.world
    task = garden.task("paint")
    await garden.sends("janis", revised(task, parent=world.items["decide"]))
    await garden.sends("janis", revised(task, status="finished"))
    await garden.settles()
    assert garden.task("paint")["parent"] == world.items["decide"]
    gatis = await world.person("gatis")
    await world.joins(gatis, target=world.items["decide"])
    assert world.items["paint"] in await world.sees(gatis)
