"""A digest: what came to the inbox only and was not looked at, told together at the hour the person wishes.

It is planned when something comes to the inbox only, so who is told nothing gets no digest. It breaks no quiet hours
that its own hour does not choose; off duty it waits.
"""

from datetime import datetime
from typing import Final

from backend.kit.spaces import ALL, SpaceKind, Spaces, space_of
from backend.notices import inbox, queries
from backend.notices.decide import Told
from backend.notices.documents import READ, Facts
from backend.notices.domain import MANNERS, Kind, Stage
from backend.notices.inbox import Entry, Row
from backend.notices.roads import Roads
from backend.notices.wishes import Wishes, next_digest
from backend.notices.words import words_of

INBOX: Final = "/inbox"
MOST: Final = 500
NAMED: Final = 20
"""So many notices a mail names; the inbox has all."""


class Digests:
    """Plans digests and tells them."""

    def __init__(self, spaces: Spaces, roads: Roads) -> None:
        self._spaces = spaces
        self._roads = roads

    async def plan(self, row: Row, wishes: Wishes, now: datetime) -> None:
        """Plan the next digest if one is wished and no road carried the notice."""
        due = next_digest(wishes, now)
        settled = await inbox.row_of(row.account, row.notice) if due else None
        if due is None or settled is None or settled.stage is not Stage.QUIET:
            return
        told = Told(
            id=f"digest-{due:%Y%m%dT%H%M}",
            member="",
            kind=Kind.DIGEST,
            thing="digest",
            until=due + MANNERS[Kind.DIGEST].lasts,
            word="digest",
        )
        await inbox.add(row.account, Entry(told=told, path=INBOX), now, due, Stage.WAITING)

    async def tell(self, row: Row, wishes: Wishes, now: datetime) -> None:
        """Tell the digest that is due, if there is anything to tell and it is still wished."""
        if wishes.off_until and wishes.off_until > now:
            await inbox.change(row.id, due=wishes.off_until, made=now)
            return
        road = wishes.roads.get(Kind.DIGEST, "push")
        found = await self._unread(row.account) if wishes.digest != "none" and road != "inbox" else []
        if found:
            until = now + MANNERS[Kind.DIGEST].lasts
            told = Told(id=row.notice, member="", kind=row.kind, thing=row.thing, until=until, word="digest")
            entry = Entry(told=told, facts=Facts(count=len(found)), path=INBOX)
            if await self._roads.carry(row, road, entry, await self._named(row.account, found)):
                await inbox.digested(row.account, now)
        await inbox.forget([row.id])

    async def _unread(self, account: str) -> list[Row]:
        own = space_of(SpaceKind.PERSON, account)
        read = {one["_id"].rpartition(":")[2] for one in await self._spaces.list(own, ALL, READ.name)}
        return [one for one in await inbox.quiet(account, MOST) if one.notice not in read]

    async def _named(self, account: str, found: list[Row]) -> str:
        """Return what a mail says of each, newest first."""
        reader = await queries.reader(account)
        if reader is None:
            return ""
        return "\n".join(_line(one.entry, reader.language) for one in found[:NAMED])


def _line(entry: Entry, language: str) -> str:
    words = words_of(entry.told.word, entry.facts, language)
    return " · ".join((f"– {words.title}", *words.body.splitlines()))
