"""Whom to ask for help, and when: few at first, then more, at last a human who was named. Pure.

    called ──▶ wave 1 ──pause──▶ wave 2 (twice as many) ──pause──▶ … ──▶ nobody left, or the last hours: a human
                 └────────────── filled, cancelled or begun: nothing more ──────────────┘

Who fits best is asked first: by skills, then those who were asked longest ago, so that nobody is asked for everything.
That order is used here and shown to nobody. A wave that would wake people goes out anyway: each notice waits for its
own person's morning (`wishes.py`).
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

FEW: Final = 3
"""The least that a wave asks."""
SHORTEST: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(days=1)
SHARE: Final = 6
"""A pause is this part of the time that is left."""
LAST_CALL: Final = timedelta(hours=2)
"""So long before the end a human is told, at the least."""


class Volunteer(Struct, frozen=True):
    """Somebody who may answer."""

    member: str
    skills: frozenset[str] = frozenset()
    asked: datetime | None = None
    """When they were last asked for anything."""


class Call(Struct, frozen=True, kw_only=True):
    """A need as it stands."""

    open: int
    """Places that nobody has."""
    ends: datetime
    """Its deadline, or its beginning."""
    skills: frozenset[str] = frozenset()
    waves: int = 0
    """How many went out."""
    last: datetime | None = None
    """When the last one went out."""
    handed: bool = False
    """Whether a human was told."""
    called: datetime
    """When people were first called for."""


class Wave(Struct, frozen=True):
    """What to do now: ask these people, tell the human, or come back later."""

    act: Literal["ask", "hand", "wait", "rest"]
    members: tuple[str, ...] = ()
    again: datetime | None = None
    """When to look again."""
    why: Literal["filled", "over", "first", "wider", "nobody", "late", ""] = ""
    """For the coordinator, who sees each wave and its reason."""


def next_wave(call: Call, volunteers: Iterable[Volunteer], answered: Collection[str], now: datetime) -> Wave:
    """Return what to do for a call; `answered` are those who were asked or have said yes or no."""
    if call.open <= 0:
        return Wave("rest", why="filled")
    if now >= call.ends:
        return Wave("rest", why="over")
    late = now >= hand_over_at(call)
    if late and not call.handed:
        return Wave("hand", again=now, why="late")
    if call.last is not None and now < (due := call.last + pause(call.ends - call.last)):
        return Wave("wait", again=due if call.handed else min(due, hand_over_at(call)))
    left = [one for one in volunteers if one.member not in answered]
    if not left:
        return Wave("hand", again=None, why="nobody") if not call.handed else Wave("rest", why="nobody")
    members = tuple(one.member for one in best(call, left)[: size(call)])
    return Wave("ask", members, now + pause(call.ends - now), "wider" if call.waves else "first")


def hand_over_at(call: Call) -> datetime:
    """Return when a human is told that places are still open: before a fifth of the time is left."""
    return call.ends - max(LAST_CALL, (call.ends - call.called) / 5)


def pause(left: timedelta) -> timedelta:
    """Return how long a wave is given to answer."""
    return min(max(left / SHARE, SHORTEST), LONGEST)


def size(call: Call) -> int:
    """Return how many a wave asks: twice the open places, and twice as many each time."""
    return max(FEW, 2 * call.open) << min(call.waves, 16)


def best(call: Call, volunteers: Iterable[Volunteer]) -> list[Volunteer]:
    """Return who fits best first; among equals who was asked longest ago, then by member id."""

    def order(one: Volunteer) -> tuple[int, float, str]:
        return -len(one.skills & call.skills), one.asked.timestamp() if one.asked else 0.0, one.member

    return sorted(volunteers, key=order)
