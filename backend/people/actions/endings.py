"""What ends by itself: the time of observers. Beside the server goes `keep_running("endings", Endings(keeper).run)`.

At the start all mirrors are written once more, so that a crash between a change and its mirror heals.
"""

import asyncio
from datetime import datetime

import structlog

from backend.accounts.audit import note
from backend.accounts.domain import Event
from backend.people.actions.belonging import go_out_of_team
from backend.people.actions.keeper import RightsKeeper
from backend.people.queries.teams import over, processes_of_team, team

LOOK_SECONDS = 20.0
"""How late an ending may be."""
_log = structlog.get_logger("interlink")


class Endings:
    """Ends what is over; counters, mirrors and open feeds move as with any change of rights."""

    def __init__(self, keeper: RightsKeeper) -> None:
        self._keeper = keeper

    async def run(self) -> None:
        """Look again and again until cancelled."""
        await self._keeper.mirror_everything()
        while True:
            await self.end_what_is_over()
            await asyncio.sleep(LOOK_SECONDS)

    async def end_what_is_over(self) -> int:
        """Take those out of their teams whose time there is over, and return how many these were."""
        now = self._keeper.now()
        ended = await over(now)
        for place, account in ended:
            await self._end(place, account, now)
        if ended:
            _log.info("access ended", people=len(ended))
        return len(ended)

    async def _end(self, place: str, account: str, now: datetime) -> None:
        found = await team(place)
        async with self._keeper.changing(await processes_of_team(place), [account]):
            await go_out_of_team(place, account, now)
            process = found.process if found else None
            await note(Event.ACCESS_ENDED, at=now, who=None, about=account, process=process, thing=place)
