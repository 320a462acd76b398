"""Who is told what, when something changes. Pure: change → notices, the same ones however often it is asked.

A change says what *is* now and what was before; nothing here reads a document or a clock. When and by which road a
notice reaches its person is another question (`wishes.py`), and so is whom to call for help (`waves.py`).
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from backend.codelivery.documents import Outcome
from backend.notices.domain import MANNERS, Kind

REMINDERS: Final = (timedelta(days=1), timedelta(hours=2))
"""So long before the beginning somebody is reminded of what they promised."""
BEFORE_DUE: Final = timedelta(days=1)


class Told(Struct, frozen=True, kw_only=True):
    """One notice to one member."""

    id: str
    """Says the same thing about the same change each time, so that nobody is told it twice."""
    member: str
    kind: Kind
    thing: str
    """Id of the document it is about; what waits about the same thing is replaced."""
    until: datetime
    word: str
    """Which sentence says it."""


class Occasion(Struct, frozen=True, kw_only=True):
    """One occurrence of a need, as far as notices speak of it."""

    need: str
    """Id of the need's document."""
    occurrence: str
    start: datetime
    place: str = ""
    until: datetime | None = None
    """When word of it is of no more use, for one that has begun; None: when it begins."""

    @property
    def matters_until(self) -> datetime:
        """Return until when word of a change is of use."""
        return self.until or self.start


class Answered(Struct, frozen=True, kw_only=True):
    """The server answered a claim."""

    occasion: Occasion
    member: str
    before: Outcome | None
    after: Outcome
    revision: str
    """Of the answer; the same one given another time is told again."""


class Dates(Struct, frozen=True, kw_only=True):
    """One or several times of a need moved (time, end or place), or were cancelled, together: a person is told once."""

    need: str
    """Id of the need's document."""
    member: str
    """Who promised to come, or waits."""
    what: Literal["moved", "cancelled"]
    occurrences: tuple[str, ...]
    until: datetime
    """When word of it is of no more use."""
    cause: str
    """What did it to all of them, in the same words each time it is asked."""


class Offered(Struct, frozen=True, kw_only=True):
    """Somebody names a member who may have their place, or that member says no."""

    occasion: Occasion
    thing: str
    """What the notice is about."""
    giver: str
    to: str
    refused: bool
    revision: str
    """Of the claim that says so."""


class Assigned(Struct, frozen=True, kw_only=True):
    """Somebody is asked to do something."""

    assignment: str
    members: tuple[str, ...]
    by: str
    due: datetime | None
    at: datetime


class Mentioned(Struct, frozen=True, kw_only=True):
    """Somebody is spoken to in a comment."""

    comment: str
    members: tuple[str, ...]
    by: str
    at: datetime


class Replied(Struct, frozen=True, kw_only=True):
    """Somebody answered in a thread."""

    comment: str
    to: str
    """Who began the thread."""
    mentioned: tuple[str, ...]
    """Who is spoken to in it, and so is told already."""
    by: str
    at: datetime


Change = Answered | Dates | Offered | Assigned | Mentioned | Replied

_ANSWERS: Final = {
    "confirmed": (Kind.ANSWERED, "confirmed"),
    "waiting": (Kind.ANSWERED, "waiting"),
    "late": (Kind.ANSWERED, "late"),
    "uninvited": (Kind.ANSWERED, "uninvited"),
    "handed": (Kind.ANSWERED, "handed_on"),
    "cancelled": (Kind.CANCELLED, "cancelled"),
}
"""What a claimant is told; their own word (withdrawn) they know."""


def decide(change: Change) -> list[Told]:
    """Return what is told to whom. Nobody is told what they did themselves."""
    match change:
        case Answered():
            return list(_answered(change))
        case Dates():
            return [_dates(change)]
        case Offered():
            return [_offered(change)]
        case Assigned():
            others = (one for one in change.members if one != change.by)
            until = change.due or change.at + MANNERS[Kind.ASSIGNED].lasts
            return list(_each(others, Kind.ASSIGNED, change.assignment, until, "assigned"))
        case Mentioned():
            others = (one for one in change.members if one != change.by)
            until = change.at + MANNERS[Kind.MENTION].lasts
            return list(_each(others, Kind.MENTION, change.comment, until, "mentioned"))
        case Replied():
            others = (one for one in (change.to,) if one not in (change.by, *change.mentioned))
            until = change.at + MANNERS[Kind.MENTION].lasts
            return list(_each(others, Kind.MENTION, change.comment, until, "replied"))


def reminders(occasion: Occasion, confirmed: Iterable[str]) -> list[tuple[datetime, Told]]:
    """Return when to remind whom of what they promised; moments that are past are for the caller to leave out."""
    thing = _thing(occasion)
    return [
        (
            occasion.start - before,
            Told(
                id=notice_id(thing, "reminder", occasion.start.isoformat(), str(before)),
                member=member,
                kind=Kind.REMINDER,
                thing=thing,
                until=occasion.start,
                word="reminder",
            ),
        )
        for member in confirmed
        for before in REMINDERS
    ]


def _answered(change: Answered) -> Iterator[Told]:
    if change.after == change.before or change.after not in _ANSWERS:
        return
    kind, word = _ANSWERS[change.after]
    if change.before == "waiting" and change.after == "confirmed":
        word = "moved_up"  # a promise, like every place: they are expected now, and no cap may keep it from them
    thing = _thing(change.occasion)
    yield Told(
        id=notice_id(thing, change.after, change.before or "", change.revision),
        member=change.member,
        kind=kind,
        thing=thing,
        until=change.occasion.matters_until,
        word=word,
    )


def _dates(change: Dates) -> Told:
    """One time is named by itself; of several it is told how many, about the need as a whole."""
    one = f"{change.need}~{change.occurrences[0]}" if len(change.occurrences) == 1 else None
    return Told(
        id=notice_id(change.need, change.what, change.cause),
        member=change.member,
        kind=Kind.CHANGED if change.what == "moved" else Kind.CANCELLED,
        thing=one or change.need,
        until=change.until,
        word=change.what if one else f"{change.what}_dates",
    )


def _offered(change: Offered) -> Told:
    """A question to whom the giver names, or the answer to the giver, who still has the place."""
    word = "not_taken" if change.refused else "offered"
    return Told(
        id=notice_id(change.thing, word, change.giver, change.to, change.revision),
        member=change.giver if change.refused else change.to,
        kind=Kind.ANSWERED if change.refused else Kind.MENTION,
        thing=change.thing,
        until=change.occasion.start,
        word=word,
    )


def _each(members: Iterable[str], kind: Kind, thing: str, until: datetime, word: str, *state: str) -> Iterator[Told]:
    for member in members:
        yield Told(id=notice_id(thing, word, *state), member=member, kind=kind, thing=thing, until=until, word=word)


def _thing(occasion: Occasion) -> str:
    return f"{occasion.need}~{occasion.occurrence}"


def notice_id(*what: str) -> str:
    """Return a name of at most 64 characters that the same facts always get."""
    return hashlib.blake2b("\0".join(what).encode(), digest_size=20).hexdigest()
