"""Telling people things: into the inbox, which is the truth, and by the road they wish, now or later.

    tell ──▶ a row (the same id: once) ──▶ is it due? ──▶ the document in the inbox ──▶ what do they wish now?
                        ▲                                                                 │ push, mail    inbox only
                        └──────────── put off: quiet hours, cap, off duty, «later» ◀──────┤                  │
                                                                                          ▼                  ▼
                                                                                         gone             a digest

Every step can be done again. A program that is killed leaves a row that is due, and the next look goes on with it: the
document is the same, the outbox and the queue of mails take the same thing once. Wishes are read when something is due,
not when it was put off, so a new wish counts for what waits already. One person at a time is looked at by one task, so
two notices never both take the last place of a day.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final, Protocol
from weakref import WeakValueDictionary

import structlog
from msgspec.structs import replace

from backend.kit.clock import Clock
from backend.kit.languages import DEFAULT
from backend.kit.spaces import ALL, SpaceKind, Spaces, space_of
from backend.notices import inbox, queries
from backend.notices.decide import Told
from backend.notices.digest import Digests
from backend.notices.documents import READ, SELF, WISHES, Facts
from backend.notices.domain import Kind, Stage
from backend.notices.inbox import Entry, Row
from backend.notices.keeping import Keeping
from backend.notices.notice_document import document_of
from backend.notices.replacing import AFTERWARDS, Replacing
from backend.notices.rights import Rights
from backend.notices.roads import Roads
from backend.notices.wishes import Wishes, read_wishes, telling
from backend.notices.words import words_of

AT_ONCE: Final = 100
TOGETHER: Final = 20
"""So many people are gone to at the same time."""
LOOK_SECONDS: Final = 30.0
SOON_SECONDS: Final = 0.5
"""After this a transaction that was open is kept."""
AFTER_A_FAULT: Final = timedelta(minutes=10)
LATER: Final = timedelta(hours=3)
"""So long after «later» somebody is told again."""
TIDY_EVERY: Final = timedelta(hours=1)
_OVER: Final = frozenset({Stage.WITHDRAWN, Stage.CLEARING})
_ASKING: Final = frozenset({Kind.NEEDED, Kind.PLACE_FREE})
_TOO_LATE: Final = frozenset({Kind.NEEDED, Kind.PLACE_FREE, Kind.REMINDER, Kind.CHANGED, Kind.CANCELLED})
"""Kinds of which nobody is told any more when it is too late."""
_log = structlog.get_logger("interlink")


class Teller(Protocol):
    """What tells people; other rooms know it by this."""

    async def tell(
        self, told: Told, facts: Facts, *, space: str, path: str, things: Sequence[str], at: datetime | None = None
    ) -> None:
        """Write it into the inbox of a member of `space` and send it as they wish, now or at a later moment.

        `things` is what it is about, from the space down, as wishes may mute it. The same id is told once, however
        often it comes. Nobody is told of what they may not open. Raises KeyError for a word that has no sentence.
        """
        ...

    async def withdraw(self, space: str, thing: str, member: str | None = None) -> None:
        """Take back what was told or is still to be told about a thing, to one member or to everybody.

        What waits does not go out; what stands in an inbox is marked withdrawn. The id of a need means all its times.
        """
        ...


class NoticeTeller:
    """Tells people over documents and rows; one for the whole program."""

    def __init__(self, spaces: Spaces, roads: Roads, rights: Rights, clock: Clock) -> None:
        self._spaces = spaces
        self._roads = roads
        self._rights = rights
        self._clock = clock
        self._digests = Digests(spaces, roads)
        self._replacing = Replacing(roads, clock)
        self._keeping = Keeping(spaces)
        self._more = asyncio.Event()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tidied: datetime | None = None

    async def tell(
        self, told: Told, facts: Facts, *, space: str, path: str, things: Sequence[str], at: datetime | None = None
    ) -> None:
        """See `Teller.tell`."""
        account = await queries.account_of(told.member)
        if account is not None:
            entry = Entry(told=told, facts=facts, space=space, path=path, things=tuple(things))
            await self.tell_person(account, entry, at)

    async def tell_person(self, account: str, entry: Entry, at: datetime | None = None) -> None:
        """Tell somebody who need not be a member of anything; see `Teller.tell`."""
        words_of(entry.told.word, entry.facts, DEFAULT)
        now = self._clock()
        row = await inbox.add(account, entry, now, max(now, at or now))
        if row is None:
            return
        if at is None or at <= now:
            await self._look_safely(account, row)
        self._more.set()

    async def plan(self, account: str, entry: Entry) -> None:
        """Write down what is told when the transaction around this is kept: neither is there without the other."""
        words_of(entry.told.word, entry.facts, DEFAULT)
        now = self._clock()
        await inbox.add(account, entry, now, now)
        asyncio.get_running_loop().call_later(SOON_SECONDS, self._more.set)

    async def withdraw(self, space: str, thing: str, member: str | None = None, *, kind: Kind | None = None) -> None:
        """See `Teller.withdraw`; with a kind only what is of that kind."""
        account = await queries.account_of(member) if member else None
        if member and account is None:
            return
        rows = [one for one in await inbox.about(space, thing, account) if kind in (None, one.kind)]
        await _some_at_once(rows, self._take_back)

    async def correct(self, space: str, thing: str, facts: Facts, until: datetime) -> None:
        """Let those who are asked about a thing read what is so now: in the inbox, on its way and on their devices.

        `until` is when they can answer no more. Who has answered hears of it otherwise.
        """
        rows = [one for one in await inbox.about(space, thing, None) if one.kind in _ASKING]
        await _some_at_once(rows, lambda row: self._correct(row, facts, until))

    async def left(self, space: str) -> None:
        """Tell who is in a process no more nothing further of it: what was put off, and what is still on its way."""
        for row in await inbox.of_leavers(space):
            async with self._turn(row.account):
                await self._roads.take_back(row)
                if row.told is None:
                    await inbox.forget([row.id])
                else:
                    await inbox.change(row.id, stage=Stage.MUTED, due=None)

    async def later(self, account: str, notice: str, revision: str) -> None:
        """Tell a notice once more in a few hours; `revision` is the person's word, so that each counts once."""
        async with self._turn(account):
            row = await inbox.row_of(account, notice)
            if row is None or row.later == revision or row.told is None or row.stage in _OVER:
                return
            await self._roads.again(row)
            now = self._clock()
            await inbox.change(row.id, stage=Stage.WAITING, due=now + LATER, made=now, later=revision)
        self._more.set()

    async def run(self) -> None:
        """Look at what is due as it comes, for as long as the program runs."""
        while True:
            self._more.clear()
            await self.look_due()
            await self._tidy()
            due, now = await inbox.next_due(self._clock()), self._clock()
            seconds = LOOK_SECONDS if due is None else (due - now).total_seconds()
            try:
                await asyncio.wait_for(self._more.wait(), min(max(seconds, 0.0), LOOK_SECONDS))
            except TimeoutError:
                continue

    async def look_due(self) -> int:
        """Look at everything that is due, and return at how much."""
        looked = 0
        while rows := await inbox.due(self._clock(), AT_ONCE):
            for identifier, account in rows:
                await self._look_safely(account, identifier)
            looked += len(rows)
        return looked

    async def tidy(self) -> None:
        """Forget what is too old, and what is too much."""
        await self._keeping.tidy(self._clock())

    async def _tidy(self) -> None:
        now = self._clock()
        if self._tidied is None or not timedelta(0) <= now - self._tidied < TIDY_EVERY:
            self._tidied = now
            await self.tidy()

    async def _look_safely(self, account: str, identifier: str) -> None:
        """Look at one; a fault of it is logged and holds up nobody else."""
        try:
            await self._look(account, identifier)
        except Exception as error:  # noqa: BLE001 — one notice must not keep all others from being told
            _log.error("notice not told", notice=identifier[-40:], error=type(error).__name__, exc_info=error)
            now = self._clock()
            await inbox.change(identifier, due=now + AFTER_A_FAULT, made=now)

    async def _look(self, account: str, identifier: str) -> None:
        """Go on with one row, unless somebody else did meanwhile."""
        async with self._turn(account):
            now = self._clock()
            row = await inbox.due_row(identifier, now)
            if row is None:
                return
            if row.stage in AFTERWARDS:
                await self._replacing.look(row, await self._wishes(account))
            elif row.kind is Kind.DIGEST:
                await self._digests.tell(row, await self._wishes(account), now)
            elif row.stage is Stage.TO_COME:
                if await self._arrives(row, now):
                    await self._send(row, now)
            elif await self._was_read(row) or not await self._rights.may_open(account, row.entry):
                await inbox.settle(row.id, Stage.MUTED)
            else:
                await self._send(row, now)

    async def _arrives(self, row: Row, now: datetime) -> bool:
        """Put what was to come into the inbox; not what came too late or what the person may not open."""
        late = row.entry.told.until <= now and row.kind in _TOO_LATE
        if late or not await self._rights.may_open(row.account, row.entry):
            await inbox.forget([row.id])
            return False
        told = row.due or now
        own = space_of(SpaceKind.PERSON, row.account)
        await self._spaces.create(own)
        await self._spaces.write(own, [document_of(row.entry, told)])
        await inbox.change(row.id, stage=Stage.WAITING, told=told)
        await inbox.supersede(row)
        return True

    async def _send(self, row: Row, now: datetime) -> None:
        """Send what waits by the road of the person's wishes, or put it off once more."""
        wishes, entry = await self._wishes(row.account), row.entry
        told = await inbox.counted(row.account, now)
        how = telling(wishes, row.kind, entry.things, now, entry.told.until, told)
        if how.road == "inbox":
            muted = bool(wishes.muted.intersection(entry.things))
            await inbox.settle(row.id, Stage.MUTED if muted else Stage.QUIET)
        elif how.at > now:
            await inbox.change(row.id, due=how.at, made=now)
            return
        else:
            await self._roads.carry(row, how.road, entry)
        await self._digests.plan(row, wishes, now)

    async def _take_back(self, found: Row) -> None:
        async with self._turn(found.account):
            row = await inbox.row_of(found.account, found.notice)
            if row is None:
                return
            if row.told is None:
                await inbox.forget([row.id])  # it never was told, so it may be told another time
                return
            own = space_of(SpaceKind.PERSON, row.account)
            await self._spaces.write(own, [document_of(row.entry, row.told, withdrawn=True)])
            await self._roads.take_back(row)
            await self._replacing.plan(row, Stage.CLEARING)
        self._more.set()

    async def _correct(self, found: Row, facts: Facts, until: datetime) -> None:
        async with self._turn(found.account):
            row = await inbox.row_of(found.account, found.notice)
            if row is None or row.stage in _OVER:
                return
            said = row.entry
            told, known = replace(said.told, until=until), replace(facts, process=said.facts.process)
            if (told, known) == (said.told, said.facts):
                return
            entry = replace(said, told=told, facts=known)
            if row.told is not None:
                await self._spaces.write(space_of(SpaceKind.PERSON, row.account), [document_of(entry, row.told)])
            await inbox.rewrite(row.id, entry)
            if row.stage in (Stage.GONE, Stage.CORRECTED):
                await self._roads.anew(row, entry)
                if known != said.facts:  # a phone shows no deadline
                    await self._replacing.plan(replace(row, entry=entry), Stage.CORRECTED)
        self._more.set()

    async def _was_read(self, row: Row) -> bool:
        stored = await self._spaces.read(space_of(SpaceKind.PERSON, row.account), f"{ALL}:{READ.name}:{row.notice}")
        return stored is not None and stored.get("state") != "later"

    async def _wishes(self, account: str) -> Wishes:
        stored = await self._spaces.read(space_of(SpaceKind.PERSON, account), f"{ALL}:{WISHES.name}:{SELF}")
        return read_wishes(stored)

    @asynccontextmanager
    async def _turn(self, account: str) -> AsyncGenerator[None]:
        lock = self._turns.setdefault(account, asyncio.Lock())
        async with lock:
            yield


async def _some_at_once(rows: Sequence[Row], act: Callable[[Row], Awaitable[None]]) -> None:
    for first in range(0, len(rows), TOGETHER):
        await asyncio.gather(*(act(row) for row in rows[first : first + TOGETHER]))
