"""What stays in the inbox is told together, told again when its reader says «later», and forgotten in time."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.notices.domain import Kind
from backend.notices.keeping import MOST
from backend.notices.tables import Inbox
from backend.notices.wishes import read_wishes
from tests.backend.notices.village import MORNING, Village


async def test_who_says_later_is_told_again_in_three_hours_and_once(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.tells(ilze)
    await village.reads(ilze, "one", "later")
    for _ in range(2):
        await village.follows()
    await village.passes(hours=2, minutes=59)
    assert len(ilze.shown()) == 1
    await village.passes(minutes=1)
    assert len(ilze.shown()) == 2
    await village.passes(hours=4)
    assert len(ilze.shown()) == 2
    assert len(await village.inbox(ilze)) == 1


async def test_later_does_not_mean_in_the_night(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze)
    village.clock.at = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    await village.tells(ilze)
    await village.reads(ilze, "one", "later")
    await village.follows()
    await village.until(MORNING - timedelta(minutes=1))
    assert len(ilze.shown()) == 1
    await village.until(MORNING)
    assert len(ilze.shown()) == 2


async def test_a_digest_tells_once_a_day_what_came_to_the_inbox_only(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze, roads={"mention": "inbox"}, digest="daily", digest_at="18:30")
    for name in ("one", "two", "three"):
        await village.tells(ilze, name, kind=Kind.MENTION, word="mentioned")
    await village.reads(ilze, "two")
    assert ilze.shown() == []
    await village.until(datetime(2026, 11, 21, 16, 30, tzinfo=UTC))
    assert ilze.titles() == ["Jūs gaida 2 paziņojumi"]
    assert ilze.shown()[0]["navigate"].endswith("/inbox")
    await village.passes(days=1)
    assert len(ilze.shown()) == 1, "what a digest told, the next one does not tell"


async def test_a_weekly_digest_comes_on_monday_by_one_mail(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze, roads={"mention": "inbox", "digest": "mail"}, digest="weekly", digest_at="09:00")
    await village.tells(ilze, kind=Kind.MENTION, word="mentioned")
    before = len(await village.post.town.mails())
    await village.until(datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert len(await village.post.town.mails()) == before
    await village.until(datetime(2026, 11, 23, 7, tzinfo=UTC))
    [mail] = (await village.post.town.mails())[before:]
    assert "Subject: Jūs gaida 1 paziņojums" in mail
    assert "– Komentārā vēršas pie jums · Palīgi tirgū" in mail


async def test_who_wishes_no_digest_any_more_gets_none(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze, roads={"mention": "inbox"}, digest="daily")
    await village.tells(ilze, kind=Kind.MENTION, word="mentioned")
    await village.wishes(ilze, roads={"mention": "inbox"}, digest="none")
    await village.passes(days=2)
    assert ilze.shown() == []


async def test_wishes_of_a_newer_program_are_as_everybody_has_them() -> None:
    assert read_wishes({"_id": "all:wishes:self", "type": "wishes", "v": 99}) == read_wishes(None)


async def test_an_inbox_forgets_after_ninety_days_notice_and_read(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.tells(ilze)
    await village.reads(ilze, "one")
    village.clock.later(days=89)
    await village.teller.tidy()
    assert len(await village.inbox(ilze)) == 1
    village.clock.later(days=2)
    await village.teller.tidy()
    assert await village.inbox(ilze) == []
    assert await village.world.spaces.list(ilze.own, "all", "read") == []
    assert not await Inbox.exists()


async def test_an_inbox_keeps_the_newest_five_hundred(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST == 500
    monkeypatch.setattr("backend.notices.keeping.MOST", 3)
    ilze, marta = await village.villager("Ilze"), await village.villager("Marta")
    for number in range(5):
        await village.tells(ilze, f"n{number}")
        village.clock.later(minutes=1)
    await village.tells(marta)
    await village.teller.tidy()
    assert [one["_id"].rpartition(":")[2] for one in await village.inbox(ilze)] == ["n2", "n3", "n4"]
    assert len(await village.inbox(marta)) == 1
