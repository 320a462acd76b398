"""What a device shows and is no longer so: a later message with the same tag takes its place, without a sound.

    withdrawn ─┬─▶ a minute ─▶ at night: in the morning ─▶ to the devices that still show it
    corrected ─┘      └── a newer notice about the same thing comes: it takes the place by itself

Nothing can take back what was shown, and a push that shows nothing costs the permission. Who wiped the notice away, or
opened it, gets nothing.
"""

from datetime import timedelta
from typing import Final

from backend.kit.clock import Clock
from backend.notices import inbox
from backend.notices.domain import Stage
from backend.notices.inbox import Row
from backend.notices.roads import Roads
from backend.notices.wishes import Wishes, after_quiet

GRACE: Final = timedelta(minutes=1)
"""So long a newer notice about the same thing has to come."""
AFTERWARDS: Final = {Stage.CLEARING: Stage.WITHDRAWN, Stage.CORRECTED: Stage.GONE}
"""What a notice is when its devices were told."""
_OVER: Final = "over"


class Replacing:
    """Puts right what devices show."""

    def __init__(self, roads: Roads, clock: Clock) -> None:
        self._roads = roads
        self._clock = clock

    async def plan(self, row: Row, stage: Stage) -> None:
        """Note that a notice is withdrawn or corrected, and to tell so where it is shown."""
        now = self._clock()
        of_use = row.entry.told.until > now
        if of_use and await inbox.is_newest(row) and await self._roads.is_shown(row):
            await inbox.change(row.id, stage=stage, due=now + GRACE, made=now)
        else:
            await inbox.change(row.id, stage=AFTERWARDS[stage], due=None)

    async def look(self, row: Row, wishes: Wishes) -> None:
        """Tell the devices now, or when the person is awake; not any more when it is of no use."""
        now, until = self._clock(), row.entry.told.until
        awake = after_quiet(wishes, now)
        if now < awake < until:
            await inbox.change(row.id, due=awake, made=now)
            return
        if awake < until:
            await self._roads.replace(row, _OVER if row.stage is Stage.CLEARING else row.entry.told.word)
        await inbox.change(row.id, stage=AFTERWARDS[row.stage], due=None)
