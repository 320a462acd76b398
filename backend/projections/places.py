"""The server's answers to claims: `<item>:place:<occurrence>-<member>` for each `<item>:claim:<occurrence>-<member>`.

The order of arrival is the order of the store's numbers. An answer once written is the ground of the next ones, so
looking at the same changes again, after a crash say, answers nobody otherwise.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.codelivery import queries
from backend.codelivery.documents import CLAIM, NEED, PLACED, Need, Occurrence
from backend.codelivery.places import HOLDING, Answer, Ask, Room, settle
from backend.kit.clock import Clock
from backend.kit.envelope import written_by_server
from backend.kit.ids import DocumentId, key_of, split_id
from backend.kit.languages import DEFAULT
from backend.kit.spaces import ALL, Spaces, process_of
from backend.people.documents import MEMBER, TEAM
from backend.people.queries import members_of
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, TASK
from backend.processes.standing import stands, under
from sync.database import Database
from sync.document import Document
from sync.rows import FeedEntry
from sync.store import Store

_OF_PEOPLE = (TEAM.name, MEMBER.name)
"""What changes when somebody leaves the process."""
_GROUND = (TASK.name, OBJECTIVE.name, PHASE.name, PROCESS.name)
"""What a need stands on."""


class Places:
    """Answers claims as they and their needs change."""

    name = "places"
    kinds = (NEED.name, CLAIM.name, *_OF_PEOPLE, *_GROUND)

    def __init__(self, store: Store, spaces: Spaces, clock: Clock) -> None:
        self._store = store
        self._spaces = spaces
        self._clock = clock

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Settle each need that these changes touch."""
        touched: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        left: set[tuple[str, str]] = set()
        for entry in entries:
            name = split_id(entry.id)
            process = process_of(entry.database)
            if name is None or process is None or not self._store.exists(entry.database):
                continue
            if name.type in _OF_PEOPLE:
                left.add((entry.database, process))
            for item, occurrences in (await self._touched(entry, name)).items():
                touched[entry.database, item].update(occurrences)
        for space, process in left:
            for one in await queries.commitments_of_leavers(process, self._clock()):
                touched[space, one.item].add(one.occurrence)
        for (space, item), occurrences in touched.items():
            await self._settle(space, item, occurrences)

    async def forget(self) -> None:
        """Leave all: an answer that was given stays given."""

    async def _touched(self, entry: FeedEntry, name: DocumentId) -> Mapping[str, Collection[str]]:
        """Return which occurrences of which items a change may settle."""
        if name.type in _OF_PEOPLE:
            return {}
        if name.type in _GROUND:
            return {item: self._held(entry.database, item) for item in await self._lost(entry, name)}
        return {name.partition: self._occurrences(entry, name)}

    def _occurrences(self, entry: FeedEntry, name: DocumentId) -> Collection[str]:
        """Which occurrences a change may settle: that of a claim, or all that claims name for a need."""
        if name.type == CLAIM.name:
            return [name.key.partition("-")[0]]
        claims = _all(Database(self._store, entry.database), f"{name.partition}:{CLAIM.name}:")
        return {_occurrence(one) for one in claims if one.content.get("need") == name.key}

    async def _lost(self, entry: FeedEntry, name: DocumentId) -> Collection[str]:
        """Return the items at which nobody is expected any more after a change: removed, or in an archived process."""
        found = await self._spaces.read(entry.database, entry.id)
        archived = name.type == PROCESS.name and found is not None and PROCESS.read(found).archived
        return await under(self._spaces, entry.database, name.key) if archived or found is None else ()

    def _held(self, space: str, item: str) -> set[str]:
        """Return the occurrences at which people have a place or wait."""
        placed = _all(Database(self._store, space), f"{item}:{PLACED.name}:")
        return {_occurrence(one) for one in placed if one.content.get("outcome") in HOLDING}

    async def _settle(self, space: str, item: str, occurrences: Collection[str]) -> None:
        if not occurrences:
            return
        process = process_of(space)
        there = process is not None and await stands(self._spaces, space, process, item)
        needs = [NEED.read(one.as_dict()) for one in _all(Database(self._store, space), f"{item}:{NEED.name}:")]
        here = await self._here(space)
        for occurrence in sorted(occurrences):
            await self._spaces.write(space, await self._answers(space, item, occurrence, needs, here, there=there))

    async def _answers(
        self, space: str, item: str, occurrence: str, needs: Sequence[Need], here: frozenset[str], *, there: bool
    ) -> list[dict[str, Any]]:
        """Return the answers of one occurrence that differ from those given so far."""
        database = Database(self._store, space)
        placed = {
            _member(one): PLACED.read(one.as_dict()) for one in _all(database, f"{item}:{PLACED.name}:{occurrence}-")
        }
        given = {member: Answer(one.outcome, one.turn, one.claim) for member, one in placed.items()}
        need, time = _meant(needs, occurrence)
        if need is None and not given:
            return []  # its need has not arrived yet, or never will
        room = _room(need, time, self._clock(), there=there)
        asks = [
            await self._ask(space, need, one, number, there=room.begun or _member(one) in here)
            for one, number in self._numbered(space, _all(database, f"{item}:{CLAIM.name}:{occurrence}-"))
        ]
        answers = settle(room, asks, given)
        named = key_of(need.id) if need else next(iter(placed.values())).need
        return [
            self._document(item, f"{occurrence}-{member}", {"need": named, "member": member}, answer)
            for member, answer in answers.items()
            if given.get(member) != answer
        ]

    def _numbered(self, space: str, claims: Sequence[Document]) -> list[tuple[Document, int]]:
        with self._store.read(space) as tx:
            rows = tx.rows([one.id for one in claims])
        return [(one, rows[one.id].number) for one in claims if one.id in rows]

    async def _here(self, space: str) -> frozenset[str]:
        """Return the members of the process; whoever left cannot come."""
        process = process_of(space)
        return frozenset(one.member for one in await members_of(process)) if process else frozenset()

    async def _ask(self, space: str, need: Need | None, document: Document, number: int, *, there: bool) -> Ask:
        claim = CLAIM.read(document.as_dict())
        member = _member(document)
        return Ask(
            member=member,
            turn=number,
            revision=document.rev,
            stands=there and claim.state != "withdrawn",
            invited=need is not None and claim.need == key_of(need.id) and await self._invited(space, need, member),
            hand_to=claim.hand_to,
            takes_from=claim.takes_from,
        )

    async def _invited(self, space: str, need: Need, member: str) -> bool:
        if not need.teams:
            return True
        teams = [await self._spaces.read(space, f"{ALL}:{TEAM.name}:{team}") for team in need.teams]
        return any(member in TEAM.read(one).members for one in teams if one)

    def _document(self, item: str, key: str, about: dict[str, str], answer: Answer) -> dict[str, Any]:
        members = {**about, "outcome": answer.outcome, "turn": answer.turn, "claim": answer.revision}
        return written_by_server(PLACED, key, members, lang=DEFAULT, at=self._clock(), partition=item)


def _meant(needs: Sequence[Need], occurrence: str) -> tuple[Need | None, Occurrence | None]:
    """Return the need that an occurrence belongs to, and the occurrence."""
    found = ((need, time) for need in needs for time in need.occurrences if time.id == occurrence)
    return next(found, (None, None))


def _room(need: Need | None, time: Occurrence | None, now: datetime, *, there: bool) -> Room:
    """Return what an occurrence offers; what took place stays so, whatever becomes of its need, task or process."""
    if need is None or time is None:
        return Room(0, 0, open=False, cancelled=True)
    begun = now >= time.start
    late = begun or (need.deadline is not None and now > need.deadline)
    cancelled = (need.cancelled and now < time.end) or not (there or begun)
    return Room(need.places, need.waiting, open=not late, begun=begun, cancelled=cancelled)


def _occurrence(document: Document) -> str:
    """Return which time a claim or an answer is for: what its key begins with."""
    return key_of(document.id).partition("-")[0]


def _member(document: Document) -> str:
    """Return whose a claim or an answer is: what stands behind the occurrence in its key."""
    return document.id.rpartition("-")[2]


def _all(database: Database, prefix: str) -> list[Document]:
    return [one for page in database.pages(prefix) for one in page]
