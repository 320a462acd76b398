"""What a call tells: that its times or its place are others, and what became of each claim.

A series is one matter. Whoever promised to come to ten of its dates is told once when all ten move or are cancelled:
the notices of one cause have one id, and the first of them counts the others.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from backend.codelivery.documents import NEED, PLACED, Need, Outcome, Placed
from backend.codelivery.places import HOLDING
from backend.kit.ids import key_of
from backend.notices.decide import Answered, Dates, decide
from backend.notices.domain import Kind
from backend.projections.facts import SeenNeed, seen_need
from backend.projections.handing import no_more_offered, offered_at_last
from backend.projections.happening import Change, Happening, Known, need_at, occasion, seen

_GIVEN_UP: Final = ("withdrawn", "handed", "cancelled")


async def need_changed(happening: Happening, change: Change) -> Known:
    """Tell who promised to come that times or place are others now. That it is cancelled, their places tell."""
    said = NEED.read(change.stored) if change.stored else None
    if said is None:
        return change.before  # it can still be named
    before, now = seen(change.before), seen_need(said)
    if not said.cancelled and not change.silent:
        await _corrected(happening, str(change.name), before, now)
        await _moved(happening, change, before, now)
    return msgspec.json.encode(now.beside(before, happening.now))


async def place_given(happening: Happening, change: Change) -> Known:
    """Tell the claimant the server's answer."""
    if change.stored is None:
        return None
    said = PLACED.read(change.stored)
    before = _outcome(change.before)
    if not change.silent and said.outcome != before:
        await _answered(happening, change, said, before)
    return msgspec.json.encode(said.outcome)


async def _corrected(happening: Happening, identifier: str, before: SeenNeed, now: SeenNeed) -> None:
    """Put right what those read who are asked and have not answered."""
    for occurrence in [one for one in now.times if now.reads_otherwise(before, one)]:
        until = now.answerable_until(occurrence)
        await happening.teller.correct(happening.space, f"{identifier}~{occurrence}", now.facts(occurrence), until)


async def _moved(happening: Happening, change: Change, before: SeenNeed, now: SeenNeed) -> None:
    """Tell each who promised of all their dates that take place otherwise, and for how long that matters."""
    need, item = str(change.name), change.name.partition
    matters: dict[str, datetime] = {}
    for one in now.times:
        if one in before.times and now.differs(before, one):
            known = (occasion(need, one, each, happening.now).matters_until for each in (now, before))
            matters[one] = max(known)
    promised: defaultdict[str, list[str]] = defaultdict(list)
    for occurrence in sorted(matters, key=lambda one: now.times[one].start):
        if matters[occurrence] > happening.now:
            places = await happening.spaces.list(happening.space, item, PLACED.name, f"{occurrence}-")
            for place in map(PLACED.read, places):
                if place.outcome in HOLDING:
                    promised[place.member].append(occurrence)
    for member, dates in promised.items():
        until = max(matters[one] for one in dates)
        new = Dates(
            need=need, member=member, what="moved", occurrences=tuple(dates), until=until, cause=change.revision
        )
        await _tell(happening, new, now)


async def _answered(happening: Happening, change: Change, said: Placed, before: Outcome | None) -> None:
    item, occurrence = change.name.partition, change.name.key.partition("-")[0]
    identifier = f"{item}:{NEED.name}:{said.need}"
    thing = f"{identifier}~{occurrence}"
    if said.outcome in _GIVEN_UP:
        await happening.teller.withdraw(happening.space, thing, said.member)
        await no_more_offered(happening, change.name, thing)
    elif before is not None:
        await happening.teller.withdraw(happening.space, thing, said.member, kind=Kind.ANSWERED)
    known = await need_at(happening, identifier, occurrence)
    if said.outcome == "cancelled" and before in HOLDING:
        await _cancelled(happening, identifier, occurrence, said)
        return
    answer = Answered(
        occasion=occasion(identifier, occurrence, known, happening.now),
        member=said.member,
        before=before,
        after=said.outcome,
        revision=change.revision,
    )
    path = await happening.ground.need(identifier, occurrence)
    await happening.tell(decide(answer), known.facts(occurrence), path, item, identifier)
    if said.outcome == "confirmed":
        await offered_at_last(happening, change.name, said)


async def _cancelled(happening: Happening, identifier: str, occurrence: str, said: Placed) -> None:
    """Tell of all dates of a member that one cause cancelled."""
    stored = await happening.spaces.read(happening.space, identifier)
    need = NEED.read(stored) if stored else None
    places = await _places(happening, identifier, said.member)
    cause = _cause(need, stored, occurrence)
    known = {one: await need_at(happening, identifier, one) for one in places}
    together = {
        one: occasion(identifier, one, known[one], happening.now)
        for one, place in places.items()
        if place.outcome == "cancelled"
        and _cause(need, stored, one) == cause
        and _outcome(happening.remembered(place.id)) in HOLDING
    }
    if not together:
        return
    dates = sorted(together, key=lambda one: (together[one].start, one))
    ahead = [one for one in dates if together[one].matters_until > happening.now] or dates[:1]
    new = Dates(
        need=identifier,
        member=said.member,
        what="cancelled",
        occurrences=tuple(ahead),
        until=max(together[one].matters_until for one in ahead),
        cause=f"{cause} {max(place.turn for place in places.values())}",
    )
    await _tell(happening, new, known[ahead[0]])


def _cause(need: Need | None, stored: Mapping[str, object] | None, occurrence: str) -> str:
    """Return what cancelled an occurrence: a revision of its need, or that there is none, or no ground for it."""
    if need is None or stored is None:
        return "deleted"
    by_need = need.cancelled or all(one.id != occurrence for one in need.occurrences)
    return str(stored["_rev"]) if by_need else "no ground"


async def _places(happening: Happening, identifier: str, member: str) -> Mapping[str, Placed]:
    """Return the answers to all claims of a member to a need, by occurrence."""
    item, key = identifier.partition(":")[0], key_of(identifier)
    stored = await happening.spaces.list(happening.space, item, PLACED.name)
    found: Sequence[Placed] = [PLACED.read(one) for one in stored if one["member"] == member and one["need"] == key]
    return {key_of(one.id).partition("-")[0]: one for one in found}


async def _tell(happening: Happening, new: Dates, known: SeenNeed) -> None:
    first, *others = new.occurrences
    facts = known.facts(first)
    if others:
        facts = replace(facts, start=None, end=None, count=len(new.occurrences))
    path = await happening.ground.need(new.need, first)
    await happening.tell(decide(new), facts, path, new.need.partition(":")[0], new.need)


def _outcome(remembered: Known) -> Outcome | None:
    return msgspec.json.decode(remembered, type=Outcome) if remembered else None
