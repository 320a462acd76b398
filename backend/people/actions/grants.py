"""Changing who may do what in a process: told first, saved as one, never over what somebody else has just changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from backend.accounts.audit import note
from backend.accounts.domain import Event, Person
from backend.accounts.queries import sync_reports
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.spaces import SpaceKind, space_of
from backend.people import queries
from backend.people.access import STRANGER, Grant, Verb
from backend.people.actions import add_grant
from backend.people.actions import teams as team_actions
from backend.people.actions.belonging import enter_process, leave_without_team
from backend.people.actions.keeper import RightsKeeper
from backend.people.domain import GrantOf
from backend.people.effects import Cell, Found, Somebody, effects, standing_with
from backend.people.queries import teams as team_queries
from backend.people.schemas.processes import Effect, GrantChange, GrantChanges, PreviewBody
from backend.people.tables import Process, TeamGrant

MOST_GRANTS = 5_000
"""In one process."""


class Plan(Struct, frozen=True):
    """Grants as they would be, and whom that concerns."""

    process: str
    cells: Sequence[Cell]
    after: Mapping[Cell, Grant]
    added: frozenset[str]
    """Teams that take part from now on."""
    dropped: frozenset[str]
    """Teams that take part no more."""
    teams: Mapping[str, frozenset[str]]
    """Accounts of each team that takes part before or after."""
    before: Sequence[GrantOf]


async def version_of(process: str) -> int:
    """Return the number of the present state of a process' grants."""
    rows = await Process.select(Process.grants_version).where(Process.id == process)
    return rows[0]["grants_version"] if rows else 0


async def plan(keeper: RightsKeeper, person: Person, process: str, wanted: GrantChanges) -> Plan:
    """Return what changes would lead to. Raises Problem: an older version, an unknown team or item, a cell twice."""
    if await version_of(process) != wanted.version:
        raise Problem(errors.CONFLICT)
    cells = [_cell(process, one) for one in wanted.changes]
    before = await queries.grants_of(process)
    present = {one.team for one in before}
    await _check(keeper, person, process, wanted.changes, present)
    after = {_cell_of(process, one): _grant(one) for one in before}
    for change, cell in zip(wanted.changes, cells, strict=True):
        after.pop(cell, None)
        if not change.remove:
            after[cell] = Grant(*cell, access=change.access, create=change.create, delete=change.delete)
    if len(after) > MOST_GRANTS:
        raise Problem(errors.TOO_LARGE)
    then = {team for team, _ in after}
    teams = {one.id: frozenset(one.accounts) for one in await queries.teams_of(process)}
    for team in then - present:
        teams[team] = frozenset(one.account for one in await team_queries.members_of_team(team))
    return Plan(process, cells, after, frozenset(then - present), frozenset(present - then), teams, before)


async def _check(
    keeper: RightsKeeper, person: Person, process: str, changes: Sequence[GrantChange], present: set[str]
) -> None:
    cells = [_cell(process, one) for one in changes]
    if len(set(cells)) < len(cells):
        raise Problem(errors.INVALID_REQUEST, reason="one team and item stand there twice")
    paths = keeper.ground.paths(process)
    if any(target not in paths for (_, target), one in zip(cells, changes, strict=True) if target and not one.remove):
        raise Problem(errors.UNKNOWN_ITEM)
    for team in {team for team, _ in cells} - present:
        if not await _may_bring(person, process, team):
            raise Problem(errors.UNKNOWN_TEAM)


async def _may_bring(person: Person, process: str, team: str) -> bool:
    """Say whether a person may let a team take part: one they are in or administer, or one made for this process."""
    found = await team_queries.team(team)
    if found is None:
        return False
    return (
        found.process == process
        or await team_queries.in_team(person.id, found.id) is not None
        or await team_actions.administers(person.id, found)
    )


