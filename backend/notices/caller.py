"""The job that calls people: looks at the calls that are due, and asks, hands over to a human, or waits.

    who is asked is written down ──▶ each of them is told ──▶ when to look again is written down

A program that is killed between two of these goes on where it was: who was written down and not told is told by the
next look, under the same id, and nobody else is chosen before that. What `waves.py` decides is taken only if the call
is still as it was when it was read; otherwise the next look decides anew.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import structlog

from backend.codelivery import call_rows
from backend.codelivery.call_rows import AskedRow
from backend.codelivery.call_tables import NeedCall
from backend.codelivery.calls import CallRow
from backend.codelivery.documents import NEED, Need, Occurrence
from backend.kit.clock import Clock
from backend.kit.spaces import ALL, SpaceKind, Spaces, space_of
from backend.kit.transactions import transaction
from backend.notices.calling import asked, asks, facts_of, handed, handed_thing, path_of, thing_of
from backend.notices.candidates import Candidates
from backend.notices.telling import Teller
from backend.notices.waves import Call, Wave, next_wave, unless_asking
from backend.notices.wishes import Wishes, after_quiet
from backend.processes.documents import PROCESS
from backend.processes.standing import stands

AT_ONCE: Final = 50
LOOK_SECONDS: Final = 2.0
AFTER_A_FAULT: Final = timedelta(minutes=5)
WHILE_REMOVED: Final = timedelta(hours=1)
"""Until it is looked again whether what was removed or put away has come back."""
STEPS: Final = 6
"""In one look: hand over, ask, tell, wait; the rest is for the next one."""
_log = structlog.get_logger("interlink")


class About(NamedTuple):
    """A call and what it is for."""

    row: CallRow
    need: Need
    time: Occurrence
    space: str


async def take_back(teller: Teller, space: str, row: CallRow) -> None:
    """Let nobody answer any more who was asked and said nothing, nor look for people who are found.

    In earlier searches too: what people read asks them still.
    """
    for asked_one in await call_rows.asked_for(row.id):
        if asked_one.answer == "none":
            await teller.withdraw(space, thing_of(row), asked_one.member)
    await teller.withdraw(space, handed_thing(row))


class Caller:
    """Calls people; one for the whole program."""

    def __init__(self, spaces: Spaces, candidates: Candidates, teller: Teller, clock: Clock) -> None:
        self._spaces = spaces
        self._candidates = candidates
        self._teller = teller
        self._clock = clock

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            if await self.look() < AT_ONCE:
                await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> int:
        """Look at calls that are due, so many at once, and return at how many; a fault of one holds up no other."""
        rows = await call_rows.due(self._clock(), AT_ONCE)
        for row in rows:
            try:
                await self._look(row)
            except Exception as error:  # noqa: BLE001 — one call must not keep all others from going on
                _log.error("call not looked at", call=row.occurrence, error=type(error).__name__, exc_info=error)
                await call_rows.put_off(row.id, self._clock() + AFTER_A_FAULT)
        return len(rows)

    async def _look(self, row: CallRow) -> None:
        """Take the next steps of one call."""
        for _ in range(STEPS):
            about = await self._about(row)
            if about is None:
                await self._wait(row, None)
                return
            if chosen := await call_rows.untold(row.id):
                await self._ask(about, chosen)
            else:
                wave = await self._next(about)
                if wave.act in ("wait", "rest"):
                    await self._wait(row, wave.again)
                    return
                await self._take(about, wave)
            current = await call_rows.call(row.id)
            if current is None or current.due is None:
                return
            row = current

    async def _about(self, row: CallRow) -> About | None:
        """Return what a call is for; None when that is gone, of which the follower makes a row at rest."""
        space = space_of(SpaceKind.PROCESS, row.process)
        found = await self._spaces.read(space, f"{row.item}:{NEED.name}:{row.need}")
        need = NEED.read(found) if found else None
        time = next((one for one in need.occurrences if one.id == row.occurrence), None) if need else None
        return About(row, need, time, space) if need and time else None

    async def _next(self, about: About) -> Wave:
        """Return what to do now; who there is to ask is looked up only when somebody is to be asked."""
        now, call = self._clock(), _call(about)
        otherwise = unless_asking(call, now)
        if otherwise and otherwise.act == "rest":
            return otherwise
        if not await stands(self._spaces, about.space, about.row.process, about.row.item):
            await self._stop(about)
            return Wave("wait", again=now + WHILE_REMOVED)
        if otherwise:
            return otherwise
        who = await self._candidates.of(about.row, about.need)
        return next_wave(call, who.volunteers, who.answered, now)

    async def _stop(self, about: About) -> None:
        """Take back what was asked; should the item come back, the search begins anew."""
        row = about.row
        if not row.step and row.handed is None:
            return
        await take_back(self._teller, about.space, row)
        await self._change(row, searches=row.searches + 1, step=0, last=None, handed=None)

    async def _take(self, about: About, wave: Wave) -> None:
        row, now = about.row, self._clock()
        if wave.act == "hand":
            await self._hand_over(about)
            await self._change(row, handed=now)
            return
        why = "again" if row.waves and not row.step else wave.why
        number = row.waves + 1
        async with transaction(NeedCall):
            if await call_rows.change(row, waves=number, step=row.step + 1, last=now):
                await call_rows.add_asked(row, wave.members, wave=number, why=why, notice=asks(row, number), at=now)

    async def _ask(self, about: About, chosen: Sequence[AskedRow]) -> None:
        """Tell those who were written down; not any more when nobody is needed now."""
        row = about.row
        if row.open <= 0 or self._clock() >= row.ends:
            await call_rows.drop_asked([one.id for one in chosen])
            return
        missed = await self._candidates.missed(row)
        facts = facts_of(about.need, about.time, await self._process(about.space, row.process))
        for one in chosen:
            await self._teller.tell(
                asked(row, one.notice, one.member, missed=one.member in missed),
                facts,
                space=about.space,
                path=path_of(row),
                things=things_of(about),
            )
            await call_rows.note_told([one.id], self._clock())

    async def _hand_over(self, about: About) -> None:
        """Tell the contact of the need, or else the administrators, that people are missing."""
        row, need = about.row, about.need
        facts = facts_of(need, about.time, await self._process(about.space, row.process), count=row.open)
        for told in handed(row, await self._candidates.in_charge(row, need.contact)):
            await self._teller.tell(told, facts, space=about.space, path=path_of(row), things=things_of(about))

    async def _process(self, space: str, process: str) -> dict[str, str] | None:
        found = await self._spaces.read(space, f"{ALL}:{PROCESS.name}:{process}")
        return PROCESS.read(found).name if found else None

    async def _wait(self, row: CallRow, until: datetime | None) -> None:
        await self._change(row, due=until)

    async def _change(self, row: CallRow, **changes: object) -> None:
        async with transaction(NeedCall):
            await call_rows.change(row, **changes)


def things_of(about: About) -> tuple[str, ...]:
    """Return what a notice is about as wishes may mute it, from the space down."""
    return about.space, about.row.item, about.need.id


def _call(about: About) -> Call:
    row, need = about.row, about.need
    return Call(
        open=row.open,
        ends=row.ends,
        skills=frozenset(one.casefold() for one in need.skills),
        urgency=need.urgency,
        waves=row.step,
        last=row.last,
        heard=_heard(row, need),
        handed=row.handed is not None,
        called=row.called,
    )


def _heard(row: CallRow, need: Need) -> datetime | None:
    """Return when the usual night of the place was over in which the last wave went out; what hurries knows none."""
    return after_quiet(Wishes(zone=need.zone), row.last) if row.last and need.urgency != "now" else None
