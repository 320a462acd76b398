"""A person's commitments as a calendar that other programs subscribe to: iCalendar, RFC 5545. Pure.

    place        event
    confirmed    STATUS:CONFIRMED
    waiting      STATUS:TENTATIVE, «waiting list» in its title
    withdrawn, handed, cancelled    STATUS:CANCELLED, for those who had it in their calendar

A program knows an event again by its UID, and takes the one with the higher SEQUENCE for the newer (§3.8.7.4). So the
UID is that of the occurrence, and SEQUENCE counts the revisions of the two documents the event is made from: both only
grow. Nothing in it changes with the moment of asking, so an unchanged calendar has an unchanged ETag.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from backend.codelivery.documents import Need, Occurrence, Placed
from backend.kit.texts import say

if TYPE_CHECKING:
    from icalendar import Event, Timezone

REFRESH: Final = timedelta(hours=1)
"""How often a program should look again, as far as it cares."""
_ENDED: Final = frozenset({"withdrawn", "handed", "cancelled"})
_STATUS: Final = {"confirmed": "CONFIRMED", "waiting": "TENTATIVE"}
_AROUND: Final = timedelta(days=400)
"""Of changes of the clock, those so long before and after the events are told."""


class Commitment(Struct, frozen=True):
    """One time at which somebody helps, with the documents that say so."""

    need: Need
    occurrence: Occurrence
    place: Placed
    process: str
    """What the process is called."""
    url: str
    """Where the need is seen."""


def calendar_of(commitments: Sequence[Commitment], language: str) -> bytes:
    """Return the calendar, with the definitions of the zones its events are told in."""
    from icalendar import Calendar  # here and below: 3 MB, for those alone whose people subscribe

    calendar = Calendar()
    calendar.add("prodid", "-//Interlink//Commitments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = say("calendar.name", language)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    shown = [one for one in commitments if _is_told(one)]
    for zone, (first, last) in sorted(_zones(shown).items()):
        calendar.add_component(_definition(zone, first, last))
    for one in shown:
        calendar.add_component(_event(one, language))
    return calendar.to_ical()


def _is_told(one: Commitment) -> bool:
    """Say whether an event belongs into the calendar: who only ever said no has nothing to take out of it."""
    return one.place.outcome in _STATUS or (one.place.outcome in _ENDED and _generation(one.place.rev) > 1)


def _event(one: Commitment, language: str) -> "Event":
    from icalendar import Event, vText

    event = Event()
    event.add("uid", f"{one.occurrence.id}@interlink")
    zone = zone_of(one.need.zone)
    event.add("dtstart", one.occurrence.start.astimezone(zone))
    event.add("dtend", one.occurrence.end.astimezone(zone))
    name = _line(one.need.name)
    waits = one.place.outcome == "waiting" and not one.need.cancelled
    event.add("summary", say("calendar.waiting", language, name=name) if waits else name)
    if one.need.place:
        event.add("location", _line(", ".join(filter(None, (one.need.place.name, one.need.place.address)))))
        if one.need.place.lat is not None and one.need.place.lon is not None:
            event.add("geo", (one.need.place.lat, one.need.place.lon))
    if one.process:
        event.add("description", _line(one.process))
    event.add("url", one.url)
    cancelled = one.need.cancelled or one.place.outcome in _ENDED
    event["status"] = vText("CANCELLED" if cancelled else _STATUS[one.place.outcome])
    event.add("transp", "TRANSPARENT" if cancelled or waits else "OPAQUE")
    changed = max(_in_utc(one.need.at), _in_utc(one.place.at))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", _generation(one.need.rev) + _generation(one.place.rev) - 2)
    return event


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name; UTC for one that nobody knows."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, malformed, a folder («Europe»)
        return ZoneInfo("UTC")


def _zones(some: Sequence[Commitment]) -> dict[str, tuple[date, date]]:
    """Return the zones in use, but UTC, each with the days of its first and last event."""
    found: dict[str, tuple[date, date]] = {}
    for one in some:
        zone = zone_of(one.need.zone).key
        if zone != "UTC":
            start, end = one.occurrence.start.date(), one.occurrence.end.date()
            first, last = found.get(zone, (start, end))
            found[zone] = min(first, start), max(last, end)
    return found


def _definition(zone: str, first: date, last: date) -> "Timezone":
    """Return the VTIMEZONE of whole years around the events."""
    return _made(zone, (first - _AROUND).year, (last + _AROUND).year)


@lru_cache(maxsize=64)
def _made(zone: str, first: int, last: int) -> "Timezone":
    from icalendar import Timezone

    return Timezone.from_tzid(zone, first_date=date(first, 1, 1), last_date=date(last, 12, 31))


def _generation(revision: str | None) -> int:
    return int((revision or "1").partition("-")[0])


def _in_utc(moment: datetime) -> datetime:
    """Return a device's moment, which may lack its zone."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _line(text: str) -> str:
    """Return what people wrote as one line of signs that may stand in a calendar (no control characters, §3.3.11)."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
