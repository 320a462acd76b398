"""A need calls for people by itself: a few at first, then more, at last a human; and it stops when it should."""

import asyncio
from datetime import timedelta

from backend.accounts.tables import Account
from backend.codelivery.call_tables import Asked
from backend.house import open_for_work
from backend.projections.everything import follower
from backend.replication.registry import TYPES
from tests.backend.codelivery.calling import NAMES, Square
from tests.backend.codelivery.helpers import TUESDAY
from tests.backend.world import deleted, written


async def test_a_few_are_asked_first_and_more_when_nobody_answers(square: Square) -> None:
    members = await square.volunteers(*NAMES)
    await square.calls()
    [(why, first)] = await square.waves()
    assert (why, len(first)) == ("first", 3)
    for member in members:
        assert await square.words(member) == (["needed"] if member in first else [])

    await square.later(hours=1)
    assert len(await square.waves()) == 1, "they are given time"
    await square.later(hours=8)
    [_, (why, second)] = await square.waves()
    assert why == "wider"
    assert second == {*members} - first
    assert await square.words(square.garden.janis) == [], "who calls is not asked"


async def test_a_running_program_calls_by_itself(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    async with open_for_work(square.house), asyncio.timeout(120):
        await square.garden.calls(occurrences=[square.occurrence(TUESDAY, 2)])
        number = square.house.store.number
        while "needed" not in await square.words(ilze):
            await square.house.store.changed(number)
            number = square.house.store.number


async def test_a_notice_names_the_need_the_place_and_the_time_and_opens_it(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    await square.calls(places=2, place={"name": "Library"})
    [notice] = await square.inbox(square.people[ilze])
    item, _, key = square.garden.need["_id"].split(":")
    assert notice["path"] == f"/processes/{square.garden.world.process}/tasks/{item}/needs/{key}?at={TUESDAY}"
    assert notice["facts"]["name"] == {"en": "Walk with us"}
    assert notice["facts"]["place"] == "Library"
    assert notice["about"] == {"item": item, "need": key, "occurrence": TUESDAY, "member": ilze}


async def test_only_who_may_open_the_task_and_is_of_the_asked_teams_is_asked(square: Square) -> None:
    ilze, _ = await square.volunteers("Ilze", "Marta")
    await square.garden.volunteer("Outside", access=False)
    standing = {
        one["_id"]: one for one in await square.garden.world.spaces.list(square.garden.world.space, "all", "team")
    }
    team = next(name for name, one in standing.items() if ilze in one["members"]).split(":")[2]
    await square.calls(teams=[team])
    assert await square.waves() == [("first", {ilze})]


async def test_who_likes_to_help_with_just_that_is_asked_first(square: Square) -> None:
    await square.volunteers(*NAMES)
    drivers = await square.volunteers("Edgars", "Sanita", "Uldis", skills=["Driving"])
    await square.calls(skills=["driving"])
    assert await square.waves() == [("first", {*drivers})]


async def test_who_was_asked_for_another_need_comes_later(square: Square) -> None:
    members = await square.volunteers(*NAMES)
    await square.calls()
    [(_, first)] = await square.waves()
    await square.later(hours=1)
    await square.calls()
    [(_, second)] = await square.waves()
    assert not first & second
    assert first | second <= {*members}


async def test_when_it_is_filled_nobody_is_asked_any_more_and_what_waits_is_taken_back(square: Square) -> None:
    await square.volunteers(*NAMES)
    await square.calls()
    [(_, first)] = await square.waves()
    helper, *others = sorted(first)
    await square.says(helper)
    assert (await square.call()).open == 0
    for member in others:
        assert await square.words(member) == []
    await square.later(days=1)
    assert len(await square.waves()) == 1
    assert [one.answer for one in await square.asked() if one.member == helper] == ["yes"]


async def test_a_no_before_any_yes_is_an_answer(square: Square) -> None:
    await square.volunteers("Ilze", "Marta", "Pēteris", "Anna")
    await square.calls()
    [(_, first)] = await square.waves()
    one = min(first)
    await square.garden.asks(square.people[one], state="withdrawn")
    await square.later(minutes=5)
    [row] = [row for row in await square.asked() if row.member == one]
    assert row.answer == "no"
    assert row.answered == row.at + timedelta(minutes=5)
    await square.later(days=1)
    assert sum(member == one for _, wave in await square.waves() for member in wave) == 1


async def test_when_somebody_drops_out_the_search_begins_at_once_with_who_came_too_late(square: Square) -> None:
    members = await square.volunteers(*NAMES[:4])
    await square.calls(waiting=0)
    [(_, first)] = await square.waves()
    helper, late, _ = sorted(first)
    await square.says(helper)
    await square.says(late)
    assert await square.garden.answered() == {square.people[helper].name: "confirmed", square.people[late].name: "late"}

    await square.says(helper, "withdrawn")
    [_, (why, second)] = await square.waves()
    assert why == "again"
    assert second == {*members} - {helper}
    assert (await square.words(late))[-1] == "place_free"
    await square.says(late)
    assert (await square.call()).open == 0


async def test_who_waits_moves_up_and_nobody_is_asked_when_somebody_drops_out(square: Square) -> None:
    await square.volunteers(*NAMES)
    await square.calls(waiting=1)
    [(_, first)] = await square.waves()
    helper, waits, _ = sorted(first)
    await square.says(helper)
    await square.says(waits)
    await square.says(helper, "withdrawn")
    assert (await square.call()).open == 0
    assert len(await square.waves()) == 1


async def test_nobody_is_called_for_what_is_cancelled_deleted_or_begun(square: Square) -> None:
    members = await square.volunteers(*NAMES)
    await square.calls()
    await square.garden.changes(cancelled=True)
    await square.later(days=1)
    assert len(await square.waves()) == 1
    assert all([await square.words(one) == [] for one in members])

    await square.calls()
    await square.garden.send(square.garden.janis, deleted(square.garden.need))
    await square.later(days=1)
    assert len(await square.waves()) == 1

    await square.calls(days=0.2)
    await square.later(days=1)
    before = len(await square.asked())
    await square.later(days=1)
    assert len(await square.asked()) == before
    assert (await square.call()).due is None


async def test_nobody_is_called_for_a_task_that_was_removed(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    world = square.garden.world
    task = world.stored(f"all:task:{square.garden.task}")
    await square.garden.calls(occurrences=[square.occurrence(TUESDAY, 5)])
    await world.spaces.write(world.space, [{"_id": f"all:task:{square.garden.task}", "_deleted": True}])
    await square.goes_on()
    await square.later(days=4, hours=2)
    assert await square.waves() == []
    assert await square.words(square.garden.janis) == []
    await world.spaces.write(world.space, [{name: task[name] for name in task if name != "_rev"}])
    await square.later(hours=20)
    assert await square.waves() == [("first", {ilze})]


async def test_a_contact_who_may_not_open_the_task_is_not_turned_to(square: Square) -> None:
    outside = await square.garden.volunteer("Outside", access=False)
    await square.calls(contact=await square.garden.world.member(outside))
    assert await square.words(outside) == []
    assert await square.words(square.garden.janis) == ["handed"]


async def test_who_is_called_in_the_evening_has_until_the_morning(square: Square) -> None:
    await square.volunteers(*NAMES)
    await square.until("2026-11-21T20:00:00+00:00")  # ten in the evening in Rīga
    await square.calls(days=1)
    await square.until("2026-11-22T05:59:00+00:00")
    assert len(await square.waves()) == 1
    await square.until("2026-11-22T08:21:00+00:00")
    assert len(await square.waves()) == 2


async def test_a_place_goes_through_all_its_states(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    garden = square.garden
    await square.calls()
    for state in ("asked", "started", "done"):
        await square.says(ilze, state)
        assert await garden.answered() == {"Ilze": "confirmed"}, state
    chief = await garden.world.member(garden.janis)
    said = {"need": garden.need["_id"].split(":")[2], "member": ilze, "came": True, "minutes": 120}
    await garden.send(garden.janis, written(chief, "attendance", f"{TUESDAY}-{ilze}", partition=garden.task, **said))
    await square.goes_on()
    assert [one.answer for one in await square.asked()] == ["yes"]


async def test_the_contact_is_told_once_when_people_are_still_missing(square: Square) -> None:
    contact, *_ = await square.volunteers("Valdis", *NAMES)
    await square.calls(days=1, contact=contact)
    await square.later(hours=18)
    assert (await square.call()).handed is None
    await square.later(hours=2)
    assert (await square.call()).handed is not None
    assert await square.words(contact) == ["handed"]
    [notice] = await square.inbox(square.people[contact])
    assert notice["facts"]["count"] == 1
    await square.later(hours=1)
    assert await square.words(contact) == ["handed"]
    assert await square.words(square.garden.janis) == []


async def test_the_administrators_are_told_where_no_contact_is_named_or_they_left(square: Square) -> None:
    await square.calls()
    assert await square.words(square.garden.janis) == ["handed"], "there is nobody to ask"
    [ilze] = await square.volunteers("Ilze")
    await square.later(days=1)
    assert await square.waves() == [("first", {ilze})], "who joined meanwhile is asked"
    await square.says(ilze)
    assert await square.words(square.garden.janis) == [], "what was handed over is done"


async def test_a_need_at_another_time_is_asked_for_anew(square: Square) -> None:
    members = await square.volunteers("Ilze", "Marta")
    await square.calls()
    await square.garden.changes(occurrences=[square.occurrence(TUESDAY, 5)])
    await square.goes_on()
    assert await square.waves() == [("first", {*members}), ("again", {*members})]
    for member in members:
        assert await square.words(member) == ["needed"], "the old time is taken back"


async def test_who_asks_to_be_forgotten_leaves_nothing_in_the_calls(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    await square.calls()
    assert await Asked.count() == 1
    await Account.delete().where(Account.id == square.people[ilze].id)
    assert await Asked.count() == 0
    await square.later(days=1)


async def test_a_rebuild_asks_nobody_again(square: Square) -> None:
    await square.volunteers(*NAMES)
    await square.calls()
    before = await square.asked(), await square.rows()
    house = square.house
    await follower(house.store, house.spaces, house.clock, TYPES, house.notices.teller).rebuild()
    await square.goes_on()
    assert (await square.asked(), await square.rows()) == before
