"""Telling people things: into the inbox, which is the truth, and by the road they wish, now or later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import to_builtins

from backend.kit.clock import Clock
from backend.kit.envelope import rfc3339, written_by_server
from backend.kit.languages import DEFAULT
from backend.kit.spaces import SpaceKind, Spaces, space_of
from backend.notices import queries
from backend.notices.decide import Told
from backend.notices.documents import NOTICE, Facts


class Teller(Protocol):
    """What tells people; other rooms know it by this."""

    async def tell(
        self, told: Told, facts: Facts, *, space: str, path: str, things: Sequence[str], at: datetime | None = None
    ) -> None:
        """Write it into the inbox of a member of `space` and send it as they wish, now or at a later moment.

        `things` is what it is about, from the space down, as wishes may mute it. The same id is told once, however
        often it comes.
        """
        ...

    async def withdraw(self, space: str, thing: str, member: str | None = None) -> None:
        """Take back what was told or is still to be told about a thing, to one member or to everybody.

        What waits does not go out; what stands in an inbox is marked withdrawn. A need's id means all its times.
        """
        ...


class NoticeTeller:
    """Tells people over documents and rows; one for the whole program."""

    def __init__(self, spaces: Spaces, clock: Clock) -> None:
        self._spaces = spaces
        self._clock = clock

    async def tell(
        self, told: Told, facts: Facts, *, space: str, path: str, things: Sequence[str], at: datetime | None = None
    ) -> None:
        """Write it into the inbox at once; see `Teller.tell`."""
        account = await queries.account_of(told.member)
        if account is None:
            return
        now = self._clock()
        members = {
            "kind": told.kind,
            "word": told.word,
            "space": space,
            "thing": told.thing,
            "path": path,
            "facts": to_builtins(facts),
            "told": rfc3339(now),
            "until": rfc3339(told.until),
        }
        own = space_of(SpaceKind.PERSON, account)
        await self._spaces.create(own)
        await self._spaces.write(own, [written_by_server(NOTICE, told.id, members, lang=DEFAULT, at=now)])

    async def withdraw(self, space: str, thing: str, member: str | None = None) -> None:
        """Take nothing back yet; see `Teller.withdraw`."""
