"""What an answer means, decided from the answer alone.

201, any 2xx     Delivered   the push service has it (not: the person has seen it)
404, 410         Gone        forget the subscription (RFC 8030 §7.3)
413              TooLarge    shorten and try once more (RFC 8030 §7.2)
408, 429, 5xx    RetryLater  after the time told, or the caller's own back-off
anything else    Refused     401 and 403: not the key the subscription was made with (RFC 8292 §4.2);
                             3xx: we follow nothing; 400: our fault. Sending it again changes nothing
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

MAX_WAIT = 24 * 3600
"""Seconds; a push service that asks for more is asked again after a day."""

_MAX_REASON = 200  # characters
_SUCCESS = range(200, 300)
_PASSING = {408, 429, *range(500, 600)}


class Answer(msgspec.Struct, frozen=True):
    """The part of an HTTP answer that matters; header names in lower case, the body cut."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


class Delivered(msgspec.Struct, frozen=True):
    """The push service took the message; `location` names it there, if it said so."""

    location: str | None


class Gone(msgspec.Struct, frozen=True):
    """The device has unsubscribed: delete the subscription."""


class TooLarge(msgspec.Struct, frozen=True):
    """The payload is larger than this push service takes."""


class RetryLater(msgspec.Struct, frozen=True):
    """Not now. `after` is in seconds; None leaves the wait to the caller."""

    after: int | None
    reason: str


class Refused(msgspec.Struct, frozen=True):
    """Never in this form. `status` is None when we did not even ask."""

    status: int | None
    reason: str

    @property
    def is_key_mismatch(self) -> bool:
        """Whether the device must subscribe again with our present key."""
        return self.status in {401, 403}


Outcome = Delivered | Gone | TooLarge | RetryLater | Refused


def read_answer(answer: Answer, now: datetime) -> Outcome:
    """Return what the answer means; `now` turns a date in Retry-After into seconds."""
    match answer.status:
        case status if status in _SUCCESS:
            return Delivered(answer.headers.get("location"))
        case 404 | 410:
            return Gone()
        case 413:
            return TooLarge()
        case status if status in _PASSING:
            return RetryLater(_retry_after(answer.headers.get("retry-after"), now), _reason(answer))
        case status:
            return Refused(status, _reason(answer))


def _retry_after(text: str | None, now: datetime) -> int | None:
    """Read RFC 9110 §10.2.3: seconds or an HTTP date; what is neither counts as not said."""
    if text is None:
        return None
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), MAX_WAIT)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # numbers in it may have thousands of digits
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0, min(int((date - now).total_seconds()), MAX_WAIT))


def _reason(answer: Answer) -> str:
    """Return the service's own words, short and printable, for the delivery log."""
    words = "".join(c if c.isprintable() else " " for c in answer.body.decode("utf-8", "replace"))
    return f"{answer.status} {' '.join(words.split())}"[:_MAX_REASON].rstrip()
