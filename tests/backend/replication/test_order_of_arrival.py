"""The result must not depend on the order in which documents arrive."""

from itertools import permutations

from backend.kit.ids import new_ulid
from backend.replication.held import HeldWork
from tests.backend.replication.conftest import Neighbours
from tests.backend.world import World, contribution, revised, written


async def test_every_order_of_arrival_gives_the_same_result(world: World, neighbours: Neighbours) -> None:
    held_work = HeldWork(world.doorkeeper, world.spaces, world.clock)
    liga = await world.person("Līga")
    as_liga = await world.joins(liga, target=world.items["walk"])
    for order in permutations(range(5)):
        objective, task = new_ulid(), new_ulid()
        janis = neighbours.as_janis
        first = contribution(neighbours.as_ilze, task)
        sent = [
            (
                neighbours.janis,
                written(janis, "objective", objective, parent=world.items["deliver"], order="a1", name={"en": "O"}),
            ),
            (neighbours.janis, written(janis, "task", task, parent=objective, order="a0", name={"en": "T"})),
            (neighbours.ilze, first),
            (neighbours.ilze, revised(first, text="Better.")),
            (liga, contribution(as_liga, objective)),
        ]
        since = world.store.number
        outcomes = [one for number in order for one in await world.sends(sent[number][0], sent[number][1])]
        for _ in range(3):
            since = await held_work.follow(since)

        assert world.held() == [], order
        better = world.stored(first["_id"])
        assert better is not None, order
        assert better["text"] == "Better.", order
        assert world.stored(f"all:task:{task}"), order
        unwanted = sent[4][1]["_id"]
        assert world.stored(unwanted) is None, order
        rescued = await world.spaces.list(f"person-{liga.id}", "all", "rescued") if not outcomes else []
        told = [one.id for one in outcomes] + [one["document"]["_id"] for one in rescued]
        assert unwanted in told, f"{order}: refused at once or rescued later, never silently"
