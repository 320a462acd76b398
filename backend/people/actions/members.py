"""What people do with the membership of a process: leaving, removing, naming administrators."""

from backend.accounts.audit import note
from backend.accounts.domain import Event, Person
from backend.kit import errors
from backend.kit.errors import Problem
from backend.people.actions.belonging import end_membership, go_out_of_team
from backend.people.actions.invitations import process_seen
from backend.people.actions.keeper import RightsKeeper
from backend.people.queries import authority
from backend.people.queries.people import account_of_member
from backend.people.queries.teams import made_for, processes_of_team
from backend.people.tables import Membership


async def set_administrator(
    keeper: RightsKeeper, person: Person, process: str, member: str, *, administrator: bool
) -> None:
    """Make a member administrator of a process, or no more; never the last one."""
    await process_seen(person, process, administrator=True)
    account = await _member(process, member)
    async with keeper.changing([process], [account]):
        chiefs = await authority.administrators_of_process(process)
        if (account in chiefs) is administrator:
            return
        if chiefs == [account]:
            raise Problem(errors.LAST_ADMINISTRATOR)
        await Membership.update({Membership.administrator: administrator}).where(Membership.member == member)
        what = Event.ADMINISTRATOR_NAMED if administrator else Event.ADMINISTRATOR_DISMISSED
        await note(what, at=keeper.now(), who=person.id, about=account, process=process)


async def take_out(keeper: RightsKeeper, person: Person, process: str, member: str) -> None:
    """Leave a process, or remove somebody from it, and from the teams that were made for it alone."""
    await process_seen(person, process)
    account = await _member(process, member)
    if account != person.id and not await authority.administers_process(person.id, process):
        raise Problem(errors.FORBIDDEN)
    teams = await made_for(process, account)
    others = {one for team in teams for one in await processes_of_team(team)}
    async with keeper.changing(sorted({process, *others}), [account]):
        if await authority.administrators_of_process(process) == [account]:
            raise Problem(errors.LAST_ADMINISTRATOR)
        await end_membership(process, account, keeper.now())
        for team in teams:
            await go_out_of_team(team, account, keeper.now())
        what = Event.LEFT if account == person.id else Event.REMOVED
        await note(what, at=keeper.now(), who=person.id, about=account, process=process)


async def _member(process: str, member: str) -> str:
    account = await account_of_member(process, member)
    if account is None:
        raise Problem(errors.NOT_FOUND)
    return account
