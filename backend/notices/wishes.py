"""What a person wishes about being told things, and what follows for one notice at one moment. Pure.

    muted, switched off ──▶ inbox only        the inbox always has it: it is the truth, the rest only carries it
    off duty             ──▶ when they are back
    quiet hours          ──▶ when they end     in the person's own zone, summer and winter
    the cap of the day   ──▶ the next day      only for what asks something of them
    nothing of all that  ──▶ now

Whatever would come too late to be of use goes to the inbox only. What changes a promise (a place confirmed, a time
moved, a need cancelled) is not held back by the cap, and breaks the quiet hours only if it begins before they end.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct, field

from backend.kit.types import InvalidDocumentError, UnknownVersionError
from backend.notices.documents import WISHES
from backend.notices.domain import Kind

Road = Literal["push", "mail", "inbox"]

PROMISED: Final = frozenset({Kind.ANSWERED, Kind.REMINDER, Kind.HANDED, Kind.CHANGED, Kind.CANCELLED})
"""About what the person has promised, or answers for: they rely on hearing it."""
UNCOUNTED: Final = PROMISED | {Kind.TEST}
"""What the cap of a day does not count."""
DAYS_AHEAD: Final = 60
"""Further than this nothing is put off."""


class Quiet(Struct, frozen=True):
    """Hours of the night, by the clock on the wall; they may go past midnight."""

    start: time = time(21, 0)
    end: time = time(8, 0)

    def covers(self, clock: time) -> bool:
        """Say whether a moment of the day is quiet; equal ends mean that nothing is."""
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


class Wishes(Struct, frozen=True, kw_only=True):
    """Of one person; without a word of theirs these are the defaults."""

    zone: Annotated[str, Meta(max_length=60)] = "UTC"
    """IANA name; the device tells it."""
    quiet: Quiet | None = Quiet()
    cap: Annotated[int, Meta(ge=0, le=20)] = 2
    """How often a day they may be asked for something."""
    off_until: datetime | None = None
    """Off duty until then."""
    roads: dict[Kind, Road] = field(default_factory=dict[Kind, Road])
    """By which road a kind comes; push where nothing is said."""
    muted: frozenset[str] = frozenset()
    """Things they want to hear nothing of: a process, a need."""
    digest: Literal["none", "daily", "weekly"] = "none"
    """Whether what came to the inbox only is told together: each day, or on Mondays."""
    digest_at: time = time(8, 0)

    def clock(self) -> ZoneInfo:
        """Return the person's zone; UTC when this server does not know it."""
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")


class Telling(Struct, frozen=True):
    """By which road and when. The inbox has it at once in any case."""

    road: Road
    at: datetime


def read_wishes(stored: Mapping[str, Any] | None) -> Wishes:
    """Return what a person's document says; what it does not say, or a newer program said, is as everybody has it."""
    try:
        said = WISHES.read(stored) if stored else None
    except (InvalidDocumentError, UnknownVersionError):
        said = None
    if said is None:
        return Wishes()
    return Wishes(
        zone=said.zone,
        quiet=Quiet(_clock(said.quiet.start), _clock(said.quiet.end)) if said.quiet else None,
        cap=said.cap,
        off_until=said.off_until,
        roads={Kind(kind): road for kind, road in said.roads.items() if kind in set(Kind)},
        muted=frozenset(said.muted),
        digest=said.digest,
        digest_at=_clock(said.digest_at),
    )


def _clock(text: str) -> time:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute))


def telling(
    wishes: Wishes, kind: Kind, things: Sequence[str], now: datetime, until: datetime, told: Sequence[datetime]
) -> Telling:
    """Say how a notice reaches a person.

    `things` is what it is about, from the process down; `until` is when it is of no more use; `told` are the moments
    at which this person was asked for something, as far as they are known.
    """
    road = wishes.roads.get(kind, "push")
    if road == "inbox" or wishes.muted.intersection(things):
        return Telling("inbox", now)
    at = _earliest(wishes, kind, now, until, told)
    return Telling("inbox", now) if at >= until else Telling(road, at)


def _earliest(wishes: Wishes, kind: Kind, now: datetime, until: datetime, told: Sequence[datetime]) -> datetime:
    """Return the first moment at which nothing the person wishes is in the way."""
    at = now
    for _ in range(DAYS_AHEAD):
        off = wishes.off_until and max(at, wishes.off_until)
        later = off if off and kind not in PROMISED else at
        awake = after_quiet(wishes, later)
        if kind in PROMISED and until <= awake:
            return later  # it cannot wait until the morning
        if kind not in UNCOUNTED and _told_on(wishes, awake, told) >= wishes.cap:
            at = _next_day(wishes, awake)
        else:
            return awake
    return at


def next_digest(wishes: Wishes, now: datetime) -> datetime | None:
    """Return when the next digest is due, in UTC; None when none is wished."""
    if wishes.digest == "none":
        return None
    zone = wishes.clock()
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(8))
    moments = (_on_the_wall(day, wishes.digest_at, zone) for day in days if _has_digest(wishes, day))
    return next(one for one in moments if one > now)


def _has_digest(wishes: Wishes, day: date) -> bool:
    return wishes.digest == "daily" or day.weekday() == 0


def after_quiet(wishes: Wishes, at: datetime) -> datetime:
    """Return `at`, or the end of the quiet hours it lies in. Always in UTC."""
    quiet, zone = wishes.quiet, wishes.clock()
    local = at.astimezone(zone)
    if quiet is None or not quiet.covers(local.time()):
        return at.astimezone(UTC)
    day = local.date() if local.time() < quiet.end else local.date() + timedelta(days=1)
    return _on_the_wall(day, quiet.end, zone)


def _on_the_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return when a clock on the wall shows this; a time that summer time leaves out is taken an hour later."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _told_on(wishes: Wishes, at: datetime, told: Sequence[datetime]) -> int:
    zone = wishes.clock()
    day = at.astimezone(zone).date()
    return sum(one.astimezone(zone).date() == day for one in told)


def _next_day(wishes: Wishes, at: datetime) -> datetime:
    zone = wishes.clock()
    return _on_the_wall(at.astimezone(zone).date() + timedelta(days=1), time(0, 0), zone)
