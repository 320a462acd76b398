"""How the call of one occurrence follows what becomes of its need and its places. Pure.

    none ──▶ calling ──▶ at rest      filled, cancelled, over
               ▲            │
               └────────────┘         a place came free, more are needed, or it takes place at another time:
                                      the search begins anew

What is written here about a call is made from documents; what the search adds (waves, when to look again) is kept as
long as it is the same search. So following the same change twice changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec
from msgspec import Struct

from backend.codelivery.documents import Need, Occurrence, Outcome

AHEAD: Final = timedelta(weeks=4)
"""So long before its end an occurrence is called for at the earliest."""
REMINDERS: Final = (timedelta(days=1), timedelta(hours=2))
"""So long before the beginning people are reminded of what they promised."""

_SAID: Final[Mapping[Outcome, Literal["yes", "no"]]] = {
    "confirmed": "yes",
    "waiting": "yes",
    "late": "yes",
    "uninvited": "yes",
    "withdrawn": "no",
    "handed": "no",
}


class CallRow(Struct, frozen=True, kw_only=True):
    """One call as it stands."""

    id: str
    process: str
    item: str
    need: str
    occurrence: str
    start: datetime
    ends: datetime
    open: int
    called: datetime
    searches: int = 0
    step: int = 0
    waves: int = 0
    last: datetime | None = None
    handed: datetime | None = None
    due: datetime | None = None
    remind: datetime | None = None


class Stand(Struct, frozen=True, kw_only=True):
    """One occurrence as documents have it."""

    start: datetime
    ends: datetime
    open: int
    """Places that nobody has; 0 when it is cancelled."""
    cancelled: bool = False


def stand(need: Need, time: Occurrence, confirmed: int) -> Stand:
    """Return how an occurrence stands with so many people confirmed."""
    ends = min(time.start, need.deadline or time.start)
    if need.cancelled:
        return Stand(start=time.start, ends=ends, open=0, cancelled=True)
    return Stand(start=time.start, ends=ends, open=max(need.places - confirmed, 0))


def gone(row: CallRow) -> Stand:
    """Return how an occurrence stands that is in no need any more."""
    return Stand(start=row.start, ends=row.ends, open=0, cancelled=True)


def begun(process: str, item: str, need: str, occurrence: str, now_is: Stand, now: datetime) -> CallRow:
    """Return the call of an occurrence that has none yet."""
    called = called_from(now_is.ends, now)
    return CallRow(
        id=f"{process}-{item}-{need}-{occurrence}",
        process=process,
        item=item,
        need=need,
        occurrence=occurrence,
        start=now_is.start,
        ends=now_is.ends,
        open=now_is.open,
        called=called,
        due=called if now_is.open > 0 and now_is.ends > now else None,
        remind=None if now_is.cancelled else next_reminder(now_is.start, now),
    )


def followed(row: CallRow, now_is: Stand, now: datetime) -> CallRow:
    """Return a call after its occurrence changed."""
    kept = row.remind if now_is.start == row.start else None  # one that is due this moment is not passed over
    remind = None if now_is.cancelled else kept or next_reminder(now_is.start, now)
    after = msgspec.structs.replace(row, start=now_is.start, ends=now_is.ends, open=now_is.open, remind=remind)
    if now_is.open <= 0 or now_is.ends <= now:
        return msgspec.structs.replace(after, due=None)
    if now_is.start != row.start or now_is.open > row.open:
        return _anew(after, row.called if now_is.start == row.start else called_from(now_is.ends, now), now)
    if now_is.ends != row.ends:
        return msgspec.structs.replace(after, due=max(now, after.called), handed=None)
    return after


def takes_back(row: CallRow, now_is: Stand) -> bool:
    """Say whether who was asked and has not answered is asked no more: it is filled, or no longer what they read."""
    return row.waves > 0 and ((row.open > 0 and now_is.open <= 0) or now_is.start != row.start)


def _anew(row: CallRow, called: datetime, now: datetime) -> CallRow:
    """Let the search begin anew; one that has asked nobody yet simply goes on."""
    return msgspec.structs.replace(
        row,
        called=called,
        due=max(now, called),
        searches=row.searches + 1 if row.step else row.searches,
        step=0,
        last=None,
        handed=None,
    )


def called_from(ends: datetime, now: datetime) -> datetime:
    """Return from when on people are called for what can be answered until `ends`."""
    return max(now, ends - AHEAD)


def next_reminder(start: datetime, now: datetime) -> datetime | None:
    """Return the next moment at which those who come are reminded; None when the last one is past."""
    return min((start - before for before in REMINDERS if start - before > now), default=None)


def answer_of(outcome: Outcome) -> Literal["yes", "no"] | None:
    """Return what somebody said, from the server's answer to it; a «no» before any «yes» is one too."""
    return _SAID.get(outcome)
