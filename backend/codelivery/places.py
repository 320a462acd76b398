"""Who gets the places of one occurrence. Pure: the same claims and answers give the same answers.

Claims take their turns in the order in which they reached the server, whatever their devices' clocks say. An answer
once given is never taken back by somebody else's claim:

    asked ──▶ confirmed ──▶ withdrawn, handed         by the claimant's own word
          ├─▶ waiting ──▶ confirmed                    as soon as a place is free, in the order of turns
          ├─▶ late
          └─▶ uninvited                    any ──▶ cancelled     with its need, its task or its process

Who was answered late, uninvited, cancelled or withdrew may ask again: a new revision of the claim takes a new turn. So
no more than `places` people are ever confirmed by claims; if a coordinator afterwards asks for fewer, who was confirmed
stays so, and nobody moves up until there is room. When an occurrence has begun nobody moves up either: who still waits
knows that no place came free.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from backend.codelivery.documents import Outcome

HOLDING = frozenset({"confirmed", "waiting"})
"""Whoever was told so is expected, or may still be."""


@dataclass(frozen=True)
class Room:
    """What an occurrence offers at this moment."""

    places: int
    waiting: int
    open: bool = True
    """Whether claims that arrive now still count; False after the deadline or the beginning."""
    begun: bool = False
    cancelled: bool = False


@dataclass(frozen=True)
class Ask:
    """A claim as it stands."""

    member: str
    turn: int
    """Number of its newest revision in the store."""
    revision: str
    stands: bool = True
    """False once it is withdrawn or deleted."""
    invited: bool = True
    hand_to: str | None = None
    takes_from: str | None = None


@dataclass(frozen=True)
class Answer:
    """What one claimant is told."""

    outcome: Outcome
    turn: int
    revision: str
    """That of the claim it answers."""


def settle(room: Room, asks: Iterable[Ask], given: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answer of every claimant (member → answer); `given` are the answers so far."""
    claims = {one.member: one for one in asks}
    answers = {member: _kept(claims.get(member), answer, room) for member, answer in given.items()}
    if not room.cancelled:
        _hand_over(claims, answers)
    new = {one.member for one in claims.values() if _is_new(one, answers.get(one.member))}
    answers |= {member: _first(claims[member], room) for member in new}
    return _seated(room, answers, new)


def _kept(claim: Ask | None, answer: Answer, room: Room) -> Answer:
    """An answer as it stands after its claimant's own word, and the need's."""
    if answer.outcome not in HOLDING:
        return answer
    if claim is None or not claim.stands:
        return replace(answer, outcome="withdrawn", revision=claim.revision if claim else answer.revision)
    return replace(answer, outcome="cancelled", revision=claim.revision) if room.cancelled else answer


def _is_new(claim: Ask, answer: Answer | None) -> bool:
    return answer is None or (answer.outcome not in HOLDING and answer.revision != claim.revision)


def _hand_over(claims: Mapping[str, Ask], answers: dict[str, Answer]) -> None:
    """Give the places that two members agreed to hand on; the turn goes with the place."""
    for taker in sorted(claims.values(), key=lambda one: one.turn):
        giver = claims.get(taker.takes_from or "")
        held = answers.get(giver.member) if giver else None
        wanted = taker.invited and _may_take(taker, answers.get(taker.member))
        if giver and held and wanted and held.outcome == "confirmed" and giver.hand_to == taker.member:
            answers[giver.member] = Answer("handed", held.turn, giver.revision)
            answers[taker.member] = Answer("confirmed", held.turn, taker.revision)


def _may_take(claim: Ask, answer: Answer | None) -> bool:
    return claim.stands and (_is_new(claim, answer) or (answer is not None and answer.outcome == "waiting"))


def _first(claim: Ask, room: Room) -> Answer:
    """The answer to a new claim before anybody looks for a place for it."""
    outcome: Outcome = "waiting"
    if not claim.stands:
        outcome = "withdrawn"
    elif room.cancelled:
        outcome = "cancelled"
    elif not claim.invited:
        outcome = "uninvited"
    elif not room.open:
        outcome = "late"
    return Answer(outcome, claim.turn, claim.revision)


def _seated(room: Room, answers: dict[str, Answer], new: Collection[str]) -> dict[str, Answer]:
    """Let those who wait move up in order of turns while there is room; a new claim that finds none is late."""
    free = room.places - sum(one.outcome == "confirmed" for one in answers.values())
    moving = 0 if room.begun else max(free, 0)
    queue = sorted((one.turn, member) for member, one in answers.items() if one.outcome == "waiting")
    for place, (_, member) in enumerate(queue):
        if place < moving:
            answers[member] = replace(answers[member], outcome="confirmed")
        elif member in new and place >= moving + room.waiting:
            answers[member] = replace(answers[member], outcome="late")
    return answers
