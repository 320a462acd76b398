"""A change among documents, as those see it who tell people of it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import Struct

from backend.codelivery.documents import NEED
from backend.kit.ids import DocumentId
from backend.kit.spaces import Spaces
from backend.notices.decide import Occasion, Told
from backend.notices.documents import Facts
from backend.notices.domain import MANNERS, Kind
from backend.notices.inbox import Entry
from backend.notices.telling import NoticeTeller
from backend.projections.facts import NEVER_SEEN, Ground, SeenNeed, seen_need

WAITING: Final = "/waiting"
Known = bytes | None
"""What is remembered of a document, as its handler wrote it."""


class Change(Struct, frozen=True):
    """One changed document."""

    name: DocumentId
    revision: str
    stored: dict[str, Any] | None
    """As it is now; None when it was deleted."""
    before: Known
    silent: bool
    """It stood before anybody was told of anything."""


class Happening:
    """Where changes happen, and who tells of them."""

    def __init__(
        self, spaces: Spaces, teller: NoticeTeller, space: str, now: datetime, remembered: Callable[[str], Known]
    ) -> None:
        self.spaces = spaces
        self.teller = teller
        self.ground = Ground(spaces, space)
        self.space = space
        self.now = now
        self.remembered = remembered
        """What is remembered of another document of this space."""

    async def tell(self, found: Iterable[Told], facts: Facts, path: str, item: str, *things: str) -> None:
        """Tell members of the process; `item` and `things` are what they may have muted, beside the whole process."""
        known = msgspec.structs.replace(facts, process=await self.ground.name())
        for told in found:
            await self.teller.tell(told, known, space=self.space, path=path, things=(self.space, item, *things))

    async def tell_person(self, account: str, told: Told, space: str) -> None:
        """Tell the owner of this space something that lies in their own hands."""
        await self.teller.tell_person(account, Entry(told=told, path=WAITING, space=space, things=(space,)))


async def need_at(happening: Happening, identifier: str, occurrence: str) -> SeenNeed:
    """Return a need as it is, or as it last was before it, or this time of it, was deleted."""
    stored = await happening.spaces.read(happening.space, identifier)
    now = seen_need(NEED.read(stored)) if stored else None
    return now if now and occurrence in now.times else seen(happening.remembered(identifier))


def seen(before: Known) -> SeenNeed:
    """Return what was last seen of a need."""
    return msgspec.json.decode(before, type=SeenNeed) if before else NEVER_SEEN


def occasion(need: str, occurrence: str, known: SeenNeed, now: datetime) -> Occasion:
    """Return a time of a need; one that nobody knows any more is told for as long as any answer."""
    time = known.times.get(occurrence)
    start = time.start if time else now + MANNERS[Kind.ANSWERED].lasts
    until = time.end if time and time.start <= now else None
    return Occasion(need=need, occurrence=occurrence, start=start, place=known.place, until=until)
