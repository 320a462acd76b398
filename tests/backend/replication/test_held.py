"""Work that came before what it belongs to."""

from datetime import timedelta

import pytest

from backend.kit.ids import new_ulid
from backend.replication.held import HeldWork
from sync.database import Database
from tests.backend.replication.conftest import Neighbours
from tests.backend.world import World, contribution, revised, written


@pytest.fixture
def held_work(world: World) -> HeldWork:
    return HeldWork(world.doorkeeper, world.spaces, world.clock)


def a_task(world: World, member: str) -> dict:
    return written(member, "task", new_ulid(), parent=world.items["build"], order="a1", name={"en": "Sow"})


async def test_a_contribution_that_came_too_early_appears_when_its_task_does(
    world: World, neighbours: Neighbours, held_work: HeldWork
) -> None:
    task = a_task(world, neighbours.as_janis)
    early = contribution(neighbours.as_ilze, task["_id"].split(":")[2])
    assert await world.sends(neighbours.ilze, early) == [], "acknowledged, so the phone need not send it again"
    assert world.stored(early["_id"]) is None
    assert world.held() == [early["_id"]]

    before = world.store.number
    await world.sends(neighbours.janis, task)
    await held_work.follow(before)
    assert world.stored(early["_id"])
    assert world.held() == []


async def test_a_whole_branch_that_came_upside_down_is_put_together(
    world: World, neighbours: Neighbours, held_work: HeldWork
) -> None:
    objective = written(
        neighbours.as_janis, "objective", parent=world.items["deliver"], order="a1", name={"en": "Grow"}
    )
    task = {**a_task(world, neighbours.as_janis), "parent": objective["_id"].split(":")[2]}
    words = contribution(neighbours.as_ilze, task["_id"].split(":")[2])
    since = world.store.number
    await world.sends(neighbours.ilze, words)
    await world.sends(neighbours.janis, task)
    await world.sends(neighbours.janis, objective)
    for _ in range(2):
        since = await held_work.follow(since)
    assert world.held() == []
    assert all(world.stored(one["_id"]) for one in (objective, task, words))


async def test_what_nothing_ever_came_for_is_rescued_after_thirty_days(
    world: World, neighbours: Neighbours, held_work: HeldWork
) -> None:
    early = contribution(neighbours.as_ilze, new_ulid(), "Three gates are broken.\nAnd a bench.")
    await world.sends(neighbours.ilze, early)
    await held_work.sweep()
    assert world.held() == [early["_id"]], "not yet"

    [kept] = Database(world.store, world.space).held()
    world.clock.at = world.clock.at.fromtimestamp(kept.at, world.clock.at.tzinfo) + timedelta(days=30, seconds=1)
    await held_work.sweep()
    assert world.held() == []
    rescued = world.stored(f"all:rescued:{world.space}~{early['_id']}~{early['_rev']}", f"person-{neighbours.ilze.id}")
    assert rescued is not None
    assert rescued["reason"] == "late"
    assert "30" in rescued["sentence"]
    assert rescued["title"] == "Three gates are broken."
    assert rescued["document"]["text"] == early["text"]
    assert rescued["document"]["_rev"] == early["_rev"]


async def test_what_is_refused_when_its_task_arrives_is_rescued(
    world: World, neighbours: Neighbours, held_work: HeldWork
) -> None:
    liga = await world.person("Līga")
    member = await world.joins(liga, target=world.items["walk"])
    task = a_task(world, neighbours.as_janis)
    early = contribution(member, task["_id"].split(":")[2])
    await world.sends(liga, early)
    before = world.store.number
    await world.sends(neighbours.janis, task)
    await held_work.follow(before)
    assert world.stored(early["_id"]) is None
    assert world.held() == []
    [rescued] = await world.spaces.list(f"person-{liga.id}", "all", "rescued")
    assert rescued["reason"] == "create"


async def test_of_a_refused_edit_only_what_its_author_changed_is_rescued(
    world: World, neighbours: Neighbours, held_work: HeldWork
) -> None:
    task = world.stored(f"all:task:{world.items['walk']}")
    assert task is not None
    ahead = revised(task, v=2, status="finished", by=neighbours.as_ilze)
    assert await world.sends(neighbours.ilze, ahead) == []
    world.clock.pass_days(4_000)
    await held_work.sweep()
    [rescued] = await world.spaces.list(f"person-{neighbours.ilze.id}", "all", "rescued")
    assert rescued["document"]["status"] == "finished"
    assert "name" not in rescued["document"]
    assert rescued["title"] == "Walk"


async def test_a_rescue_that_is_done_twice_is_there_once(
    world: World, neighbours: Neighbours, held_work: HeldWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is killed between the rescue and letting go of what was held."""
    early = contribution(neighbours.as_ilze, new_ulid())
    await world.sends(neighbours.ilze, early)
    world.clock.pass_days(4_000)

    async def killed(*_: object) -> None:
        raise ConnectionAbortedError

    with monkeypatch.context() as power_cut:
        power_cut.setattr(Database, "drop", killed)
        with pytest.raises(ConnectionAbortedError):
            await held_work.sweep()
    assert world.held() == [early["_id"]]
    await held_work.sweep()
    assert world.held() == []
    assert len(await world.spaces.list(f"person-{neighbours.ilze.id}", "all", "rescued")) == 1


async def test_a_document_of_a_newer_version_is_kept_for_a_newer_server(
    world: World, neighbours: Neighbours, held_work: HeldWork
) -> None:
    ahead = revised({**contribution(neighbours.as_ilze, world.items["walk"]), "v": 2})
    strange = {**contribution(neighbours.as_ilze, world.items["walk"]), "v": 2, "text": ["another"], "name": "form"}
    assert await world.sends(neighbours.ilze, ahead, strange) == []
    await held_work.sweep()
    assert world.held() == [ahead["_id"], strange["_id"]]
    world.clock.pass_days(4_000)
    await held_work.sweep()
    assert world.held() == []
    titles = [one["title"] for one in await world.spaces.list(f"person-{neighbours.ilze.id}", "all", "rescued")]
    assert sorted(titles) == ["", "I was there."]
