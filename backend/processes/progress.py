"""How far something is, from the statuses of its tasks: the one rule for public pages, invitations and phones.

    share = (finished + in progress / 2) / tasks, rounded down to four places

Nothing rounds up to «done» before everything is, and whole numbers are divided once, so that Python and JavaScript get
the same digits: `pwa/src/lib/model/progress.vectors.json` holds the phone's copy of the rule to it.
"""

from collections.abc import Collection, Mapping
from typing import Final

from backend.processes.documents import Status

_HALVES: Final[Mapping[Status, int]] = {"awaiting": 0, "in_progress": 1, "finished": 2}
_PLACES: Final = 10_000


def share_of(statuses: Collection[Status]) -> float:
    """Return how much is done, 0 to 1; 0 of no tasks."""
    if not statuses:
        return 0.0
    return sum(_HALVES[one] for one in statuses) * _PLACES // (2 * len(statuses)) / _PLACES


def status_of(statuses: Collection[Status]) -> Status:
    """Return the status of what holds these tasks: begun as soon as one is, finished when all are."""
    states = set(statuses)
    if states == {"finished"}:
        return "finished"
    return "awaiting" if states <= {"awaiting"} else "in_progress"
