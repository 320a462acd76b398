"""A call is changed by who made it, whom it names to turn to, and who looks after the task; others only answer it."""

from typing import Any

import pytest

from backend.accounts.domain import Person
from tests.backend.codelivery.helpers import Garden, a_need
from tests.backend.world import revised


async def colleague(garden: Garden, name: str, *, delete: bool = False) -> Person:
    """Somebody who may call for people at this task too."""
    person = await garden.world.person(name)
    await garden.world.joins(person, delete=delete)
    return person


async def told(garden: Garden, person: Person, **members: Any) -> list[str]:
    """Change the call as somebody; the words of the refusal, if it is one."""
    changed = revised(garden.need, **members, by=await garden.world.member(person))
    refused = [one.reason or "" for one in await garden.world.sends(person, changed) if one.error]
    if not refused:
        garden.need = changed
    return refused


async def test_who_only_may_call_too_changes_nobody_elses_call(garden: Garden) -> None:
    await garden.calls()
    marta = await colleague(garden, "Marta")
    assert await told(garden, marta, cancelled=True) == ["edit: You do not have the right to change this."]
    mine = a_need(await garden.world.member(marta), garden.task)
    await garden.send(marta, mine)
    await garden.send(marta, revised(mine, places=3))


@pytest.mark.parametrize("who", ["author", "contact", "who may delete there", "administrator"])
async def test_who_looks_after_a_call_changes_it(garden: Garden, who: str) -> None:
    ilze, marta, zane = (
        await colleague(garden, "Ilze"),
        await colleague(garden, "Marta"),
        await colleague(garden, "Zane", delete=True),
    )
    garden.need = a_need(await garden.world.member(ilze), garden.task, contact=await garden.world.member(marta))
    await garden.send(ilze, garden.need)
    people = {"author": ilze, "contact": marta, "who may delete there": zane, "administrator": garden.janis}
    assert await told(garden, people[who], places=3) == []


async def test_nobody_makes_themselves_the_contact(garden: Garden) -> None:
    await garden.calls()
    marta = await colleague(garden, "Marta")
    assert await told(garden, marta, contact=await garden.world.member(marta)) != []


async def test_whoever_is_the_contact_no_more_changes_it_no_more(garden: Garden) -> None:
    marta = await colleague(garden, "Marta")
    await garden.calls(contact=await garden.world.member(marta))
    assert await told(garden, marta, places=2) == []
    await garden.changes(contact=None, by=await garden.world.member(garden.janis))
    assert await told(garden, marta, places=3) != []
