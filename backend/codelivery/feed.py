"""What a person's calendar is made from: the rows say where it lies, the documents what it is, the rights what is open.

Its cost follows from the person's own commitments of the coming time, never from how many processes they take part in.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec

from backend.accounts.domain import Person
from backend.codelivery import queries
from backend.codelivery.calendar import Commitment, calendar_of
from backend.codelivery.documents import NEED, PLACED, Need, screen_of
from backend.codelivery.queries import CommitmentOf
from backend.files.domain import Rights
from backend.kit.clock import Clock
from backend.kit.spaces import ALL, SpaceKind, Spaces, space_of
from backend.processes.documents import PROCESS

MOST: Final = 300
"""Events of one calendar."""
PAST: Final = timedelta(days=90)
AHEAD: Final = timedelta(days=3 * 365)
_SECRET_BYTES: Final = 32


class Feed:
    """Makes calendars; one for the whole program."""

    def __init__(self, spaces: Spaces, rights: Rights, clock: Clock, origin: str | None) -> None:
        self._spaces = spaces
        self._rights = rights
        self._clock = clock
        self._origin = origin

    async def new_secret(self, account: str) -> str:
        """Make a link for a person, in place of the one before, and return its secret: this once, it is not kept."""
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        await queries.keep_link(account, digest_of(secret), self._clock())
        return secret

    async def of(self, secret: str, origin: str) -> bytes | None:
        """Return the calendar a secret opens; None when it opens none.

        `origin` is where the one who asks reached us, for want of a public address.
        """
        person = await queries.person_of_link(digest_of(secret))
        if person is None:
            return None
        now = self._clock()
        rows = await queries.commitments_of(person.id, now - PAST, now + AHEAD, MOST)
        return calendar_of(await self._read(person, rows, self._origin or origin.rstrip("/")), person.language)

    async def _read(self, person: Person, rows: Sequence[CommitmentOf], origin: str) -> list[Commitment]:
        needs = {one: await self._need(person, *one) for one in {(row.process, row.item, row.need) for row in rows}}
        names = {one: await self._name(one, person.language) for one in {row.process for row in rows}}
        found = [await self._commitment(row, needs[row.process, row.item, row.need], origin) for row in rows]
        return [
            msgspec.structs.replace(one, process=names[row.process])
            for row, one in zip(rows, found, strict=True)
            if one
        ]

    async def _commitment(self, row: CommitmentOf, need: Need | None, origin: str) -> Commitment | None:
        space = space_of(SpaceKind.PROCESS, row.process)
        place = (
            await self._spaces.read(space, f"{row.item}:{PLACED.name}:{row.occurrence}-{row.member}") if need else None
        )
        time = next((one for one in need.occurrences if one.id == row.occurrence), None) if need else None
        if need is None or place is None or time is None:
            return None
        url = origin + screen_of(row.process, row.item, row.need, row.occurrence)
        return Commitment(need, time, PLACED.read(place), "", url)

    async def _need(self, person: Person, process: str, item: str, need: str) -> Need | None:
        """Return a need that the person may read."""
        space = space_of(SpaceKind.PROCESS, process)
        right = await self._rights.of(person, space, item)
        document = await self._spaces.read(space, f"{item}:{NEED.name}:{need}") if right.read else None
        return NEED.read(document) if document else None

    async def _name(self, process: str, language: str) -> str:
        space = space_of(SpaceKind.PROCESS, process)
        return named(await self._spaces.read(space, f"{ALL}:{PROCESS.name}:{process}"), language)


def named(process: dict[str, Any] | None, language: str) -> str:
    """Return what a process is called, in this language where it can be."""
    names: dict[str, str] = (process or {}).get("name") or {}
    return names.get(language) or next(iter(names.values()), "")


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
