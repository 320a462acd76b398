"""People answer a call for help through the door, in any order, and the server gives each one clear answer."""

from typing import Any

import pytest

from backend.projections.everything import follower
from backend.replication.registry import TYPES
from tests.backend.codelivery.helpers import TUESDAY, Garden, a_claim, a_need
from tests.backend.world import deleted, written

WEDNESDAY = "01KC0000000000000000000001"


async def test_claims_are_answered_in_the_order_in_which_they_arrive(garden: Garden) -> None:
    await garden.calls()
    ilze, marta, peteris = [await garden.volunteer(name) for name in ("Ilze", "Marta", "Pēteris")]
    for one in (marta, ilze, peteris):
        await garden.asks(one)
    assert await garden.answered() == {"Marta": "confirmed", "Ilze": "waiting", "Pēteris": "late"}

    await garden.asks(marta, state="withdrawn")
    assert await garden.answered() == {"Marta": "withdrawn", "Ilze": "confirmed", "Pēteris": "late"}


async def test_a_claim_that_comes_before_its_need_is_answered_when_the_need_comes(garden: Garden) -> None:
    ilze = await garden.volunteer("Ilze")
    need = a_need(await garden.world.member(garden.janis), garden.task)
    garden.need = need
    await garden.asks(ilze)
    assert await garden.answered() == {}
    await garden.send(garden.janis, need)
    assert await garden.answered() == {"Ilze": "confirmed"}


async def test_looking_at_everything_again_answers_nobody_otherwise(garden: Garden) -> None:
    await garden.calls()
    for name in ("Ilze", "Marta", "Pēteris"):
        await garden.asks(await garden.volunteer(name))
    before = await garden.answered()
    number = garden.world.store.number
    await follower(garden.world.store, garden.world.spaces, garden.world.clock, TYPES).rebuild()
    assert await garden.answered() == before
    places = [f"{garden.task}:place:{TUESDAY}-{one['author']}" for one in garden.claims.values()]
    with garden.world.store.read(garden.world.space) as tx:
        assert all(row.number <= number for row in tx.rows(places).values()), "no answer was written again"


async def test_a_cancelled_or_deleted_need_tells_everybody(garden: Garden) -> None:
    await garden.calls()
    await garden.asks(await garden.volunteer("Ilze"))
    await garden.asks(await garden.volunteer("Marta"))
    await garden.answered()
    await garden.changes(cancelled=True, reason="It rains.")
    assert await garden.answered() == {"Ilze": "cancelled", "Marta": "cancelled"}


async def test_a_need_that_is_deleted_is_a_need_that_is_cancelled(garden: Garden) -> None:
    await garden.calls()
    await garden.asks(await garden.volunteer("Ilze"))
    await garden.answered()
    await garden.send(garden.janis, deleted(garden.need))
    assert await garden.answered() == {"Ilze": "cancelled"}


async def test_more_places_let_those_who_wait_move_up(garden: Garden) -> None:
    await garden.calls()
    for name in ("Ilze", "Marta"):
        await garden.asks(await garden.volunteer(name))
    await garden.answered()
    await garden.changes(places=2)
    assert await garden.answered() == {"Ilze": "confirmed", "Marta": "confirmed"}


async def test_a_claim_deleted_by_its_author_is_withdrawn(garden: Garden) -> None:
    await garden.calls()
    ilze = await garden.volunteer("Ilze")
    await garden.asks(ilze)
    await garden.answered()
    await garden.send(ilze, deleted(garden.claims["Ilze"]))
    assert await garden.answered() == {"Ilze": "withdrawn"}


async def test_who_answers_after_the_deadline_is_too_late(garden: Garden) -> None:
    await garden.calls(deadline="2026-11-22T12:00:00Z")
    garden.world.clock.pass_days(2)
    await garden.asks(await garden.volunteer("Ilze"))
    assert await garden.answered() == {"Ilze": "late"}


async def test_a_need_for_one_team_does_not_take_others(garden: Garden) -> None:
    ilze, marta = await garden.volunteer("Ilze"), await garden.volunteer("Marta")
    teams = await garden.world.spaces.list(garden.world.space, "all", "team")
    member = await garden.world.member(marta)
    [team] = [one["_id"].split(":")[2] for one in teams if member in one["members"]]
    await garden.calls(teams=[team])
    await garden.asks(ilze)
    await garden.asks(marta)
    assert await garden.answered() == {"Ilze": "uninvited", "Marta": "confirmed"}


async def test_a_claim_that_names_another_need_than_its_own_takes_no_place(garden: Garden) -> None:
    await garden.calls(places=50)
    big = garden.need
    await garden.calls(occurrences=[{"id": WEDNESDAY, "start": "2026-11-25T12:00:00Z", "end": "2026-11-25T13:00:00Z"}])
    ilze = await garden.volunteer("Ilze")
    await garden.asks(ilze, WEDNESDAY, need=big["_id"].split(":")[2])
    assert await garden.answered() == {"Ilze": "uninvited"}


@pytest.mark.parametrize(
    "said",
    [
        {"places": 0},
        {"places": 100_000},
        {"occurrences": []},
        {"occurrences": [{"id": TUESDAY, "start": "2026-11-24T12:00:00", "end": "2026-11-24T14:00:00"}]},
        {"occurrences": [{"id": TUESDAY, "start": "2026-11-24T12:00:00Z", "end": "2026-11-24T11:00:00Z"}]},
        {"zone": "../../etc/passwd"},
        {"place": {"name": "Library", "lat": 99}},
        {"skills": ["x"] * 21},
    ],
    ids=[
        "no places",
        "too many",
        "no time",
        "no zone in a time",
        "ends before",
        "a path for a zone",
        "beyond the pole",
        "skills",
    ],
)
async def test_a_need_that_makes_no_sense_is_refused(garden: Garden, said: dict[str, Any]) -> None:
    need = a_need(await garden.world.member(garden.janis), garden.task, **said)
    [outcome] = await garden.world.sends(garden.janis, need)
    assert outcome.error == "forbidden"


async def test_nobody_claims_for_somebody_else_or_answers_in_the_servers_name(garden: Garden) -> None:
    await garden.calls()
    ilze, marta = await garden.volunteer("Ilze"), await garden.volunteer("Marta")
    as_ilze, as_marta = await garden.world.member(ilze), await garden.world.member(marta)
    need = garden.need["_id"].split(":")[2]
    for_marta = a_claim(as_ilze, garden.task, need=need, state="asked") | {
        "_id": f"{garden.task}:claim:{TUESDAY}-{as_marta}"
    }
    answer = written(
        as_ilze,
        "place",
        f"{TUESDAY}-{as_ilze}",
        partition=garden.task,
        need=need,
        member=as_ilze,
        outcome="confirmed",
        turn=1,
        claim="1-a",
    )
    came = written(
        as_ilze, "attendance", f"{TUESDAY}-{as_ilze}", partition=garden.task, need=need, member=as_ilze, came=True
    )
    outcomes = await garden.world.sends(ilze, for_marta, answer, came)
    assert [one.error for one in outcomes] == ["forbidden"] * 3


async def test_who_may_not_open_the_task_cannot_claim(garden: Garden) -> None:
    await garden.calls()
    stranger = await garden.volunteer("Ilze", access=False)
    [outcome] = await garden.asks(stranger)
    assert outcome.error == "forbidden"
    assert await garden.answered() == {}
