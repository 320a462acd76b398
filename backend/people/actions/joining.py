"""Coming in by an invitation: looking, and accepting. Accepting twice is joining once and takes one place."""

from msgspec import Struct

from backend.accounts.audit import note
from backend.accounts.domain import Event, Person
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid
from backend.people import queries as standings
from backend.people.actions.belonging import enter_process, enter_team
from backend.people.actions.keeper import RightsKeeper
from backend.people.links import Links
from backend.people.queries import invitations as queries
from backend.people.queries import teams as team_queries
from backend.people.queries.invitations import InvitationRow
from backend.people.tables import Invitation, InvitationUse


class Joined(Struct, frozen=True):
    """Where somebody is after accepting."""

    process: str | None
    team: str | None
    task: str | None


async def invitation_of(keeper: RightsKeeper, links: Links, token: str, person: Person | None) -> InvitationRow:
    """Return the invitation that a secret opens to a person. Raises Problem that says why it does not."""
    identifier = links.invitation(token)
    found = await queries.invitation(identifier) if identifier else None
    if found is None:
        raise Problem(errors.INVITATION_UNKNOWN)
    if person is not None and await already_in(person, found):
        return found
    if found.revoked:
        raise Problem(errors.INVITATION_REVOKED)
    if found.expires <= keeper.now() or (found.until is not None and found.until <= keeper.now()):
        raise Problem(errors.INVITATION_EXPIRED)
    if found.used >= found.uses:
        raise Problem(errors.INVITATION_USED)
    return found


async def already_in(person: Person, found: InvitationRow) -> bool:
    """Say whether a person is where an invitation leads."""
    if found.team and await team_queries.in_team(person.id, found.team) is None:
        return False
    return found.process is None or await standings.membership(person.id, found.process) is not None


async def accept(keeper: RightsKeeper, links: Links, person: Person, token: str) -> Joined:
    """Let a person in by an invitation's secret. Raises Problem that says why not."""
    found = await invitation_of(keeper, links, token, person)
    if not await already_in(person, found):
        await _enter(keeper, person, found)
    processes = [found.process] if found.process else await team_queries.processes_of_team(found.team or "")
    process = processes[0] if processes else None
    standing = await standings.standing_of(person.id, process) if process else None
    task = await keeper.ground.open_task(process, standing) if process and standing else None
    return Joined(process, found.team, task)


async def _enter(keeper: RightsKeeper, person: Person, found: InvitationRow) -> None:
    processes = {*await team_queries.processes_of_team(found.team or ""), *([found.process] if found.process else [])}
    async with keeper.changing(sorted(processes), [person.id]):
        await _take_a_place(found, person)
        if found.team:
            await enter_team(found.team, person.id, keeper.now(), until=found.until)
        if found.process:
            await enter_process(found.process, person.id)
        await note(
            Event.JOINED,
            at=keeper.now(),
            who=person.id,
            about=person.id,
            process=found.process,
            thing=found.id,
        )


async def _take_a_place(found: InvitationRow, person: Person) -> None:
    """Count one use, inside the transaction that lets the person in: of two who come at once, one gets the last place.

    Raises Problem when there is none left, or when it was taken back meanwhile. A link lets each person in once: who
    was taken out does not come back by the same one.
    """
    now = await queries.invitation(found.id)
    if now is None or now.revoked:
        raise Problem(errors.INVITATION_REVOKED)
    if now.used >= now.uses or await queries.has_used(person.id, found.id):
        raise Problem(errors.INVITATION_USED)
    await Invitation.update({Invitation.used: Invitation.used + 1}).where(Invitation.id == found.id)
    await InvitationUse(id=new_ulid(), invitation=found.id, account=person.id).save()
