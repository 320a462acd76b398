"""How what is told leaves the house: as a push message to each device, or as a mail. The inbox has it already.

A message names a need, a place and a time, in the language of who is told. What a device needs to answer from its lock
screen goes with it, as ids.
"""

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from backend.accounts.post import Post
from backend.kit.clock import Clock
from backend.kit.ids import split_id
from backend.kit.transactions import transaction
from backend.notices import inbox, queries
from backend.notices.documents import About
from backend.notices.domain import LONGEST_ID, MANNERS, Kind, Notice, Stage, Words
from backend.notices.inbox import Entry, Row
from backend.notices.outbox import Outbox
from backend.notices.tables import Inbox
from backend.notices.wishes import Road
from backend.notices.words import words_of

MAIL_LASTS = timedelta(days=1)
_NEED, _ASSIGNMENT = "need", "assignment"


class Roads:
    """Carries notices; one for the whole program."""

    def __init__(self, outbox: Outbox, post: Post, origin: str | None, clock: Clock) -> None:
        """Take the outbox, the post, and the web origin people know us by (None on this machine alone)."""
        self._outbox = outbox
        self._post = post
        self._origin = origin or ""
        self._clock = clock

    async def carry(self, row: Row, road: Road, entry: Entry, more: str = "") -> bool:
        """Send one notice that waits, note that it went, and say so; `more` is what a mail says below it.

        Where no device and no address can be reached, the inbox alone has it.
        """
        reader = await queries.reader(row.account)
        went = False
        if reader is not None:
            words = words_of(entry.told.word, entry.facts, reader.language)
            if road == "mail" and row.kind is Kind.INVITATION:
                went = False  # whoever invites writes a mail already
            elif road == "mail":
                went = await self._mail(row, entry, reader, words, more)
            else:
                went = await self._push(row, entry, reader, words)
        if not went:
            await inbox.settle(row.id, Stage.QUIET)
        return went

    async def take_back(self, row: Row) -> None:
        """Keep what waits about a thing from going out to a person."""
        await self._outbox.cancel(row.thing, account=row.account)

    async def again(self, row: Row) -> None:
        """Let a notice go out once more, as if it never had."""
        await self._outbox.again(row.notice, account=row.account)

    async def anew(self, row: Row, entry: Entry) -> None:
        """Let what waits in the outbox say what is so now."""
        reader = await queries.reader(row.account)
        if await self._outbox.again(row.notice, account=row.account, waiting=True) and reader:
            words = words_of(entry.told.word, entry.facts, reader.language)
            await self._outbox.put(_notice(entry, reader.language, words), account=row.account)

    async def is_shown(self, row: Row) -> bool:
        """Say whether a device of the person shows this notice, or will when it is on again."""
        return bool(await queries.showing(row.account, row.notice, self._clock()))

    async def replace(self, row: Row, word: str) -> None:
        """Let the devices that show a notice say this instead, without a sound."""
        reader = await queries.reader(row.account)
        if reader is not None:
            words = words_of(word, row.entry.facts, reader.language)
            notice = _notice(row.entry, reader.language, words)
            name = f"{row.notice}-{row.made:%y%m%d%H%M%S}"[:LONGEST_ID]
            await self._outbox.replace(replace(notice, id=name, of=row.notice), account=row.account)

    async def _push(self, row: Row, entry: Entry, reader: queries.Reader, words: Words) -> bool:
        went = await self._outbox.put(_notice(entry, reader.language, words), account=row.account) > 0
        if went:
            await inbox.settle(row.id, Stage.GONE, self._clock())
        return went

    async def _mail(self, row: Row, entry: Entry, reader: queries.Reader, words: Words, more: str) -> bool:
        """Queue the mail in the transaction that says so: it goes once."""
        if not reader.email:
            return False
        now = self._clock()
        async with transaction(Inbox):
            if await inbox.settle(row.id, Stage.GONE, now):
                await self._post.put(
                    reader.email,
                    "notice",
                    reader.language,
                    lasts=_lasts(entry, now),
                    title=words.title,
                    named="\n".join(filter(None, (words.body, more))),
                    link=f"{self._origin}{entry.path}" if self._origin else "",
                )
        return True


def _notice(entry: Entry, language: str, words: Words) -> Notice:
    told = entry.told
    return Notice(
        id=told.id,
        kind=told.kind,
        thing=told.thing,
        path=entry.path,
        words={language: words},
        until=told.until,
        about=ids(entry),
    )


def ids(entry: Entry) -> dict[str, str]:
    """Return what the device answers with: the space, and what `about_of` found."""
    found = msgspec.to_builtins(about_of(entry))
    return {**found, "space": entry.space} if entry.space else found


def about_of(entry: Entry) -> About:
    """Return the ids in the thing a notice is about: `<item>:<type>:<key>`, and `…~<occurrence>` for one time of it."""
    document, _, rest = entry.told.thing.partition("~")
    occurrence = rest.partition("~")[0]
    found = split_id(document)
    if found is None:
        return About(member=entry.told.member)
    item, kind, name = found
    return About(
        item=item,
        need=name if kind == _NEED else "",
        occurrence=occurrence if kind == _NEED else "",
        member=entry.told.member,
        assignment=name if kind == _ASSIGNMENT else "",
    )


def _lasts(entry: Entry, now: datetime) -> timedelta:
    return min(MAIL_LASTS, MANNERS[entry.told.kind].lasts, max(entry.told.until - now, timedelta(minutes=1)))
