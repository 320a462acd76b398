"""What notices name of a process: the need, the item, the process, and the address of the screen that shows them."""

from datetime import datetime
from typing import Final

import msgspec
from msgspec import Struct

from backend.codelivery.documents import Need, screen_of
from backend.kit.ids import split_id
from backend.kit.spaces import ALL, Spaces, kind_of
from backend.notices.calling import named
from backend.notices.documents import Facts
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, TASK

_ITEMS = (TASK, OBJECTIVE, PHASE)


class Time(Struct, frozen=True):
    """One time of a need, as it was last seen."""

    start: datetime
    end: datetime


class SeenNeed(Struct, frozen=True):
    """What notices tell of a need; kept, so that a need that was deleted can still be named."""

    name: dict[str, str]
    place: str
    zone: str
    times: dict[str, Time]
    deadline: datetime | None = None

    def answerable_until(self, occurrence: str) -> datetime:
        """Return when nobody can answer any more for one time."""
        start = self.times[occurrence].start
        return min(start, self.deadline or start)

    def facts(self, occurrence: str) -> Facts:
        """Return what is told of one time."""
        time = self.times.get(occurrence)
        return Facts(
            name=self.name or None,
            place=self.place,
            start=time.start if time else None,
            end=time.end if time else None,
            zone=self.zone,
        )

    def differs(self, before: "SeenNeed", occurrence: str) -> bool:
        """Say whether one time takes place otherwise than it did before."""
        return (self.times[occurrence], self.place) != (before.times[occurrence], before.place)

    def reads_otherwise(self, before: "SeenNeed", occurrence: str) -> bool:
        """Say whether who is asked for one time read something that is no longer so; another time is asked anew."""
        known = before.times.get(occurrence)
        if known is None or known.start != self.times[occurrence].start:
            return False
        now, then = (one.facts(occurrence) for one in (self, before))
        return now != then or self.answerable_until(occurrence) != before.answerable_until(occurrence)

    def beside(self, before: "SeenNeed", now: datetime) -> "SeenNeed":
        """Return this need with the times it had before and that are still to come: they can still be named."""
        kept = {key: one for key, one in before.times.items() if one.end > now}
        return msgspec.structs.replace(self, times=kept | self.times)


NEVER_SEEN: Final = SeenNeed({}, "", "", {})


def seen_need(need: Need) -> SeenNeed:
    """Return what notices tell of a need."""
    return SeenNeed(
        name=named(need.name, need.lang),
        place=need.place.name if need.place else "",
        zone=need.zone,
        times={one.id: Time(one.start, one.end) for one in need.occurrences},
        deadline=need.deadline,
    )


class Ground:
    """Names and addresses within one process, read once each."""

    def __init__(self, spaces: Spaces, space: str) -> None:
        self._spaces = spaces
        self.space = space
        found = kind_of(space)
        self.process = found[1] if found else ""
        self._names: dict[str, tuple[str, dict[str, str] | None]] = {}

    async def name(self) -> dict[str, str] | None:
        """Return what the process is called."""
        if self.process not in self._names:
            stored = await self._spaces.read(self.space, f"{ALL}:{PROCESS.name}:{self.process}")
            self._names[self.process] = "", PROCESS.read(stored).name if stored else None
        return self._names[self.process][1]

    async def item(self, key: str) -> tuple[str, dict[str, str] | None]:
        """Return the address of an item's screen, and what it is called."""
        root = f"/processes/{self.process}"
        if key == self.process:
            return root, await self.name()
        if key not in self._names:
            self._names[key] = await self._found(root, key)
        return self._names[key]

    async def need(self, identifier: str, occurrence: str) -> str:
        """Return the address of the screen of a need, at one of its times, also one that is left out by now."""
        name = split_id(identifier)
        return screen_of(self.process, name.partition, name.key, occurrence) if name else "/needs"

    async def _found(self, root: str, key: str) -> tuple[str, dict[str, str] | None]:
        for kind in _ITEMS:
            stored = await self._spaces.read(self.space, f"{ALL}:{kind.name}:{key}")
            if stored is not None:
                part = "tasks" if kind is TASK else "items"
                return f"{root}/{part}/{key}", kind.read(stored).name
        return root, None
