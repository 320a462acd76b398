"""Making invitations and taking them back."""

from datetime import timedelta

from backend.accounts.audit import note
from backend.accounts.domain import Event, Person
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid
from backend.kit.languages import LANGUAGES
from backend.kit.texts import say
from backend.kit.transactions import transaction
from backend.people import queries as standings
from backend.people.access import Grant
from backend.people.actions import add_grant, add_team
from backend.people.actions import teams as team_actions
from backend.people.actions.keeper import RightsKeeper
from backend.people.queries import authority
from backend.people.queries import invitations as queries
from backend.people.queries import teams as team_queries
from backend.people.queries.invitations import InvitationRow
from backend.people.schemas.invitations import NewInvitation
from backend.people.tables import Invitation, Process, Team


async def process_seen(person: Person, process: str, *, administrator: bool = False) -> None:
    """Raise Problem unless a person takes part in a process (and administers it, where that is asked)."""
    if await standings.membership(person.id, process) is None:
        raise Problem(errors.NOT_FOUND)
    if administrator and not await authority.administers_process(person.id, process):
        raise Problem(errors.FORBIDDEN)


async def create_invitation(keeper: RightsKeeper, person: Person, wanted: NewInvitation) -> InvitationRow:
    """Make an invitation to a process or a team that the person administers. Raises Problem with what is wrong."""
    now = keeper.now()
    if wanted.until is not None and (wanted.until.tzinfo is None or wanted.until <= now):
        raise Problem(errors.UNTIL_PASSED)
    team = await _team(keeper, person, wanted)
    made = new_ulid(now.timestamp())
    async with transaction(Invitation):
        await Invitation(
            id=made,
            process=wanted.process,
            team=team,
            role=wanted.role,
            creator=person.id,
            created=now,
            expires=now + timedelta(days=wanted.expires_days),
            until=wanted.until if wanted.role == "observer" else None,
            uses=max(wanted.uses, len(set(wanted.emails))),
        ).save()
        await note(Event.INVITED, at=now, who=person.id, process=wanted.process, thing=made)
    found = await queries.invitation(made)
    if found is None:
        raise Problem(errors.NOT_FOUND)
    return found


async def _team(keeper: RightsKeeper, person: Person, wanted: NewInvitation) -> str:
    """Return the team that people will join."""
    if wanted.process is None:
        if wanted.team is None or wanted.role == "observer":
            raise Problem(errors.INVALID_REQUEST, reason="process or team is needed, and observers need a process")
        return (await team_actions.administered(person, wanted.team)).id
    await process_seen(person, wanted.process, administrator=True)
    if wanted.role == "observer":
        return await team_of_observers(keeper, wanted.process)
    return await team_to_join(person, wanted.process, wanted.team)


async def team_to_join(person: Person, process: str, wanted: str | None) -> str:
    """Return which team of a process people are let into: the wanted one, or the only one the person administers."""
    mine = [
        one.id
        for one in await standings.teams_of(process)
        if not one.observers
        and (row := await team_queries.team(one.id)) is not None
        and await team_actions.administers(person.id, row)
    ]
    if wanted is not None:
        if wanted not in mine:
            raise Problem(errors.UNKNOWN_TEAM)
        return wanted
    if len(mine) != 1:
        raise Problem(errors.TEAM_NEEDED)
    return mine[0]


async def team_of_observers(keeper: RightsKeeper, process: str) -> str:
    """Return the team of those who only look on at a process; it is made when the first one is invited."""
    here = (Team.process == process) & Team.observers.eq(True)
    if rows := await Team.select(Team.id).where(here):
        return str(rows[0]["id"])
    async with keeper.changing([process]):
        names = {language: say("people.observers", language) for language in LANGUAGES}
        made = await add_team(name=names, kind="citizen", accounts=[], process=process)
        await Team.update({Team.observers: True}).where(Team.id == made)
        await add_grant(process=process, grant=Grant(made, None, access=True, create=False, delete=False))
        await Process.update({Process.grants_version: Process.grants_version + 1}).where(Process.id == process)
    return made


async def revoke(keeper: RightsKeeper, person: Person, identifier: str) -> None:
    """Take an invitation back; who joined by it stays. Raises Problem: not found, or forbidden."""
    found = await queries.invitation(identifier)
    if found is None or not await may_see(person, found):
        raise Problem(errors.NOT_FOUND)
    async with transaction(Invitation):
        await Invitation.update({Invitation.revoked: True}).where(Invitation.id == found.id)
        await note(Event.INVITATION_REVOKED, at=keeper.now(), who=person.id, process=found.process, thing=found.id)


async def may_see(person: Person, found: InvitationRow) -> bool:
    """Say whether a person may see an invitation and take it back: who may make the same one."""
    if found.process is not None and await authority.administers_process(person.id, found.process):
        return True
    team = await team_queries.team(found.team) if found.team and found.process is None else None
    return team is not None and await team_actions.administers(person.id, team)
