"""What a phone shows and is no longer so is put right there, without a sound and only where it is still shown."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.kit.ids import new_ulid
from backend.notices import queries
from backend.notices.domain import Kind, Seen
from tests.backend.notices.village import MORNING, NIGHT, Village, Villager
from tests.backend.world import revised, written
from tests.push_service import Reply

SILENCE = timedelta(minutes=2)


@pytest.fixture
async def ilze(village: Village) -> Villager:
    return await village.villager("Ilze")


async def sees(village: Village, who: Villager, seen: Seen, notice: str = "one") -> None:
    await queries.note_seen(who.phone.session, notice, seen, village.clock())


async def is_over(village: Village) -> None:
    """What everybody was asked is asked no more, and then a moment passes."""
    await village.teller.withdraw(village.space, f"{village.world.items['walk']}:need:one")
    await village.goes_on()
    await village.passes(seconds=SILENCE.total_seconds())


async def test_a_phone_that_shows_what_is_no_longer_asked_shows_so_without_a_sound(
    village: Village, ilze: Villager
) -> None:
    await village.tells(ilze)
    await sees(village, ilze, Seen.SHOWN)
    await is_over(village)
    asked, over = ilze.shown()
    assert over["title"] == "Šeit vairs nekas nav jādara"
    assert over["body"] == asked["body"]
    assert over["tag"] == asked["tag"]
    assert over["silent"] is True
    assert "actions" not in over
    assert over["data"]["notice"] == "one"
    assert ilze.phone.received[-1].headers["urgency"] == "low"
    await village.passes(hours=5)
    assert len(ilze.shown()) == 2


@pytest.mark.parametrize("seen", [Seen.CLOSED, Seen.OPENED, Seen.ACTED])
async def test_a_phone_on_which_it_was_wiped_away_or_pressed_shows_nothing_new(
    village: Village, ilze: Villager, seen: Seen
) -> None:
    await village.tells(ilze)
    await sees(village, ilze, seen)
    await is_over(village)
    assert len(ilze.shown()) == 1


async def test_a_newer_notice_of_the_same_takes_its_place_by_itself(village: Village, ilze: Villager) -> None:
    await village.tells(ilze)
    thing = f"{village.world.items['walk']}:need:one"
    await village.teller.withdraw(village.space, thing)
    await village.tells(ilze, "two", kind=Kind.CANCELLED, word="cancelled", thing=f"{thing}~first")
    await village.passes(minutes=5)
    assert ilze.titles() == ["Vai varat palīdzēt?", "Tas ir atcelts"]


async def test_nothing_lights_a_phone_up_at_night_to_say_that_nothing_is_to_do(
    village: Village, ilze: Villager
) -> None:
    await village.wishes(ilze)
    village.clock.at = NIGHT - timedelta(hours=2)
    await village.tells(ilze)
    village.clock.at = NIGHT
    await is_over(village)
    assert len(ilze.shown()) == 1
    await village.until(MORNING)
    assert len(ilze.shown()) == 2


async def test_what_is_of_no_use_any_more_is_left_alone(village: Village, ilze: Villager) -> None:
    await village.tells(ilze, until=village.clock() + timedelta(seconds=30))
    await is_over(village)
    assert len(ilze.shown()) == 1


class Call:
    """Jānis calls for people on Saturday, and asks Ilze."""

    def __init__(self, village: Village, ilze: Villager) -> None:
        self.village, self.ilze = village, ilze
        self.need: dict[str, Any] = {}

    async def begins(self, **members: Any) -> None:
        start = self.village.clock() + timedelta(days=2)
        self.need = self.village.a_need(new_ulid(), start, **members)
        await self.village.world.sends(self.village.janis.person, self.need)
        await self.village.follows()
        thing = f"{self.need['_id']}~{self.need['occurrences'][0]['id']}"
        await self.village.tells(self.ilze, thing=thing, until=start)

    async def changes(self, **members: Any) -> None:
        self.need = revised(self.need, **members)
        assert await self.village.world.sends(self.village.janis.person, self.need) == []
        await self.village.follows()
        await self.village.passes(minutes=2)

    async def ilze_comes(self) -> None:
        key, walk = self.need["occurrences"][0]["id"], self.village.world.items["walk"]
        claim = written(
            self.ilze.member,
            "claim",
            f"{key}-{self.ilze.member}",
            partition=walk,
            need=self.need["_id"].split(":")[2],
            state="asked",
        )
        assert await self.village.world.sends(self.ilze.person, claim) == []
        await self.village.follows()
        await self.village.follows()


ELSEWHERE = {"place": {"name": "Bibliotēka"}}


async def test_who_has_not_answered_reads_the_new_place_in_the_inbox_and_on_the_phone(
    village: Village, ilze: Villager
) -> None:
    call = Call(village, ilze)
    await call.begins()
    await call.changes(**ELSEWHERE)
    [notice] = await village.inbox(ilze)
    assert notice["facts"]["place"] == "Bibliotēka"
    before, now = ilze.shown()
    assert before["body"].endswith("Tirgus laukums")
    assert now["body"].endswith("Bibliotēka")
    assert (now["title"], now["actions"], now["tag"]) == (before["title"], before["actions"], before["tag"])
    assert now["silent"] is True


async def test_a_question_that_waits_for_the_morning_names_the_new_place(village: Village, ilze: Villager) -> None:
    await village.wishes(ilze)
    village.clock.at = NIGHT
    call = Call(village, ilze)
    await call.begins()
    await call.changes(**ELSEWHERE)
    await village.until(MORNING)
    [shown] = ilze.shown()
    assert shown["body"].endswith("Bibliotēka")
    assert "silent" not in shown


async def test_a_question_that_a_broken_push_service_delays_names_the_new_place(
    village: Village, ilze: Villager
) -> None:
    ilze.phone.answers(Reply(503, [("Retry-After", "600")]), Reply())
    call = Call(village, ilze)
    await call.begins()
    await call.changes(**ELSEWHERE)
    await village.passes(minutes=20)
    refused, shown = ilze.shown()
    assert refused["body"].endswith("Tirgus laukums")
    assert shown["body"].endswith("Bibliotēka")
    assert "silent" not in shown


async def test_who_has_a_place_hears_of_the_new_address_once_and_aloud(village: Village, ilze: Villager) -> None:
    call = Call(village, ilze)
    await call.begins()
    await call.ilze_comes()
    await call.changes(**ELSEWHERE)
    assert ilze.titles() == ["Vai varat palīdzēt?", "Jums ir vieta", "Mainījies laiks vai vieta"]
    assert not any("silent" in one for one in ilze.shown())


async def test_a_later_deadline_lets_who_was_asked_answer_longer(village: Village, ilze: Villager) -> None:
    call = Call(village, ilze)
    await call.begins()
    deadline = village.clock() + timedelta(days=1)
    await call.changes(deadline=deadline.isoformat().replace("+00:00", "Z"))
    [notice] = await village.inbox(ilze)
    assert datetime.fromisoformat(notice["until"]) == deadline
    assert len(ilze.shown()) == 1, "what the phone shows names no deadline"


async def test_a_change_of_what_nobody_reads_in_a_notice_sends_nothing(village: Village, ilze: Villager) -> None:
    call = Call(village, ilze)
    await call.begins()
    await call.changes(text="Lūdzu, paņemiet cimdus.")
    assert len(ilze.shown()) == 1
