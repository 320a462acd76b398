"""The gate inside the store's own transactions: what people write, and what comes of it."""

from backend.replication.index import erase
from sync.database import Database
from tests.backend.replication.conftest import Neighbours
from tests.backend.world import World, contribution, deleted, revised, written


async def test_a_member_contributes_to_a_task(world: World, neighbours: Neighbours) -> None:
    words = contribution(neighbours.as_ilze, world.items["interview"])
    assert await world.sends(neighbours.ilze, words) == []
    stored = world.stored(words["_id"])
    assert stored is not None
    assert stored["text"] == "I was there."


async def test_one_refusal_does_not_stop_its_neighbours(world: World, neighbours: Neighbours) -> None:
    good, forged, also_good = (contribution(neighbours.as_ilze, world.items["interview"]) for _ in range(3))
    refused = await world.sends(neighbours.ilze, good, {**forged, "author": neighbours.as_janis}, also_good)
    assert [(one.id, one.error) for one in refused] == [(forged["_id"], "forbidden")]
    assert refused[0].reason.startswith("author: ")
    assert world.stored(good["_id"])
    assert world.stored(also_good["_id"])


async def test_a_contribution_sent_twice_takes_effect_once(world: World, neighbours: Neighbours) -> None:
    words = contribution(neighbours.as_ilze, world.items["interview"])
    await world.sends(neighbours.ilze, words)
    number = world.store.number
    assert await world.sends(neighbours.ilze, words) == []
    assert world.store.number == number


async def test_what_was_stored_is_acknowledged_again_after_its_author_lost_the_right(
    world: World, neighbours: Neighbours
) -> None:
    liga = await world.person("Līga")
    member = await world.joins(liga, target=world.items["walk"])
    words = contribution(member, world.items["walk"])
    assert await world.sends(liga, words) == []
    await world.joins(liga, target=world.items["walk"], access=False, create=False)
    assert [
        one.reason.partition(":")[0] for one in await world.sends(liga, contribution(member, world.items["build"]))
    ] == ["create"]
    assert await world.sends(liga, words) == []


async def test_authors_change_and_delete_what_is_theirs(world: World, neighbours: Neighbours) -> None:
    words = contribution(neighbours.as_ilze, world.items["interview"])
    better = revised(words, text="I was there, twice.")
    await world.sends(neighbours.ilze, words)
    assert await world.sends(neighbours.ilze, better) == []
    assert await world.sends(neighbours.ilze, deleted(better)) == []
    assert world.stored(words["_id"]) is None


async def test_a_member_says_how_far_a_task_is(world: World, neighbours: Neighbours) -> None:
    task = world.stored(f"all:task:{world.items['walk']}")
    assert task is not None
    done = revised(task, status="finished", by=neighbours.as_ilze)
    assert await world.sends(neighbours.ilze, done) == []
    stored = world.stored(task["_id"])
    assert stored is not None
    assert stored["status"] == "finished"


async def test_a_member_does_not_rename_a_task(world: World, neighbours: Neighbours) -> None:
    task = world.stored(f"all:task:{world.items['walk']}")
    assert task is not None
    renamed = revised(task, name={"en": "Run"}, by=neighbours.as_ilze)
    assert [one.reason.partition(":")[0] for one in await world.sends(neighbours.ilze, renamed)] == ["edit"]
    assert await world.sends(neighbours.janis, revised(task, name={"en": "Run"}, by=neighbours.as_janis)) == []


async def test_erased_words_never_come_back_from_a_device_that_was_offline(
    world: World, neighbours: Neighbours
) -> None:
    words = contribution(neighbours.as_ilze, world.items["interview"])
    await world.sends(neighbours.ilze, words)
    await Database(world.store, world.space).transact(lambda tx: erase(tx, words["_id"]))
    back = revised(words, text="Here I am again.")
    assert [one.reason.partition(":")[0] for one in await world.sends(neighbours.ilze, back)] == ["erased"]


async def test_a_person_keeps_drafts_that_nobody_else_can_open(world: World, neighbours: Neighbours) -> None:
    own = f"person-{neighbours.ilze.id}"
    draft = written(neighbours.ilze.id, "draft", f"{world.space}~{world.items['walk']}", text="I saw")
    assert await world.sends(neighbours.ilze, draft, space=own) == []
    assert world.stored(draft["_id"], own)
    assert await world.doorkeeper.access(neighbours.janis, own, "en") is None


async def test_who_is_no_member_has_no_access_to_the_process(world: World, neighbours: Neighbours) -> None:
    assert await world.doorkeeper.access(neighbours.edgars, world.space, "en") is None
    assert await world.doorkeeper.access(None, world.space, "en") is None
