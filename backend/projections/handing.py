"""A place that is handed on: whom somebody names hears of it, and who named them hears what they said.

giver names somebody ──▶ offered, to whom they name       taken back, or given up ──▶ withdrawn
they say no          ──▶ not_taken, to the giver          they take it ──▶ their places tell both (`places.py`)
"""

from typing import Final

import msgspec
from msgspec import Struct

from backend.codelivery.documents import CLAIM, NEED, PLACED, Claim, Placed
from backend.kit.ids import DocumentId
from backend.notices.decide import Offered, decide
from backend.projections.happening import Change, Happening, Known, need_at, occasion

_OFFERED: Final = "offered"


class _Word(Struct, frozen=True):
    """What a claim said when it was last seen."""

    state: str = ""
    to: str | None = None


async def claimed(happening: Happening, change: Change) -> Known:
    """Tell whom somebody names to take their place, and who named a person that says no."""
    before = msgspec.json.decode(change.before, type=_Word) if change.before else _Word()
    said = CLAIM.read(change.stored) if change.stored else None
    stands = said is not None and said.state != "withdrawn"
    now = _Word(said.state if said else "withdrawn", said.hand_to if said and stands else None)
    if change.silent or said is None or now == before:
        return msgspec.json.encode(now)
    need = f"{change.name.partition}:{NEED.name}:{said.need}"
    occurrence, _, member = change.name.key.partition("-")
    offer = offered_thing(f"{need}~{occurrence}")
    if before.to and before.to != now.to:
        await happening.teller.withdraw(happening.space, offer, before.to)
    if (
        now.to
        and now.to not in (before.to, member)
        and await _has_place(happening, change.name.partition, occurrence, member)
    ):
        await _tell(happening, change.revision, need, occurrence, giver=member, to=now.to, refused=False)
    if now.state == "withdrawn" and before.state != "withdrawn":
        await happening.teller.withdraw(happening.space, offer, member)
        for giver in await _givers(happening, change.name.partition, occurrence, member):
            await _tell(happening, change.revision, need, occurrence, giver=giver, to=member, refused=True)
    return msgspec.json.encode(now)


async def offered_at_last(happening: Happening, place: DocumentId, given: Placed) -> None:
    """Tell whom somebody named before their own place was confirmed; told with the claim already, it is told once."""
    stored = await happening.spaces.read(happening.space, f"{place.partition}:{CLAIM.name}:{place.key}")
    said = CLAIM.read(stored) if stored else None
    if said is None or said.state == "withdrawn" or said.hand_to in (None, given.member):
        return
    need, occurrence = f"{place.partition}:{NEED.name}:{given.need}", place.key.partition("-")[0]
    await _tell(happening, given.claim, need, occurrence, giver=given.member, to=said.hand_to, refused=False)


async def no_more_offered(happening: Happening, place: DocumentId, thing: str) -> None:
    """Take back what somebody offered who has no place to give any more."""
    stored = await happening.spaces.read(happening.space, f"{place.partition}:{CLAIM.name}:{place.key}")
    to = CLAIM.read(stored).hand_to if stored else None
    if to:
        await happening.teller.withdraw(happening.space, offered_thing(thing), to)


def offered_thing(thing: str) -> str:
    """Return what the notice of an offer is about: apart, so that it is withdrawn by itself."""
    return f"{thing}~{_OFFERED}"


async def _tell(
    happening: Happening, revision: str, need: str, occurrence: str, *, giver: str, to: str, refused: bool
) -> None:
    known = await need_at(happening, need, occurrence)
    thing = f"{need}~{occurrence}"
    new = Offered(
        occasion=occasion(need, occurrence, known, happening.now),
        thing=thing if refused else offered_thing(thing),
        giver=giver,
        to=to,
        refused=refused,
        revision=revision,
    )
    path = await happening.ground.need(need, occurrence)
    await happening.tell(decide(new), known.facts(occurrence), path, need.partition(":")[0], need)


async def _has_place(happening: Happening, item: str, occurrence: str, member: str) -> bool:
    stored = await happening.spaces.read(happening.space, f"{item}:{PLACED.name}:{occurrence}-{member}")
    return stored is not None and PLACED.read(stored).outcome == "confirmed"


async def _givers(happening: Happening, item: str, occurrence: str, to: str) -> list[str]:
    """Return who has a place at an occurrence and offers it to somebody."""
    stored = await happening.spaces.list(happening.space, item, CLAIM.name, f"{occurrence}-")
    claims: list[Claim] = [CLAIM.read(one) for one in stored]
    naming = [one.author for one in claims if one.hand_to == to and one.state != "withdrawn"]
    return [one for one in naming if await _has_place(happening, item, occurrence, one)]
