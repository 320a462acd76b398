"""Work that came before what it belongs to: judged again when that arrives, at the start, and by the hour.

To its sender it was acknowledged long ago, so nobody sends it again and no device hears of a refusal. What is refused
now is therefore kept for its author by the server itself, in their own space, before it is let go: whatever happens in
between, it is either still held or already rescued (the rescue's id is made of the revision, so twice is once).
"""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import msgspec
import structlog

from backend.accounts import queries as accounts
from backend.kit.clock import Clock
from backend.kit.envelope import written_by_server
from backend.kit.ids import split_id
from backend.kit.languages import DEFAULT
from backend.kit.spaces import ALL, SpaceKind, Spaces, process_of, space_of
from backend.kit.texts import say
from backend.kit.types import ENVELOPE
from backend.processes.tree import PARENTS
from backend.replication.documents import RESCUED
from backend.replication.doorkeeper import Doorkeeper
from sync.database import Database
from sync.hooks import Hold, Refuse, Verdict
from sync.rows import FeedEntry, Held

LONGEST = timedelta(days=30)
SWEEP_SECONDS = 3600.0
_PAGE = 1000
_IN_ALL = f"{ALL}:"
_TITLE = 80
_log = structlog.get_logger("interlink")


class HeldWork:
    """Judges held revisions again; beside the server goes `keep_running("held", HeldWork(…).run)`."""

    def __init__(self, doorkeeper: Doorkeeper, spaces: Spaces, clock: Clock) -> None:
        self._doorkeeper = doorkeeper
        self._store = doorkeeper.store
        self._spaces = spaces
        self._clock = clock

    async def run(self) -> None:
        """Follow the store until cancelled."""
        while True:
            since = self._store.number
            await self.sweep()
            with suppress(TimeoutError):
                async with asyncio.timeout(SWEEP_SECONDS):
                    while True:
                        await self._store.changed(since)
                        since = await self.follow(since)

    async def follow(self, since: int) -> int:
        """Judge again what waited for items that arrived behind `since`; return how far this came."""
        entries = self._store.feed(since, _PAGE)
        for database, item in dict.fromkeys(_arrived(entries)):
            await self._all_that_wait(Database(self._store, database), item)
        return entries[-1].number if entries else since

    async def sweep(self) -> None:
        """Judge again everything that is held anywhere; what has waited too long is refused."""
        for name in self._store.names():
            await self._all_that_wait(Database(self._store, name), None)

    async def _all_that_wait(self, database: Database, item: str | None) -> None:
        """Judge page after page, as long as a page is full and none of it still waits."""
        page = database.held(waits_for=item, limit=_PAGE)
        while page:
            settled = [await self._again(database, held) for held in page]
            page = database.held(waits_for=item, limit=_PAGE) if len(page) == _PAGE and all(settled) else []

    async def _again(self, database: Database, held: Held) -> bool:
        """Judge one revision again; say whether it waits no longer."""
        person = await accounts.person(held.principal)
        language = person.language if person else DEFAULT
        access = await self._doorkeeper.access(person, database.name, language)
        verdict: Verdict = Refuse("create", say("refused.create", language))
        if access is not None:
            verdict = await database.release(held, access)
        if isinstance(verdict, Hold) and held.at < (self._clock() - LONGEST).timestamp():
            verdict = Refuse("late", say("refused.late", language, days=LONGEST.days))
        if isinstance(verdict, Refuse):
            if person is not None:
                await self._rescue(database.name, held, verdict, language)
            await database.drop(held)
            _log.info("refused after it was held", word=verdict.word)
        return not isinstance(verdict, Hold)

    async def _rescue(self, space: str, held: Held, verdict: Refuse, language: str) -> None:
        document: dict[str, Any] = msgspec.json.decode(held.document)
        stored = Database(self._store, space).get(held.id)
        members = {
            "document": _kept(document, stored.content if stored else {}) | {"_rev": held.rev},
            "reason": verdict.word,
            "sentence": verdict.sentence,
            "title": _title(document, language),
        }
        own = space_of(SpaceKind.PERSON, held.principal)
        await self._spaces.create(own)
        key = f"{space}~{held.id}~{held.rev}"
        await self._spaces.write(own, [written_by_server(RESCUED, key, members, lang=language, at=self._clock())])


def _arrived(entries: list[FeedEntry]) -> list[tuple[str, str]]:
    """Return the items of trees among these changes, with their databases."""
    found: list[tuple[str, str]] = []
    for entry in entries:
        name = split_id(entry.id) if entry.id.startswith(_IN_ALL) else None
        if name and name.type in PARENTS and process_of(entry.database):
            found.append((entry.database, name.key))
    return found


def _kept(document: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """Return what of a refused revision is its author's: of an edit only what it changed, the rest is others'."""
    return {
        name: value
        for name, value in document.items()
        if name in ENVELOPE or (name != "_revisions" and (name not in stored or stored[name] != value))
    }


def _title(document: dict[str, Any], language: str) -> str:
    """Return what the person would call it: the first words of a text, the name of an item, else nothing."""
    try:
        name = msgspec.convert(document.get("name", {}), dict[str, str])
        title = msgspec.convert(document.get("text", ""), str)
    except msgspec.ValidationError:  # of a version that we do not know
        return ""
    title = title or name.get(language) or next(iter(name.values()), "")
    return title.strip().partition("\n")[0][:_TITLE]
