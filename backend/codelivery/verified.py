"""The hours somebody helped in one process, as its administrators wrote them down."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from backend.codelivery import queries
from backend.codelivery.calendar import zone_of
from backend.codelivery.certificate import Hours
from backend.codelivery.documents import ATTENDANCE, NEED
from backend.codelivery.queries import CommitmentOf
from backend.kit.spaces import SpaceKind, Spaces, space_of

MOST: Final = 1_000
"""Commitments that are looked through, the latest first."""


async def verified_hours(spaces: Spaces, process: str, member: str, first: date, last: date) -> list[Hours]:
    """Return the times that were attended in a period, first and last day included, in the order of the days."""
    rows = await queries.commitments_in(process, member, MOST)
    found = [await _hours(spaces, process, one) for one in rows]
    return sorted(_within(found, first, last), key=lambda one: (one.day, one.what))


def _within(found: Iterable[Hours | None], first: date, last: date) -> list[Hours]:
    return [one for one in found if one and one.minutes and first <= one.day <= last]


async def _hours(spaces: Spaces, process: str, row: CommitmentOf) -> Hours | None:
    """Return what was attended; None where nobody wrote that the member came."""
    space = space_of(SpaceKind.PROCESS, process)
    document = await spaces.read(space, f"{row.item}:{ATTENDANCE.name}:{row.occurrence}-{row.member}")
    attendance = ATTENDANCE.read(document) if document else None
    if attendance is None or not attendance.came:
        return None
    read = await spaces.read(space, f"{row.item}:{NEED.name}:{row.need}")
    need = NEED.read(read) if read else None
    time = next((one for one in need.occurrences if one.id == row.occurrence), None) if need else None
    if need is None or time is None:
        return Hours(attendance.at.date(), "", attendance.minutes or 0)
    length = int((time.end - time.start).total_seconds()) // 60
    minutes = length if attendance.minutes is None else attendance.minutes
    return Hours(time.start.astimezone(zone_of(need.zone)).date(), need.name, minutes)
