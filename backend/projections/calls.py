"""Calls for people begin, change and end as their needs and places do; and reminders of assignments with them.

It writes down how each occurrence stands and what everybody who was asked has said; whom to ask and when is decided
beside it (`notices/caller.py`). What was asked and is no longer so is taken back before the row says so: after a crash
in between it is taken back once more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from backend.codelivery import call_rows
from backend.codelivery.call_tables import NeedCall
from backend.codelivery.calls import CallRow, Stand, answer_of, begun, followed, gone, stand, takes_back
from backend.codelivery.documents import NEED, PLACED, Placed
from backend.kit.clock import Clock
from backend.kit.ids import DocumentId, split_id
from backend.kit.spaces import SpaceKind, process_of, space_of
from backend.kit.transactions import transaction
from backend.notices.caller import take_back
from backend.notices.calling import remind_of_work_at
from backend.notices.telling import Teller
from backend.people.queries import process_exists
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, TASK
from backend.work.documents import ASSIGNMENT
from sync.database import Database
from sync.rows import FeedEntry
from sync.store import Store

_GROUND = frozenset({TASK.name, OBJECTIVE.name, PHASE.name, PROCESS.name})
"""What a call stands on."""
_FOLLOWED = frozenset({NEED.name, PLACED.name, ASSIGNMENT.name}) | _GROUND


class Calls:
    """Keeps the rows of calls as documents are."""

    name = "calls"
    kinds = _FOLLOWED

    def __init__(self, store: Store, teller: Teller, clock: Clock) -> None:
        self._store = store
        self._teller = teller
        self._clock = clock

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Follow each need, place and assignment among these changes."""
        touched: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        whole: set[tuple[str, str, str]] = set()
        for process, name in self._named(entries):
            if name.type in _GROUND:
                await self._look_again(process, name)
            elif name.type == NEED.name:
                whole.add((process, name.partition, name.key))
            elif name.type == PLACED.name:
                for need in await self._needs(process, name):
                    touched[process, name.partition, need].add(name.key.partition("-")[0])
            else:
                await self._remember(process, name)
        for process, item, need in sorted(whole | touched.keys()):
            if await process_exists(process):
                occurrences = None if (process, item, need) in whole else touched[process, item, need]
                await self._follow(process, item, need, occurrences)

    def _named(self, entries: Sequence[FeedEntry]) -> Iterable[tuple[str, DocumentId]]:
        """Return the changes that calls follow: in which process, and of what."""
        for entry in entries:
            name = split_id(entry.id)
            process = process_of(entry.database) if name and name.type in _FOLLOWED else None
            if name and process and self._store.exists(entry.database):
                yield process, name

    async def forget(self) -> None:
        """Leave all: who was asked stays asked."""

    async def _look_again(self, process: str, name: DocumentId) -> None:
        """Let the calls be looked at now whose item was removed, or whose process was put away."""
        found = self._database(process).get(str(name))
        if found is None:
            await call_rows.look_now(process, self._clock(), item=name.key)
        elif name.type == PROCESS.name and PROCESS.read(found.as_dict()).archived:
            await call_rows.look_now(process, self._clock())

    async def _needs(self, process: str, name: DocumentId) -> Collection[str]:
        """Return the need that an answer belongs to, also one that is gone."""
        found = self._database(process).get(str(name))
        if found is not None:
            return [PLACED.read(found.as_dict()).need]
        return await call_rows.needs_at(process, name.partition, name.key.partition("-")[0])

    async def _remember(self, process: str, name: DocumentId) -> None:
        """Plan, move or drop the reminder of an assignment."""
        found = self._database(process).get(str(name))
        work = ASSIGNMENT.read(found.as_dict()) if found else None
        at = remind_of_work_at(work.due) if work and work.due and work.state == "open" else None
        if await process_exists(process):
            await call_rows.remind_of(process, name.key, str(name), at if at and at > self._clock() else None)

    async def _follow(self, process: str, item: str, key: str, occurrences: Collection[str] | None) -> None:
        found = self._database(process).get(f"{item}:{NEED.name}:{key}")
        need = NEED.read(found.as_dict()) if found else None
        rows = {one.occurrence: one for one in await call_rows.calls_of(process, item, key)}
        times = {one.id: one for one in need.occurrences} if need else {}
        for occurrence in sorted(rows.keys() | times.keys() if occurrences is None else occurrences):
            placed = self._placed(process, item, occurrence)
            row, time = rows.get(occurrence), times.get(occurrence)
            if need and time:
                confirmed = sum(one.outcome == "confirmed" for one in placed.values())
                await self._stands(row, (process, item, key, occurrence), stand(need, time, confirmed), placed)
            elif row:
                await self._changes(row, gone(row), placed)

    async def _stands(
        self, row: CallRow | None, name: tuple[str, str, str, str], now_is: Stand, placed: Mapping[str, Placed]
    ) -> None:
        now = self._clock()
        if row is not None:
            await self._changes(row, now_is, placed)
        elif now_is.start > now and not now_is.cancelled:
            await call_rows.begin(begun(*name, now_is, now))

    async def _changes(self, row: CallRow, now_is: Stand, placed: Mapping[str, Placed]) -> None:
        if row.waves:
            await self._note_answers(row, placed)
        if takes_back(row, now_is):
            await take_back(self._teller, space_of(SpaceKind.PROCESS, row.process), row)
        async with transaction(NeedCall):
            current = await call_rows.call(row.id) or row
            after = followed(current, now_is, self._clock())
            await call_rows.change(current, **_different(current, after))

    async def _note_answers(self, row: CallRow, placed: Mapping[str, Placed]) -> None:
        """Keep what those who were asked have said since."""
        for asked in await call_rows.asked_for(row.id):
            place = placed.get(asked.member)
            said = answer_of(place.outcome) if place and place.at + call_rows.A_SECOND > asked.at else None
            if said and said != asked.answer:
                await call_rows.note_answer(asked, said, self._clock())

    def _placed(self, process: str, item: str, occurrence: str) -> dict[str, Placed]:
        pages = self._database(process).pages(f"{item}:{PLACED.name}:{occurrence}-")
        found = (PLACED.read(one.as_dict()) for page in pages for one in page)
        return {one.member: one for one in found}

    def _database(self, process: str) -> Database:
        return Database(self._store, space_of(SpaceKind.PROCESS, process))


def _different(before: CallRow, after: CallRow) -> dict[str, object]:
    names = CallRow.__struct_fields__
    return {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
