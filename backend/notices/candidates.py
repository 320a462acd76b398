"""Who may be asked to help with an occurrence, what is known of them, and who looks after it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from backend.codelivery import call_rows
from backend.codelivery.calls import CallRow, answer_of
from backend.codelivery.documents import PLACED, Need, Placed
from backend.kit.clock import Clock
from backend.kit.spaces import ALL, SpaceKind, Spaces, space_of
from backend.notices.documents import SELF, WISHES
from backend.notices.waves import SERIES_PAUSE, Volunteer
from backend.people import queries
from backend.people.access import Standing, Verb, may
from backend.people.ground import Ground

LOOKED_AT: Final = 2_000
"""People whose skills are looked at, those who were asked longest ago first."""
REMEMBERED: Final = timedelta(days=90)
"""Longer ago is as long ago as never."""
_WISHES: Final = f"{ALL}:{WISHES.name}:{SELF}"


class Known(Struct, frozen=True):
    """Whom a wave can ask."""

    volunteers: Sequence[Volunteer]
    answered: frozenset[str]
    """Those who were asked since the search began, and who have answered."""


class Candidates:
    """Finds who may answer a call; one for the whole program."""

    def __init__(self, spaces: Spaces, ground: Ground, clock: Clock) -> None:
        self._spaces = spaces
        self._ground = ground
        self._clock = clock

    async def of(self, row: CallRow, need: Need) -> Known:
        """Return all who may open the task and are of the asked teams, but for who calls and who is turned to."""
        able, placed = await self._able(row, need), await self._placed(row)
        here = await call_rows.asked_for(row.id, after_wave=row.waves - row.step)
        answered = {one.member for one in here} | {one.member for one in placed if _has_answered(one)}
        return Known(await self._volunteers(row, need, able, _late(placed)), frozenset(answered))

    async def missed(self, row: CallRow) -> frozenset[str]:
        """Return those who came too late for a place."""
        return _late(await self._placed(row))

    async def in_charge(self, row: CallRow, contact: str | None) -> list[str]:
        """Return the member whom a need names as its contact if they may still open it, else all administrators."""
        path = self._ground.paths(row.process).get(row.item) or ()
        standings = await queries.everybodys_standing(row.process)
        if contact in standings and may(standings[contact], Verb.ACCESS, path):
            return [contact]
        return sorted(member for member, standing in standings.items() if standing.administrator)

    async def _able(self, row: CallRow, need: Need) -> list[str]:
        path = self._ground.paths(row.process).get(row.item) or ()
        teams, not_these = frozenset(need.teams), {need.author, need.contact}

        def may_answer(member: str, standing: Standing) -> bool:
            invited = not teams or bool(teams & standing.teams)
            return invited and member not in not_these and may(standing, Verb.ACCESS, path)

        standings = await queries.everybodys_standing(row.process)
        return sorted(member for member, standing in standings.items() if may_answer(member, standing))

    async def _volunteers(
        self, row: CallRow, need: Need, able: Sequence[str], missed: frozenset[str]
    ) -> list[Volunteer]:
        now = self._clock()
        asked = await call_rows.last_asked(row.process, now - REMEMBERED)
        series = await call_rows.asked_in_series(row, now - SERIES_PAUSE)
        skills = await self._skills(row.process, _longest_ago(able, asked)) if need.skills else {}
        return [
            Volunteer(
                member,
                skills.get(member, frozenset()),
                asked.get(member),
                series[member] + SERIES_PAUSE if member in series else None,
                member in missed,
            )
            for member in able
        ]

    async def _skills(self, process: str, members: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return what these members say they like to help with, in one case."""
        accounts = {one.member: one.account for one in await queries.members_of(process)}
        found: dict[str, frozenset[str]] = {}
        for member in members:
            space = space_of(SpaceKind.PERSON, accounts.get(member, ""))
            stored = await self._spaces.read(space, _WISHES) if await self._spaces.exists(space) else None
            if stored:
                found[member] = frozenset(one.casefold() for one in WISHES.read(stored).skills)
        return found

    async def _placed(self, row: CallRow) -> list[Placed]:
        space = space_of(SpaceKind.PROCESS, row.process)
        stored = await self._spaces.list(space, row.item, PLACED.name, f"{row.occurrence}-")
        return [PLACED.read(one) for one in stored]


def _has_answered(placed: Placed) -> bool:
    """Say whether somebody need not be asked: who came too late may be, now that a place is free."""
    return placed.outcome != "late" and answer_of(placed.outcome) is not None


def _late(placed: Iterable[Placed]) -> frozenset[str]:
    return frozenset(one.member for one in placed if one.outcome == "late")


def _longest_ago(members: Iterable[str], asked: dict[str, datetime]) -> list[str]:
    order = sorted(members, key=lambda one: asked[one].timestamp() if one in asked else 0.0)
    return order[:LOOKED_AT]
