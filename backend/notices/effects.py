"""What an answer of a push service changes: for the notice that was sent, and for the device it went to. Pure.

Delivered     sent; what the person sees of it the device tells later
Gone          the subscription is forgotten; the device subscribes again when it comes by
TooLarge      cut to its title and tried once more; a second time it has failed
RetryLater    when the service said, else twice as long as before, from half a minute to an hour, spread a little so
              that a service that comes back is not stormed
Refused       401, 403: the device must subscribe again, and the notice waits for that; anything else has failed
"""

from datetime import datetime, timedelta

from msgspec import Struct

from backend.notices.domain import State
from push import Delivered, Gone, Outcome, Refused, RetryLater, TooLarge

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
_DOUBLINGS = 7
_MOST_SPREAD = 0.25  # of a pause
_MAX_REASON = 300


class Effect(Struct, frozen=True):
    """What to write down."""

    state: State
    reason: str = ""
    due: datetime | None = None
    """When to try again, while it is still queued."""
    shorten: bool = False
    forget: bool = False
    """The subscription is no more."""
    stale: bool = False
    """The subscription is bound to a key that is not taken."""


def effect(outcome: Outcome, *, tries: int, shortened: bool, now: datetime, spread: float) -> Effect:
    """Return what an outcome changes; `tries` were made before this one, `spread` is a random number from 0 to 1."""
    match outcome:
        case Delivered():
            return Effect(State.SENT)
        case Gone():
            return Effect(State.FAILED, "gone", forget=True)
        case TooLarge():
            return _cut(now) if not shortened else Effect(State.FAILED, "too large, even when cut")
        case RetryLater(after, reason):
            return Effect(State.QUEUED, reason[:_MAX_REASON], due=now + _pause(after, tries, spread))
        case Refused(reason=reason):
            return _refused(reason[:_MAX_REASON], now, key=outcome.is_key_mismatch)


def _cut(now: datetime) -> Effect:
    return Effect(State.QUEUED, "too large", due=now, shorten=True)


def _refused(reason: str, now: datetime, *, key: bool) -> Effect:
    return Effect(State.QUEUED, reason, due=now, stale=True) if key else Effect(State.FAILED, reason)


def _pause(after: int | None, tries: int, spread: float) -> timedelta:
    if after is not None:
        return timedelta(seconds=after) + FIRST_PAUSE * spread * _MOST_SPREAD
    return min(FIRST_PAUSE * 2 ** min(tries, _DOUBLINGS), LONGEST_PAUSE) * (1 + spread * _MOST_SPREAD)
