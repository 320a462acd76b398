"""What people do with teams."""

from msgspec import UNSET
from piccolo.columns import Column

from backend.accounts.audit import note
from backend.accounts.domain import Event, Person
from backend.kit import errors
from backend.kit.errors import Problem
from backend.people.actions import add_team, written
from backend.people.actions.belonging import enter_team, go_out_of_team, keep_an_administrator, leave_without_team
from backend.people.actions.keeper import RightsKeeper
from backend.people.queries import authority
from backend.people.queries import teams as queries
from backend.people.queries.organisations import finds_organisation, organisation
from backend.people.queries.teams import TeamRow
from backend.people.schemas.teams import NewTeam, TeamChange
from backend.people.tables import Process, Team, TeamMember

MOST_MEMBERS = 20_000
"""People in one team."""


async def seen(person: Person, identifier: str) -> TeamRow:
    """Return a team that a person may see. Raises Problem: not found."""
    found = await queries.team(identifier)
    if found is None or not await queries.finds_team(person.id, found):
        found = found if found and await administers(person.id, found) else None
    if found is None:
        raise Problem(errors.NOT_FOUND)
    return found


async def administered(person: Person, identifier: str) -> TeamRow:
    """Return a team that a person may change. Raises Problem: not found, or forbidden."""
    found = await seen(person, identifier)
    if not await administers(person.id, found):
        raise Problem(errors.FORBIDDEN)
    return found


async def inside(person: Person, identifier: str) -> TeamRow:
    """Return a team whose members a person may see: their own, or one they administer. Raises Problem."""
    found = await seen(person, identifier)
    if await queries.in_team(person.id, found.id) is None and not await administers(person.id, found):
        raise Problem(errors.FORBIDDEN)
    return found


async def administers(account: str, team: TeamRow) -> bool:
    """Say whether a person may change a team."""
    return account in await authority.administrators_of_team(team.id, team.organisation, team.process)


async def create_team(keeper: RightsKeeper, person: Person, wanted: NewTeam) -> TeamRow:
    """Make a team; its maker is its first member and administers it."""
    kind = wanted.kind
    if wanted.organisation is not None:
        parent = await organisation(wanted.organisation)
        if parent is None or not await finds_organisation(person.id, parent):
            raise Problem(errors.NOT_FOUND)
        if not await may_create_teams(person.id, parent.id, parent.team_creation):
            raise Problem(errors.FORBIDDEN)
        kind = parent.team_kind if kind is UNSET else kind
    if wanted.process is not None and not await authority.administers_process(person.id, wanted.process):
        raise Problem(errors.NOT_FOUND)
    async with keeper.changing([]):
        made = await add_team(
            name=wanted.name,
            description=wanted.description,
            kind="citizen" if kind is UNSET else kind,
            accounts=[person.id],
            organisation=wanted.organisation,
            process=wanted.process,
            administrators=1,
            now=keeper.now(),
        )
        await note(Event.TEAM_MADE, at=keeper.now(), who=person.id, process=wanted.process, thing=made)
    return await seen(person, made)


async def may_create_teams(account: str, identifier: str, rule: str) -> bool:
    """Say whether a person may make teams of an organisation they find."""
    match rule:
        case "anyone":
            return True
        case "members":
            return identifier in await authority.organisations_of(account)
        case _:
            return await authority.administers_organisation(account, identifier)


async def change_team(keeper: RightsKeeper, person: Person, identifier: str, wanted: TeamChange) -> TeamRow:
    """Change what a team is called and what it is."""
    found = await administered(person, identifier)
    changed: dict[Column | str, object] = {}
    if wanted.name is not UNSET:
        changed[Team.names] = written(wanted.name)
    if wanted.description is not UNSET:
        changed[Team.description] = written(wanted.description)
    if wanted.kind is not UNSET:
        changed[Team.kind] = wanted.kind
    if changed:
        async with keeper.changing(await queries.processes_of_team(found.id), everybody=True):
            await Team.update(changed).where(Team.id == found.id)
            await note(Event.TEAM_CHANGED, at=keeper.now(), who=person.id, process=found.process, thing=found.id)
    return await seen(person, identifier)


async def delete_team(keeper: RightsKeeper, person: Person, identifier: str) -> None:
    """Delete a team with its grants; who had no other team in a process leaves that process."""
    found = await administered(person, identifier)
    accounts = [one.account for one in await queries.members_of_team(found.id)]
    processes = await queries.processes_of_team(found.id)
    async with keeper.changing(processes, accounts):
        await Team.delete().where(Team.id == found.id)
        for process in processes:
            await leave_without_team(process, accounts, keeper.now())
            await Process.update({Process.grants_version: Process.grants_version + 1}).where(Process.id == process)
            await note(Event.TEAM_DELETED, at=keeper.now(), who=person.id, process=process, thing=found.id)


async def put_member(
    keeper: RightsKeeper, person: Person, identifier: str, account: str, *, administrator: bool
) -> None:
    """Put somebody into a team, or make them administrator of it or no more.

    Raises Problem: not found for a stranger, and when nobody would administer the team any more.
    """
    found = await administered(person, identifier)
    there = await queries.in_team(account, found.id)
    if there is None:
        if found.observers or not await queries.known_to(person.id, account):
            raise Problem(errors.NOT_FOUND)
        await _add(keeper, person, found, account, administrator=administrator)
    elif there.administrator is not administrator:
        async with keeper.changing([]):
            await TeamMember.update({TeamMember.administrator: administrator}).where(
                (TeamMember.team == found.id) & (TeamMember.account == account)
            )
            await keep_an_administrator(found)
            what = Event.ADMINISTRATOR_NAMED if administrator else Event.ADMINISTRATOR_DISMISSED
            await note(what, at=keeper.now(), who=person.id, about=account, process=found.process, thing=found.id)


async def _add(keeper: RightsKeeper, person: Person, team: TeamRow, account: str, *, administrator: bool) -> None:
    processes = await queries.processes_of_team(team.id)
    if await queries.size_of_team(team.id) >= MOST_MEMBERS:
        raise Problem(errors.TOO_LARGE)
    async with keeper.changing(processes, [account]):
        await enter_team(team.id, account, keeper.now(), administrator=administrator)
        await note(Event.JOINED, at=keeper.now(), who=person.id, about=account, process=team.process, thing=team.id)


async def remove_member(keeper: RightsKeeper, person: Person, identifier: str, account: str) -> None:
    """Take somebody out of a team; people may always take out themselves, as long as somebody administers it."""
    found = await seen(person, identifier)
    if account != person.id and not await administers(person.id, found):
        raise Problem(errors.FORBIDDEN)
    if await queries.in_team(account, found.id) is None:
        raise Problem(errors.NOT_FOUND)
    async with keeper.changing(await queries.processes_of_team(found.id), [account]):
        await go_out_of_team(found.id, account, keeper.now())
        await keep_an_administrator(found)
        what = Event.LEFT if account == person.id else Event.REMOVED
        await note(what, at=keeper.now(), who=person.id, about=account, process=found.process, thing=found.id)