async def preview(keeper: RightsKeeper, person: Person, process: str, wanted: GrantChanges) -> PreviewBody:
    """Tell who would gain and lose what; nothing changes."""
    planned = await plan(keeper, person, process, wanted)
    people = await _people(planned)
    gains, loses = effects(people, planned.cells, keeper.ground.paths(process))
    silent = await _silent(process)
    return PreviewBody(
        [_effect(keeper, process, one, {}) for one in gains],
        [_effect(keeper, process, one, silent) for one in loses],
        len({account for one in (*gains, *loses) for account in one.accounts}),
    )


async def save(keeper: RightsKeeper, person: Person, process: str, wanted: GrantChanges) -> int:
    """Change grants, all of them or none, and return the number of the new state."""
    planned = await plan(keeper, person, process, wanted)
    coming = {account for team in planned.added for account in planned.teams[team]}
    going = {account for team in planned.dropped for account in planned.teams.get(team, ())}
    async with keeper.changing([process], coming | going, everybody=True):
        if await version_of(process) != wanted.version:
            raise Problem(errors.CONFLICT)
        old = [one.id for one in planned.before if _cell_of(process, one) in set(planned.cells)]
        if old:
            await TeamGrant.delete().where(TeamGrant.id.is_in(old))
        for cell in planned.cells:
            if cell in planned.after:
                await add_grant(process=process, grant=planned.after[cell])
        for account in coming:
            await enter_process(process, account)
        await leave_without_team(process, going, keeper.now())
        await Process.update({Process.grants_version: wanted.version + 1}).where(Process.id == process)
        for team in sorted({team for team, _ in planned.cells}):
            await note(Event.GRANTS_CHANGED, at=keeper.now(), who=person.id, process=process, thing=team)
    return wanted.version + 1


async def _people(planned: Plan) -> list[Somebody]:
    """Return everybody in the process before or after, with both standings."""
    members = {one.account: one.administrator for one in await queries.members_of(planned.process)}
    before = [_grant(one) for one in planned.before]
    after = list(planned.after.values())
    accounts = members.keys() | {account for team in planned.added for account in planned.teams[team]}
    return [_somebody(one, members, before, after, planned) for one in accounts]


def _somebody(
    account: str, members: Mapping[str, bool], before: list[Grant], after: list[Grant], planned: Plan
) -> Somebody:
    chief = members.get(account, False)
    was = standing_with(account, before, planned.teams, administrator=chief) if account in members else STRANGER
    then = {team: accounts for team, accounts in planned.teams.items() if team not in planned.dropped}
    will = standing_with(account, after, then, administrator=chief)
    out = bool(was.teams) and not will.teams and not chief
    return Somebody(account, was, STRANGER if out else will)


class _Silent(Struct):
    waiting: int
    last: datetime | None


async def _silent(process: str) -> dict[str, _Silent]:
    """Return, of people who agreed to tell it and have unsent work, how much waits and when they last synced."""
    found: dict[str, _Silent] = {}
    for one in await sync_reports(space_of(SpaceKind.PROCESS, process)):
        if one.waiting:
            known = found.setdefault(one.account, _Silent(0, one.last_sync))
            known.waiting += one.waiting
            known.last = min((at for at in (known.last, one.last_sync) if at is not None), default=None)
    return found


def _effect(keeper: RightsKeeper, process: str, one: Found, silent: Mapping[str, _Silent]) -> Effect:
    waiting = [silent[account] for account in one.accounts if account in silent]
    return Effect(
        team=one.team,
        item=one.target,
        verb=one.verb,
        people=len(one.accounts),
        documents=keeper.ground.documents(process, one.items) if one.verb is Verb.ACCESS else 0,
        waiting=len(waiting),
        last_seen=min((known.last for known in waiting if known.last is not None), default=None),
    )


def _cell(process: str, change: GrantChange) -> Cell:
    """Return the cell of a change; a grant on the process by its id is one on the whole process."""
    return change.team, None if change.target == process else change.target


def _cell_of(process: str, grant: GrantOf) -> Cell:
    return grant.team, None if grant.target == process else grant.target


def _grant(one: GrantOf) -> Grant:
    return Grant(one.team, one.target, one.access, one.create, one.delete)
