"""People are told things: in the inbox at once, by the road and at the hour they wish, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from backend.accounts.tables import Account
from backend.notices.domain import Kind
from backend.notices.tables import Delivery, Inbox
from tests.backend.notices.village import MORNING, NIGHT, Village
from tests.backend.statements import statements


async def test_who_is_told_reads_it_on_the_phone_in_their_language(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.tells(ilze)
    [shown] = ilze.shown()
    assert shown["title"] == "Vai varat palīdzēt?"
    assert shown["body"] == "Palīgi tirgū\npirmd., 23. nov., 11:00–13:00\nTirgus laukums"
    assert shown["lang"] == "lv"


async def test_the_inbox_says_the_same_by_word_and_facts(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.tells(ilze)
    [notice] = await village.inbox(ilze)
    assert (notice["kind"], notice["word"], notice["path"]) == ("needed", "needed", "/processes/p")
    assert notice["facts"]["name"] == {"lv": "Palīgi tirgū"}
    walk = village.world.items["walk"]
    assert notice["about"] == {"item": walk, "need": "one", "occurrence": "first", "member": ilze.member}


async def test_the_phone_gets_what_it_needs_to_answer_and_no_name(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.tells(ilze)
    [shown] = ilze.shown()
    walk = village.world.items["walk"]
    assert shown["data"] == {
        "notice": "one",
        "kind": "needed",
        "space": village.space,
        "item": walk,
        "need": "one",
        "occurrence": "first",
        "member": ilze.member,
    }
    assert [(one["action"], one["title"]) for one in shown["actions"]] == [
        ("accept", "Palīdzēšu"),
        ("decline", "Šoreiz ne"),
    ]
    assert shown["actions"][0]["navigate"].endswith("/inbox/one?answer=accept")
    assert "Ilze" not in str(shown)


async def test_the_same_is_told_once_however_often_it_comes(village: Village) -> None:
    ilze = await village.villager("Ilze")
    for _ in range(3):
        await village.tells(ilze)
    assert len(await village.inbox(ilze)) == len(ilze.shown()) == 1


async def test_nobody_is_told_of_what_they_may_not_open(village: Village) -> None:
    ilze = await village.villager("Ilze", target=village.world.items["paint"])
    await village.tells(ilze)
    assert await village.inbox(ilze) == ilze.shown() == []


async def test_who_left_is_told_nothing_of_what_was_still_to_come(village: Village) -> None:
    ilze = await village.villager("Ilze", access=False)
    await village.tells(ilze, at=village.clock() + timedelta(hours=1))
    await village.passes(hours=2)
    assert await village.inbox(ilze) == []
    assert not await Inbox.exists()


async def test_in_quiet_hours_the_inbox_has_it_and_the_phone_hears_in_the_morning(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze)
    village.clock.at = NIGHT
    await village.tells(ilze)
    assert await village.words(ilze) == ["needed"]
    assert ilze.shown() == []
    await village.until(MORNING - timedelta(seconds=1))
    assert ilze.shown() == []
    await village.until(MORNING)
    assert len(ilze.shown()) == 1


async def test_a_wish_made_while_something_waits_counts_for_it(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze)
    village.clock.at = NIGHT
    await village.tells(ilze)
    await village.wishes(ilze, off_until="2026-11-23T07:00:00Z")
    await village.until(MORNING)
    assert ilze.shown() == []
    await village.until(datetime(2026, 11, 23, 7, tzinfo=UTC))
    assert len(ilze.shown()) == 1


async def test_who_read_it_at_night_is_not_woken_by_it_in_the_morning(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze)
    village.clock.at = NIGHT
    await village.tells(ilze)
    await village.reads(ilze, "one")
    await village.until(MORNING + timedelta(hours=3))
    assert ilze.shown() == []


async def test_nobody_is_asked_more_often_a_day_than_they_wish(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze, cap=2)
    for name in ("one", "two", "three", "four", "five"):
        await village.tells(ilze, name, until=village.clock() + timedelta(days=5))
    assert len(await village.inbox(ilze)) == 5
    assert len(ilze.shown()) == 2
    await village.until(MORNING)
    assert len(ilze.shown()) == 4
    await village.passes(days=1)
    assert len(ilze.shown()) == 5


async def test_a_promise_is_told_although_the_cap_of_the_day_is_reached(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze, cap=0)
    await village.tells(ilze, kind=Kind.ANSWERED, word="moved_up")
    assert ilze.titles() == ["Tagad jums ir vieta"]


async def test_what_is_muted_stays_in_the_inbox(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze, muted=[village.space], digest="daily")
    await village.tells(ilze)
    await village.passes(days=1)
    assert await village.words(ilze) == ["needed"]
    assert ilze.shown() == []


async def test_who_prefers_mail_gets_one_mail_with_need_place_and_time(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze, roads={"needed": "mail"})
    before = len(await village.post.town.mails())
    await village.tells(ilze)
    await village.tells(ilze)
    [mail] = (await village.post.town.mails())[before:]
    assert "Vai varat palīdzēt?\n\nPalīgi tirgū\npirmd., 23. nov., 11:00–13:00\nTirgus laukums" in mail
    assert ilze.shown() == []


async def test_who_has_no_address_of_their_own_has_it_in_the_inbox(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await Account.update({Account.email_verified: False}).where(Account.id == ilze.person.id)
    await village.wishes(ilze, roads={"needed": "mail"})
    before = len(await village.post.town.mails())
    await village.tells(ilze)
    assert len(await village.post.town.mails()) == before
    assert await village.words(ilze) == ["needed"]


async def test_what_is_to_come_is_in_no_inbox_before_its_time(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.tells(ilze, at=village.clock() + timedelta(hours=2), kind=Kind.REMINDER, word="reminder")
    assert await village.inbox(ilze) == []
    await village.passes(hours=2)
    assert await village.words(ilze) == ["reminder"]
    assert len(ilze.shown()) == 1


async def test_nobody_is_reminded_of_what_has_begun(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.tells(ilze, at=village.clock() + timedelta(hours=2), kind=Kind.REMINDER, word="reminder")
    village.clock.later(days=3)
    await village.goes_on()
    assert await village.inbox(ilze) == ilze.shown() == []


async def test_what_is_taken_back_never_goes_out(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze)
    village.clock.at = NIGHT
    await village.tells(ilze)
    await village.tells(ilze, "soon", at=NIGHT + timedelta(hours=1))
    walk = village.world.items["walk"]
    for name in ("one", "soon"):
        await village.teller.withdraw(village.space, f"{walk}:need:{name}")
    await village.until(MORNING)
    assert ilze.shown() == []
    [notice] = await village.inbox(ilze)
    assert (notice["_id"], notice["withdrawn"]) == ("all:notice:one", True)


async def test_what_is_taken_back_from_one_person_stays_with_the_others(village: Village) -> None:
    ilze, marta = await village.villager("Ilze"), await village.villager("Marta")
    for one in (ilze, marta):
        await village.tells(one)
    await village.teller.withdraw(village.space, f"{village.world.items['walk']}:need:one~first", ilze.member)
    assert (await village.words(ilze), await village.words(marta)) == ([], ["needed"])


async def test_a_reminder_taken_back_before_its_time_can_be_told_for_another(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.tells(ilze, at=village.clock() + timedelta(hours=2))
    await village.teller.withdraw(village.space, f"{village.world.items['walk']}:need:one")
    await village.tells(ilze, at=village.clock() + timedelta(hours=3))
    await village.passes(hours=3)
    assert len(ilze.shown()) == 1


async def test_a_later_notice_of_the_same_thing_takes_the_place_of_what_waits(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze)
    village.clock.at = NIGHT
    thing = f"{village.world.items['walk']}:need:n~first"
    await village.tells(ilze, thing=thing)
    await village.tells(ilze, "two", thing=thing, kind=Kind.CHANGED, word="moved")
    await village.until(MORNING)
    assert ilze.titles() == ["Mainījies laiks vai vieta"]
    assert await village.words(ilze) == ["needed", "moved"]


async def test_a_notice_that_cannot_be_told_holds_up_nobody_else(village: Village) -> None:
    ilze, marta = await village.villager("Ilze"), await village.villager("Marta")
    soon = village.clock() + timedelta(hours=1)
    for one in (ilze, marta):
        await village.tells(one, at=soon)
    await Inbox.update({Inbox.content: "broken"}).where(Inbox.account == ilze.person.id)
    await village.passes(hours=1)
    assert await village.words(marta) == ["needed"]


async def test_a_clock_that_is_set_back_keeps_nothing_waiting(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze)
    village.clock.at = NIGHT + timedelta(days=400)
    await village.tells(ilze, until=NIGHT + timedelta(days=500))
    village.clock.at = MORNING + timedelta(hours=2)
    await village.goes_on()
    assert len(ilze.shown()) == 1


async def test_a_name_that_is_too_long_for_a_push_message_is_cut(village: Village) -> None:
    ilze = await village.villager("Ilze")
    told, facts = village.a_told(ilze)
    long = structs.replace(facts, name={"lv": "🧺" * 500}, process={"lv": "🌻" * 500}, place="🏠" * 200)
    await village.teller.tell(told, long, space=village.space, path="/", things=())
    await village.post.carries()
    [shown] = ilze.shown()
    names, _time, place = shown["body"].splitlines()
    assert (len(names), len(place)) == (80 + 3 + 80, 80)


async def test_what_goes_wrong_while_telling_is_tried_again_and_stops_nobody(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    ilze = await village.villager("Ilze")
    with monkeypatch.context() as broken:
        broken.setattr(village.post.town.house.notices.outbox, "put", None)
        await village.tells(ilze)
    assert ilze.shown() == []
    await village.passes(minutes=10)
    assert len(ilze.shown()) == 1


async def test_a_sentence_that_does_not_exist_is_found_when_it_is_told(village: Village) -> None:
    ilze = await village.villager("Ilze")
    with pytest.raises(KeyError):
        await village.tells(ilze, word="nonsense")


async def test_telling_one_person_costs_the_same_whatever_was_told_before(village: Village) -> None:
    ilze = await village.villager("Ilze")
    await village.wishes(ilze)

    async def cost(name: str) -> int:
        told, facts = village.a_told(ilze, name, kind=Kind.ANSWERED, word="confirmed")
        with statements() as sent:
            await village.teller.tell(told, facts, space=village.space, path="/", things=(village.space,))
        return len(sent)

    first = await cost("first")
    for number in range(30):
        await cost(f"n{number}")
    assert await cost("last") == first <= 20
    assert await Delivery.count() == 32
