"""Handed-over work goes to the administrators, and their decisions come back, as the documents of both arrive."""

from collections.abc import Sequence

from backend.kit.clock import Clock
from backend.kit.ids import split_id
from backend.kit.spaces import SpaceKind, kind_of
from backend.quarantine.actions import Quarantine
from backend.quarantine.documents import HANDOVER, QUARANTINE_DECISION
from sync.rows import FeedEntry

_KINDS = (HANDOVER.name, QUARANTINE_DECISION.name)


class Quarantined:
    """Follows handovers and decisions."""

    name = "quarantine"
    kinds = _KINDS

    def __init__(self, quarantine: Quarantine, clock: Clock) -> None:
        self._quarantine = quarantine
        self._clock = clock

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Carry over, take back or carry out what is among these changes."""
        for entry in entries:
            name, space = split_id(entry.id), kind_of(entry.database)
            if name is None or space is None:
                continue
            if (space[0], name.type) == (SpaceKind.PERSON, HANDOVER.name):
                step = self._quarantine.take_back if entry.deleted else self._quarantine.hand_over
                await step(space[1], name.key, self._clock())
            elif (space[0], name.type) == (SpaceKind.PROCESS, QUARANTINE_DECISION.name) and not entry.deleted:
                await self._quarantine.decide(entry.database, name.key, self._clock())

    async def forget(self) -> None:
        """Leave all: what was decided stays decided."""
