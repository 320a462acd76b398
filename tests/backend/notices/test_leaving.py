"""Who is no longer in a process hears nothing more of it: not what was put off, not what is still on its way."""

from datetime import timedelta

import pytest

from backend.people.actions.members import take_out
from backend.people.tables import TeamGrant
from tests.backend.notices.village import MORNING, NIGHT, Village, Villager
from tests.push_service import Reply


@pytest.fixture
async def ilze(village: Village) -> Villager:
    one = await village.villager("Ilze")
    await village.follows()
    return one


async def leaves(village: Village, who: Villager) -> None:
    """Jānis takes somebody out of the process."""
    keeper = village.post.town.house.keeper
    await take_out(keeper, village.janis.person, village.world.process, who.member)
    await village.follows()


async def test_who_was_taken_out_at_night_is_told_nothing_in_the_morning(village: Village, ilze: Villager) -> None:
    await village.wishes(ilze)
    village.clock.at = NIGHT
    await village.tells(ilze)
    await leaves(village, ilze)
    await village.until(MORNING + timedelta(hours=1))
    assert ilze.shown() == []


async def test_who_lost_the_right_to_open_it_at_night_is_told_nothing_in_the_morning(
    village: Village, ilze: Villager
) -> None:
    await village.wishes(ilze)
    village.clock.at = NIGHT
    await village.tells(ilze)
    await TeamGrant.update({TeamGrant.may_access: False}).where(TeamGrant.process == village.world.process)
    await village.until(MORNING + timedelta(hours=1))
    assert ilze.shown() == []


async def test_what_a_broken_push_service_delays_does_not_go_to_who_was_taken_out_meanwhile(
    village: Village, ilze: Villager
) -> None:
    ilze.phone.answers(Reply(503, [("Retry-After", "600")]), Reply())
    await village.tells(ilze)
    await leaves(village, ilze)
    await village.passes(minutes=20)
    assert await ilze.phone.states() == ["cancelled"]


async def test_no_digest_names_what_somebody_was_told_in_a_process_they_left(village: Village, ilze: Villager) -> None:
    await village.wishes(ilze, roads={"needed": "inbox"}, digest="daily")
    await village.tells(ilze)
    await leaves(village, ilze)
    await village.passes(days=1)
    assert ilze.shown() == []


async def test_who_stays_hears_of_everything_when_others_leave(village: Village, ilze: Villager) -> None:
    marta = await village.villager("Marta")
    await village.wishes(ilze)
    village.clock.at = NIGHT
    await village.tells(ilze)
    await leaves(village, marta)
    await village.until(MORNING)
    assert len(ilze.shown()) == 1
