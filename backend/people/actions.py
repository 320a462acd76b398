"""What changes memberships and rights. Each is one transaction."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from msgspec import Struct
from piccolo.columns import Integer

from backend.kit.ids import new_ulid
from backend.kit.transactions import transaction
from backend.people import queries
from backend.people.access import Grant, Path, readable
from backend.people.domain import TeamKind
from backend.people.tables import Membership, Process, Team, TeamGrant, TeamMember

_AT_ONCE = 500
"""Values in one statement; SQLite takes 32,766."""


class Founding(Struct, frozen=True):
    """What came into being with a process."""

    member: str
    team: str
    grant: str


async def found_process(
    *, process: str, account: str, team_name: str, team_kind: TeamKind, name: str, now: datetime
) -> Founding:
    """Make the rows of a new process: its founder administers it, with a team that may everything in it."""
    async with transaction(Process):
        await Process(id=process, created=now).save()
        member = await add_member(process=process, account=account, name=name, administrator=True)
        team = await add_team(name=team_name, kind=team_kind, accounts=[account])
        everything = Grant(team, None, access=True, create=True, delete=True)
        return Founding(member, team, await add_grant(process=process, grant=everything))


async def add_member(*, process: str, account: str, name: str, administrator: bool = False) -> str:
    """Make a person a member of a process and return the random member id that documents know them by."""
    if found := await queries.membership(account, process):
        return found.member
    member = new_ulid()
    await Membership(member=member, process=process, account=account, name=name, administrator=administrator).save()
    return member


async def add_team(*, name: str, kind: TeamKind, accounts: list[str]) -> str:
    """Make a team of these people and return its id."""
    team = new_ulid()
    await Team(id=team, name=name, kind=kind, organisation=None).save()
    for account in accounts:
        await join_team(team=team, account=account)
    return team


async def join_team(*, team: str, account: str) -> None:
    """Put a person into a team."""
    await TeamMember(id=new_ulid(), team=team, account=account).save()


async def add_grant(*, process: str, grant: Grant) -> str:
    """Give a team a grant in a process and return the grant's id."""
    row = TeamGrant(
        id=new_ulid(),
        process=process,
        team=grant.team,
        target=grant.target,
        may_access=grant.access,
        may_create=grant.create,
        may_delete=grant.delete,
    )
    await row.save()
    return row.id


async def withdraw_grant(grant: str) -> None:
    """Take a grant back."""
    await TeamGrant.delete().where(TeamGrant.id == grant)


@asynccontextmanager
async def counting(process: str, tree: Mapping[str, Path]) -> AsyncGenerator[None]:
    """Change rights inside this block, and every member's counters move with what they gained and lost by it.

    `tree` gives the path of each item of the process. Devices compare the counters with those they know: another
    `gained` makes them read the feed again from its beginning, another `lost` makes them drop what they may no longer
    see.
    """
    async with transaction(Membership):
        before = await _readable_by_member(process, tree)
        yield
        after = await _readable_by_member(process, tree)
        both = before.keys() & after.keys()
        await _count(Membership.gained, [member for member in both if after[member] - before[member]])
        await _count(Membership.lost, [member for member in both if before[member] - after[member]])


async def _readable_by_member(process: str, tree: Mapping[str, Path]) -> dict[str, frozenset[str]]:
    return {member: readable(one, tree) for member, one in (await queries.everybodys_standing(process)).items()}


async def _count(counter: Integer, members: list[str]) -> None:
    for start in range(0, len(members), _AT_ONCE):
        some = Membership.member.is_in(members[start : start + _AT_ONCE])
        await Membership.update({counter: counter + 1}).where(some)
