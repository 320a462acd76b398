"""Coming into and going out of teams and processes: what one step means for the other.

Whoever is in a team is in every process that the team takes part in. Whoever loses the last team they had in a process
leaves that process too, unless they administer it; who came in without a team is not touched by this.
"""

from collections.abc import Iterable
from datetime import datetime

from backend.accounts.tables import Account
from backend.kit import errors
from backend.kit.errors import Problem
from backend.people import queries
from backend.people.actions import add_member, join_team
from backend.people.queries import authority
from backend.people.queries import teams as team_queries
from backend.people.queries.teams import TeamRow
from backend.people.tables import Membership, TeamMember


async def enter_team(
    team: str, account: str, now: datetime, *, administrator: bool = False, until: datetime | None = None
) -> None:
    """Put a person into a team and so into its processes."""
    await join_team(team=team, account=account, administrator=administrator, until=until, now=now)
    for process in await team_queries.processes_of_team(team):
        await enter_process(process, account)


async def enter_process(process: str, account: str) -> str:
    """Make a person a member of a process under the name of their account; return the member id."""
    rows = await Account.select(Account.name).where(Account.id == account)
    if not rows:
        raise Problem(errors.NOT_FOUND)
    return await add_member(process=process, account=account, name=rows[0]["name"])


async def go_out_of_team(team: str, account: str, now: datetime) -> None:
    """Take a person out of a team, and out of the processes where it was their last one."""
    await TeamMember.delete().where((TeamMember.team == team) & (TeamMember.account == account))
    for process in await team_queries.processes_of_team(team):
        await leave_without_team(process, [account], now)


async def leave_without_team(process: str, accounts: Iterable[str], now: datetime) -> None:
    """End the membership of those of these people who have no team in the process any more and do not administer it."""
    chiefs = set(await authority.administrators_of_process(process))
    placed = {account for team in await queries.teams_of(process) for account in team.accounts} | chiefs
    for account in accounts:
        if account not in placed:
            await end_membership(process, account, now)


async def end_membership(process: str, account: str, now: datetime) -> None:
    """End a membership; the row stays, so that who comes back finds their own work."""
    await Membership.update({Membership.left: now, Membership.administrator: False}).where(
        (Membership.process == process) & (Membership.account == account) & Membership.left.is_null()
    )


async def keep_an_administrator(team: TeamRow) -> None:
    """Raise Problem when nobody is left who administers a team; call it after the change, inside its transaction."""
    if not await authority.administrators_of_team(team.id, team.organisation, team.process):
        raise Problem(errors.LAST_ADMINISTRATOR)
