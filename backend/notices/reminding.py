"""The job that reminds people: a day and two hours before what they promised, and before what they were asked is due.

Only when a moment has come is it asked whom to remind, so nothing has to be taken back when somebody withdraws or the
need moves: who has the place then, at the time that holds then, is reminded. The same moment is told under the same id.
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import structlog

from backend.codelivery import call_rows
from backend.codelivery.call_rows import Due
from backend.codelivery.call_tables import NeedCall
from backend.codelivery.calls import CallRow, next_reminder
from backend.codelivery.documents import NEED, PLACED
from backend.kit.clock import Clock
from backend.kit.ids import split_id
from backend.kit.spaces import ALL, SpaceKind, Spaces, space_of
from backend.kit.transactions import transaction
from backend.notices.calling import facts_of, path_of, work_due
from backend.notices.decide import Occasion, reminders
from backend.notices.documents import Facts
from backend.notices.telling import Teller
from backend.people.documents import TEAM
from backend.processes.documents import PROCESS
from backend.work.documents import ASSIGNMENT, Assignment

AT_ONCE: Final = 50
LOOK_SECONDS: Final = 5.0
AFTER_A_FAULT: Final = timedelta(minutes=5)
JUST_NOW: Final = timedelta(hours=1)
"""Who got their place so shortly before need not be reminded of it."""
_log = structlog.get_logger("interlink")


class Reminding:
    """Reminds people; one for the whole program."""

    def __init__(self, spaces: Spaces, teller: Teller, clock: Clock) -> None:
        self._spaces = spaces
        self._teller = teller
        self._clock = clock

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Remind of what is due, so many at once; a fault of one holds up no other."""
        for row in await call_rows.to_remind(self._clock(), AT_ONCE):
            try:
                await self._of_promise(row)
                after = next_reminder(row.start, self._clock())
            except Exception as error:  # noqa: BLE001 — one reminder must not hold up all others
                _log.error("not reminded", call=row.occurrence, error=type(error).__name__, exc_info=error)
                after = self._clock() + AFTER_A_FAULT
            async with transaction(NeedCall):
                current = await call_rows.call(row.id)
                if current and current.remind == row.remind:
                    await call_rows.change(current, remind=after)
        for due in await call_rows.reminders_due(self._clock(), AT_ONCE):
            try:
                await self._of_work(due)
            except Exception as error:  # noqa: BLE001 — as above
                _log.error("not reminded", thing=due.id, error=type(error).__name__, exc_info=error)
            await call_rows.reminded(due)

    async def _of_promise(self, row: CallRow) -> None:
        """Remind those who have a place now; of several moments that passed meanwhile only the last is told."""
        now, space = self._clock(), space_of(SpaceKind.PROCESS, row.process)
        found = await self._spaces.read(space, f"{row.item}:{NEED.name}:{row.need}")
        need = NEED.read(found) if found else None
        time = next((one for one in need.occurrences if one.id == row.occurrence), None) if need else None
        if not need or not time or need.cancelled or now >= time.start:
            return
        placed = await self._placed(space, row)
        occasion = Occasion(need=need.id, occurrence=time.id, start=time.start)
        come = reminders(occasion, placed)
        moment = max((at for at, _ in come if at <= now), default=None)
        facts = facts_of(need, time, await self._process(space, row.process))
        for at, told in come:
            if at == moment and placed[told.member] < at - JUST_NOW:
                things = (space, row.item, need.id)
                await self._teller.tell(told, facts, space=space, path=path_of(row), things=things)

    async def _placed(self, space: str, row: CallRow) -> dict[str, datetime]:
        """Return who has a place, and since when."""
        stored = await self._spaces.list(space, row.item, PLACED.name, f"{row.occurrence}-")
        placed = (PLACED.read(one) for one in stored)
        return {one.member: one.at for one in placed if one.outcome == "confirmed"}

    async def _of_work(self, due: Due) -> None:
        space = space_of(SpaceKind.PROCESS, due.process)
        found = await self._spaces.read(space, due.thing)
        work, name = ASSIGNMENT.read(found) if found else None, split_id(due.thing)
        if not work or not name or not work.due or work.state != "open":
            return
        facts = Facts(name=await self._item(space, name.partition), process=await self._process(space, due.process))
        path = f"/processes/{due.process}/tasks/{name.partition}"
        for told in work_due(due.thing, work.due, await self._asked(space, work)):
            if told.until > self._clock():
                things = (space, name.partition, due.thing)
                await self._teller.tell(told, facts, space=space, path=path, things=things)

    async def _asked(self, space: str, work: Assignment) -> Iterable[str]:
        """Return who is asked, alone or with a team."""
        teams = [await self._spaces.read(space, f"{ALL}:{TEAM.name}:{team}") for team in work.teams]
        return sorted({*work.people, *(member for team in teams if team for member in TEAM.read(team).members)})

    async def _item(self, space: str, item: str) -> dict[str, str] | None:
        found = [await self._spaces.read(space, f"{ALL}:{kind}:{item}") for kind in ("task", "objective", "phase")]
        return next((one["name"] for one in found if one), None)

    async def _process(self, space: str, process: str) -> dict[str, str] | None:
        found = await self._spaces.read(space, f"{ALL}:{PROCESS.name}:{process}")
        return PROCESS.read(found).name if found else None
