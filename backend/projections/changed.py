"""What each type of document tells people of itself when it changes.

A later type adds its own: a function here that compares what was known with what is, asks `decide`, hands what that
says to the teller and returns what to remember; and a line in `NEWS` (of a process) or `PERSONAL` (of one's own space).
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Final

import msgspec

from backend.codelivery.documents import CLAIM, NEED, PLACED
from backend.kit.spaces import ALL, SERVER, kind_of
from backend.notices.decide import Assigned, Mentioned, Replied, Told, decide, notice_id
from backend.notices.documents import READ, Facts
from backend.notices.domain import MANNERS, Kind
from backend.people import queries as people
from backend.people.documents import MEMBER, TEAM
from backend.projections.called import need_changed, place_given
from backend.projections.handing import claimed
from backend.projections.happening import WAITING, Change, Happening, Known
from backend.quarantine.documents import HANDOVER_ANSWER, QUARANTINED
from backend.talk.documents import COMMENT
from backend.work.documents import ASSIGNMENT

RESCUED: Final = "rescued"
_ANSWERS: Final[Mapping[str, str]] = {"accepted": "let_in", "declined": "turned_down", "impossible": "turned_down"}


async def assigned(happening: Happening, change: Change) -> Known:
    """Tell who is asked to do something; who is asked no more hears nothing of it either."""
    before = _read(change.before)
    identifier = str(change.name)
    said = ASSIGNMENT.read(change.stored) if change.stored else None
    if said is None or said.state == "withdrawn":
        if before and not change.silent:
            await happening.teller.withdraw(happening.space, identifier)
        return None
    members = [*said.people]
    for team in said.teams:
        stored = await happening.spaces.read(happening.space, f"{ALL}:{TEAM.name}:{team}")
        members += TEAM.read(stored).members if stored else []
    if said.state == "open" and not change.silent:
        fresh = tuple(one for one in dict.fromkeys(members) if one not in before)
        due = datetime.combine(said.due + timedelta(days=1), time(), UTC) if said.due else None
        new = Assigned(assignment=identifier, members=fresh, by=said.by, due=due, at=happening.now)
        path, name = await happening.ground.item(change.name.partition)
        await happening.tell(decide(new), Facts(name=name), path, change.name.partition, identifier)
    return msgspec.json.encode(sorted(set(members) | set(before)))


async def commented(happening: Happening, change: Change) -> Known:
    """Tell who is spoken to, and who began the thread."""
    if change.stored is None:
        if change.before and not change.silent:
            await happening.teller.withdraw(happening.space, str(change.name))
        return None
    said, before = COMMENT.read(change.stored), _read(change.before)
    if not said.mentions and said.reply_to is None:
        return change.before
    if not change.silent:
        comment, at = str(change.name), happening.now
        fresh = tuple(one for one in dict.fromkeys(said.mentions) if one not in before)
        found = decide(Mentioned(comment=comment, members=fresh, by=said.author, at=at))
        begun = await happening.spaces.read(happening.space, said.reply_to) if said.reply_to and not before else None
        if begun is not None:
            to = str(begun["author"])
            found += decide(Replied(comment=comment, to=to, mentioned=fresh, by=said.author, at=at))
        path, name = await happening.ground.item(change.name.partition)
        await happening.tell(found, Facts(name=name), path, change.name.partition, said.about)
    return msgspec.json.encode(sorted({*said.mentions, *before, *([""] if said.reply_to else [])}))


async def handed_over(happening: Happening, change: Change) -> Known:
    """Tell the administrators that refused work waits for their decision."""
    said = QUARANTINED.read(change.stored) if change.stored else None
    if said is None or said.outcome != "waiting":
        if change.before and not change.silent:
            await happening.teller.withdraw(happening.space, str(change.name))
        return None
    if not change.silent and change.before is None:
        members = await people.members_of(happening.ground.process)
        administrators = [one.member for one in members if one.administrator]
        found = [_not_accepted(change, "handed_over", happening.now, member=one) for one in administrators]
        await happening.tell(found, Facts(), WAITING, str(change.name))
    return b"1"


async def refused(happening: Happening, change: Change) -> Known:
    """Tell an author that their work was refused after the server had held it: no device of theirs can know."""
    account = happening.ground.process
    held = change.stored is not None and change.stored.get("author") == SERVER
    if held and not change.silent and change.before is None:
        await happening.tell_person(account, _not_accepted(change, "not_accepted", happening.now), _space(change))
    return b"1" if change.stored else None


async def decided(happening: Happening, change: Change) -> Known:
    """Tell an author what the administrators decided about what they handed over."""
    said = HANDOVER_ANSWER.read(change.stored) if change.stored else None
    if said is None:
        return None
    outcome = said.outcome.encode()
    if not change.silent and outcome != change.before and said.outcome in _ANSWERS:
        told = _not_accepted(change, _ANSWERS[said.outcome], happening.now)
        await happening.tell_person(happening.ground.process, told, _space(change))
    return outcome


async def somebody_left(happening: Happening, change: Change) -> Known:
    """Tell who left the process, with a team or as its administrator, nothing more of it."""
    if not change.silent:
        await happening.teller.left(happening.space)
    return None


async def told_later(happening: Happening, change: Change) -> Known:
    """Tell again in a few hours what somebody put off."""
    said = READ.read(change.stored) if change.stored else None
    if said is not None and said.state == "later" and not change.silent:
        await happening.teller.later(happening.ground.process, change.name.key, change.revision)
    return None


News = Callable[[Happening, Change], Awaitable[Known]]
"""Tells whom a change concerns, unless it is silent, and returns what is to be remembered; None: nothing."""
NEWS: Final[Mapping[str, News]] = {
    ASSIGNMENT.name: assigned,
    CLAIM.name: claimed,
    COMMENT.name: commented,
    NEED.name: need_changed,
    PLACED.name: place_given,
    QUARANTINED.name: handed_over,
    TEAM.name: somebody_left,
    MEMBER.name: somebody_left,
}
PERSONAL: Final[Mapping[str, News]] = {
    RESCUED: refused,
    HANDOVER_ANSWER.name: decided,
    READ.name: told_later,
}


def _read(before: Known) -> list[str]:
    return msgspec.json.decode(before, type=list[str]) if before else []


def _not_accepted(change: Change, word: str, now: datetime, *, member: str = "") -> Told:
    return Told(
        id=notice_id(str(change.name), word),
        member=member,
        kind=Kind.NOT_ACCEPTED,
        thing=str(change.name)[:200],
        until=now + MANNERS[Kind.NOT_ACCEPTED].lasts,
        word=word,
    )


def _space(change: Change) -> str:
    """Return the space that refused work was meant for; its name begins the key."""
    space = change.name.key.partition("~")[0]
    return space if kind_of(space) else ""
