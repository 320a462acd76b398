"""Bodies of the address that shows coordinators how calls go."""

from datetime import datetime
from typing import Literal

from backend.accounts.schemas import Out
from backend.notices.reach import Reached


class AskedBody(Out):
    """One member who was asked. Nothing here ranks people: they stand in the order of member ids."""

    member: str
    answer: Literal["yes", "no", "none"]
    after_seconds: int | None
    """From being asked to the first answer."""
    reached: Reached
    """The furthest that the notice came on any of their devices; `inbox`: it waits in their inbox alone."""
    reason: str | None
    """Why it failed; null otherwise."""


class WaveBody(Out):
    """People who were asked together."""

    number: int
    at: datetime
    why: Literal["first", "wider", "again"]
    """first: a few who fit best. wider: more, because not enough answered. again: a place came free."""
    asked: list[AskedBody]


class CallBody(Out):
    """The call of one occurrence."""

    id: str
    """Of the occurrence."""
    start: datetime
    open: int
    """Places that nobody has; 0 when it is cancelled."""
    ends: datetime
    """After it nobody can answer any more."""
    handed: datetime | None
    """When the contact, or else the administrators, were told that people are missing."""
    next: datetime | None
    """When the server looks again whom to ask; null when there is nothing to do."""
    waves: list[WaveBody]


class CallsBody(Out):
    """A page of the calls of a need; a wave that does not fit goes on in the next page."""

    occurrences: list[CallBody]
    after: str | None
    """What to ask `after` for the next page; null on the last one."""
