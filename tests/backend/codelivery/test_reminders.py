"""People are reminded of what they promised and of what they were asked; not of what is no longer so."""

from datetime import timedelta

from backend.codelivery.call_tables import Reminder
from tests.backend.codelivery.calling import Square
from tests.backend.codelivery.helpers import TUESDAY
from tests.backend.world import deleted, revised, written


async def test_who_comes_is_reminded_a_day_and_two_hours_before(square: Square) -> None:
    ilze, marta = await square.volunteers("Ilze", "Marta")
    await square.calls(days=3)
    await square.says(ilze)
    await square.later(hours=47)
    assert (await square.words(ilze)).count("reminder") == 0
    await square.later(hours=1, minutes=1)
    assert (await square.words(ilze)).count("reminder") == 1
    await square.later(hours=21)
    assert (await square.words(ilze)).count("reminder") == 1
    await square.later(hours=2)
    assert (await square.words(ilze)).count("reminder") == 2
    await square.later(days=2)
    assert (await square.words(ilze)).count("reminder") == 2
    assert "reminder" not in await square.words(marta)


async def test_who_withdrew_is_not_reminded(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    await square.calls(days=3)
    await square.says(ilze)
    await square.later(hours=48, minutes=1)
    assert "reminder" in await square.words(ilze)
    await square.says(ilze, "withdrawn")
    assert "reminder" not in await square.words(ilze), "it is taken back"
    await square.later(hours=23)
    assert "reminder" not in await square.words(ilze)


async def test_a_need_that_moves_is_reminded_of_at_its_new_time(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    await square.calls(days=3)
    await square.says(ilze)
    await square.garden.changes(occurrences=[square.occurrence(TUESDAY, 6)])
    await square.later(days=3)
    assert "reminder" not in await square.words(ilze)
    await square.later(days=2, minutes=1)
    assert (await square.words(ilze)).count("reminder") == 1


async def test_nobody_is_reminded_of_what_is_cancelled(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    await square.calls(days=3)
    await square.says(ilze)
    await square.garden.changes(cancelled=True)
    await square.later(days=2, hours=1)
    assert "reminder" not in await square.words(ilze)


async def test_who_has_just_got_a_place_needs_no_reminder_of_it(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    await square.calls(days=3)
    await square.later(hours=47, minutes=30)
    await square.says(ilze)
    await square.later(hours=1)
    assert "reminder" not in await square.words(ilze)
    await square.later(hours=22)
    assert (await square.words(ilze)).count("reminder") == 1


async def test_after_a_long_silence_of_the_server_people_are_reminded_once(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    await square.calls(days=3)
    await square.says(ilze)
    await square.later(hours=71)
    assert (await square.words(ilze)).count("reminder") == 1
    [reminder] = [one for one in await square.inbox(square.people[ilze]) if one["word"] == "reminder"]
    assert reminder["about"]["occurrence"] == TUESDAY


async def test_who_is_asked_to_do_something_is_reminded_the_day_before_it_is_due(square: Square) -> None:
    ilze, marta = await square.volunteers("Ilze", "Marta")
    garden = square.garden
    chief = await garden.world.member(garden.janis)
    due = (square.now() + timedelta(days=5)).date().isoformat()
    work = written(chief, "assignment", partition=garden.task, about=garden.task, people=[ilze], due=due)
    await garden.send(garden.janis, work)
    await square.goes_on()
    await square.until(f"{(square.now() + timedelta(days=4)).date()}T07:59:00+00:00")
    assert "due" not in await square.words(ilze)
    await square.later(minutes=2)
    assert (await square.words(ilze)).count("due") == 1
    assert await square.words(marta) == []
    assert await Reminder.count() == 0
    [notice] = [one for one in await square.inbox(square.people[ilze]) if one["word"] == "due"]
    assert notice["facts"]["name"]["en"] == "Walk"
    assert notice["about"]["assignment"] == work["_id"].split(":")[2]


async def test_an_assignment_that_is_done_moved_or_gone_is_reminded_of_no_more(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    garden = square.garden
    chief = await garden.world.member(garden.janis)
    due = (square.now() + timedelta(days=5)).date().isoformat()
    later = (square.now() + timedelta(days=9)).date().isoformat()
    works = [
        written(chief, "assignment", partition=garden.task, about=garden.task, people=[ilze], due=due) for _ in range(3)
    ]
    await garden.send(garden.janis, *works)
    await square.goes_on()
    assert await Reminder.count() == 3
    await garden.send(garden.janis, revised(works[0], state="done"), revised(works[1], due=later), deleted(works[2]))
    await square.goes_on()
    assert await Reminder.count() == 1
    await square.later(days=5)
    assert "due" not in await square.words(ilze)
    await square.later(days=4)
    assert (await square.words(ilze)).count("due") == 1
