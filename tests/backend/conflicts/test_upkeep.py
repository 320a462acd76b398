"""What is forgotten after ninety days, and what is not."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.conflicts.upkeep import KEPT, Upkeep
from sync.database import Database
from sync.stores.memory import MemoryStore
from sync.winner import tree_of
from tests.backend.conflicts.servers import SPACE, TASK, Engine
from tests.backend.conflicts.versions import a_version
from tests.backend.replication.judged import as_document
from tests.backend.world import Clock

START = datetime(2026, 1, 1, tzinfo=UTC)
LATER = a_version("a", status="in_progress")
OFFLINE = a_version("b", name={"en": "Walls", "it": "Dipingere"})


@pytest.fixture
async def engine() -> Engine:
    made = Engine(MemoryStore())
    await made.opens()
    later = Database(made.store, SPACE, now=START.timestamp)
    await later.replicate([as_document(LATER)])
    return made


def here(engine: Engine) -> int:
    """How many versions of the task can still be read."""
    with engine.store.read(SPACE) as tx:
        row = tx.row(TASK)
        assert row
        return len(tx.bodies([node.body for node in tree_of(row).nodes.values() if node.body]))


async def test_who_was_offline_for_ninety_days_still_finds_what_they_began_from(engine: Engine) -> None:
    assert await Upkeep(engine.store, Clock(START + KEPT)).once() == 0
    await engine.hears(OFFLINE)
    await engine.settles()
    found = engine.database.get(TASK)
    assert found
    assert (found.content["status"], found.content["name"]["en"]) == ("in_progress", "Walls")


async def test_after_that_the_old_version_is_forgotten_and_both_new_ones_are_kept(engine: Engine) -> None:
    clock = Clock(START + KEPT + timedelta(seconds=1))
    assert await Upkeep(engine.store, clock).once() == 1
    assert here(engine) == 1
    await engine.hears(OFFLINE)
    await engine.settles()
    found = engine.database.get(TASK)
    assert found
    with engine.store.read(SPACE) as tx:
        row = tx.row(TASK)
        assert row
        assert sorted(tree_of(row).leaves()) == sorted([LATER["_rev"], OFFLINE["_rev"]])


async def test_nothing_is_forgotten_of_what_people_have_not_chosen_yet(engine: Engine) -> None:
    await engine.hears(a_version("c", status="in_progress", name={"en": "Doors"}), OFFLINE)
    await engine.settles()
    kept = here(engine)
    assert await Upkeep(engine.store, Clock(START + timedelta(days=4_000))).once() == 0
    assert here(engine) == kept >= 3


async def test_a_space_that_was_removed_meanwhile_stops_nothing(engine: Engine) -> None:
    await engine.store.create("process-other")
    upkeep = Upkeep(engine.store, Clock(START + timedelta(days=4_000)))
    await engine.store.delete("process-other")
    assert await upkeep.once() == 1
