"""A program that is killed while it calls people asks nobody twice and forgets nobody, wherever it was."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from backend.codelivery import call_rows
from backend.notices.decide import Told
from backend.notices.documents import Facts
from backend.notices.telling import Teller
from tests.backend.codelivery.calling import Square

NAMES = ("Ilze", "Marta", "Pēteris", "Anna", "Juris")
STEPS = ("begin", "change", "add_asked", "untold", "note_told")
"""What is written down on the way; the program is killed before and after each of them."""


class KilledError(BaseException):
    """The program is no more; nothing of it catches this."""


class Dying:
    """The house's teller, killed before or after it tells the so-manieth."""

    def __init__(self, teller: Teller, at: int, *, after: bool) -> None:
        self._teller = teller
        self._left = at
        self._after = after

    async def tell(
        self, told: Told, facts: Facts, *, space: str, path: str, things: Sequence[str], at: datetime | None = None
    ) -> None:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise KilledError
        await self._teller.tell(told, facts, space=space, path=path, things=things, at=at)
        if self._left == 0:
            raise KilledError

    async def withdraw(self, space: str, thing: str, member: str | None = None) -> None:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise KilledError
        await self._teller.withdraw(space, thing, member)
        if self._left == 0:
            raise KilledError


async def goes_on(square: Square) -> bool:
    """Go on until killed, and say whether it was."""
    try:
        await square.goes_on()
    except KilledError:
        square.teller = None
        return True
    return False


async def is_whole(square: Square) -> None:
    """Three people were asked once, were told once, and know no more; the rest follows in time."""
    await square.goes_on()
    [(why, first)] = await square.waves()
    assert (why, len(first)) == ("first", 3)
    assert all(row.told for row in await square.asked())
    for member in square.people:
        assert await square.words(member) == (["needed"] if member in first else [])
    await square.later(hours=9)
    [_, (why, second)] = await square.waves()
    assert (why, first | second) == ("wider", {*square.people})
    assert all([await square.words(member) == ["needed"] for member in square.people])


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", [1, 3])
async def test_killed_while_it_tells_people(square: Square, number: int, *, after: bool) -> None:
    await square.volunteers(*NAMES)
    square.teller = Dying(square.house.notices.teller, number, after=after)
    killed = False
    try:
        await square.calls()
    except KilledError:
        killed, square.teller = True, None
    assert killed
    await is_whole(square)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
async def test_killed_between_two_things_that_are_written_down(
    square: Square, monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool
) -> None:
    await square.volunteers(*NAMES)
    dies(monkeypatch, step, after=after)
    with pytest.raises(KilledError):
        await square.calls()
    monkeypatch.undo()
    await is_whole(square)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", [1, 2, 3])
async def test_killed_while_it_takes_back_what_is_filled(square: Square, number: int, *, after: bool) -> None:
    await square.volunteers(*NAMES)
    await square.calls()
    [(_, first)] = await square.waves()
    helper, *others = sorted(first)
    square.teller = Dying(square.house.notices.teller, number, after=after)
    await square.garden.asks(square.people[helper])
    await goes_on(square)
    square.teller = None
    await square.goes_on()
    assert (await square.call()).open == 0
    for member in others:
        assert await square.words(member) == [], "nobody is left with a question that is answered"
    assert [row.answer for row in await square.asked() if row.member == helper] == ["yes"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_killed_while_it_hands_over_to_a_human(
    square: Square, monkeypatch: pytest.MonkeyPatch, *, after: bool
) -> None:
    dies(monkeypatch, "change", after=after, nth=1)
    with pytest.raises(KilledError):
        await square.calls()
    monkeypatch.undo()
    await square.goes_on()
    assert await square.words(square.garden.janis) == ["handed"]
    assert (await square.call()).handed is not None


def dies(monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool, nth: int = 1) -> None:
    """Kill the program before or after it does this."""
    real: Any = getattr(call_rows, step)
    left = nth

    async def dying(*args: Any, **how: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and not after:
            raise KilledError
        done = await real(*args, **how)
        if left == 0:
            raise KilledError
        return done

    monkeypatch.setattr(call_rows, step, dying)
