"""Whom to ask for help, and when: few at first, then more, at last a human who was named. Pure.

    called ──▶ wave 1 ──pause──▶ wave 2 (twice as many) ──pause──▶ … ──▶ nobody left, or the last hours: a human
                 └────────────── filled, cancelled or begun: nothing more ──────────────┘
                            └── a place comes free ──▶ the search begins anew

Who fits best is asked first: who came too late for a place that is free now, then by skills, then those who were asked
longest ago, so that nobody is asked for everything. That order is used here and shown to nobody. A wave that would wake
people goes out anyway, as each notice waits for its own person's morning (`wishes.py`); the next one waits for it too.

Nobody is called for what is far away (`codelivery/calls.py`). Whoever was asked for one time of a series is asked for
another one a day later at the earliest.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from msgspec import Struct

Urgency = Literal["now", "soon", "planned"]


class Pace(NamedTuple):
    """How long a wave is given to answer."""

    share: int
    """It is this part of the time that is left,"""
    shortest: timedelta
    longest: timedelta


PACES: Final[dict[Urgency, Pace]] = {
    "now": Pace(12, timedelta(minutes=5), timedelta(hours=1)),
    "soon": Pace(8, timedelta(minutes=15), timedelta(hours=6)),
    "planned": Pace(6, timedelta(minutes=15), timedelta(days=1)),
}
FEW: Final = 3
"""The least that a wave asks."""
LAST_CALL: Final = timedelta(hours=2)
"""So long before the end a human is told, at the least."""
SERIES_PAUSE: Final = timedelta(hours=25)
"""Between two questions to one person about one series: a day, also the one on which the clocks are set back."""
LOOK_AGAIN: Final = timedelta(days=1)
"""When everybody was asked: perhaps somebody new has come."""


class Volunteer(Struct, frozen=True):
    """Somebody who may answer."""

    member: str
    skills: frozenset[str] = frozenset()
    asked: datetime | None = None
    """When they were last asked for anything."""
    rests: datetime | None = None
    """Not before this; they were asked about the same series."""
    missed: bool = False
    """They came too late, and would have helped."""


class Call(Struct, frozen=True, kw_only=True):
    """A need as it stands."""

    open: int
    """Places that nobody has."""
    ends: datetime
    """Its deadline, or its beginning."""
    skills: frozenset[str] = frozenset()
    urgency: Urgency = "planned"
    waves: int = 0
    """How many went out since the search began, or began anew."""
    last: datetime | None = None
    """When the last one went out."""
    heard: datetime | None = None
    """When the night was over in which the last one went out; none: it went out by day, or it hurries."""
    handed: bool = False
    """Whether a human was told."""
    called: datetime
    """From when on people are called for."""


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
    if otherwise := unless_asking(call, now):
        return otherwise
    left = [one for one in volunteers if one.member not in answered]
    if left:
        return _ask(call, left, now)
    if not call.handed:
        return Wave("hand", again=None, why="nobody")
    return Wave("wait", again=min(now + LOOK_AGAIN, call.ends), why="nobody")


def unless_asking(call: Call, now: datetime) -> Wave | None:
    """Return what to do that asks nobody, whoever there is; None when people are to be asked now."""
    if ended := _ended(call, now):
        return ended
    if now >= hand_over_at(call) and not call.handed:
        return Wave("hand", again=now, why="late")
    return _wait(call, due) if now < (due := _due(call)) else None


def _ended(call: Call, now: datetime) -> Wave | None:
    if call.open <= 0:
        return Wave("rest", why="filled")
    return Wave("rest", why="over") if now >= call.ends else None


def _due(call: Call) -> datetime:
    """Return when people may be asked: when the call begins, and when the last wave had its time.

    Who sleeps has until the morning, and then their time, unless everything is over by then.
    """
    if call.last is None:
        return call.called
    since = call.heard if call.heard and call.heard < call.ends else call.last
    return since + pause(call.ends - since, call.urgency)


def _ask(call: Call, left: Iterable[Volunteer], now: datetime) -> Wave:
    ready = [one for one in left if one.rests is None or one.rests <= now]
    if not ready:
        return _wait(call, min(one.rests or now for one in left))
    members = tuple(one.member for one in best(call, ready)[: size(call)])
    return Wave("ask", members, now + pause(call.ends - now, call.urgency), "wider" if call.waves else "first")


def _wait(call: Call, due: datetime) -> Wave:
    return Wave("wait", again=due if call.handed else min(due, hand_over_at(call)))


def hand_over_at(call: Call) -> datetime:
    """Return when a human is told that places are still open: before a fifth of the time is left."""
    return call.ends - max(LAST_CALL, (call.ends - call.called) / 5)


def pause(left: timedelta, urgency: Urgency = "planned") -> timedelta:
    """Return how long a wave is given to answer."""
    pace = PACES[urgency]
    return min(max(left / pace.share, pace.shortest), pace.longest)


def size(call: Call) -> int:
    """Return how many a wave asks: twice the open places, and twice as many each time."""
    return max(FEW, 2 * call.open) << min(call.waves, 16)


def best(call: Call, volunteers: Iterable[Volunteer]) -> list[Volunteer]:
    """Return who fits best first; among equals who was asked longest ago, then by member id."""

    def order(one: Volunteer) -> tuple[bool, int, float, str]:
        asked = one.asked.timestamp() if one.asked else 0.0
        return not one.missed, -len(one.skills & call.skills), asked, one.member

    return sorted(volunteers, key=order)
