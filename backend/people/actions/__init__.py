"""The rows behind people and rights, one by one. Who calls these keeps counters and mirrors true (`keeper.py`)."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from piccolo.columns import Column

from backend.kit.ids import new_ulid
from backend.kit.languages import DEFAULT
from backend.kit.transactions import transaction
from backend.people.access import Grant
from backend.people.domain import Names, TeamKind
from backend.people.queries import process_exists
from backend.people.tables import Membership, Process, Team, TeamGrant, TeamMember


class AlreadyFoundedError(Exception):
    """There are rows of this process."""


class Founding(Struct, frozen=True):
    """What came into being with a process."""

    member: str
    team: str
    grant: str


async def found_process(
    *,
    process: str,
    account: str,
    team_name: str | Names,
    team_kind: TeamKind,
    name: str,
    now: datetime,
    language: str = DEFAULT,
) -> Founding:
    """Make the rows of a new process: its founder administers it, with a team that may everything in it.

    Raises AlreadyFoundedError when there are rows of it.
    """
    async with transaction(Process):
        if await process_exists(process):
            raise AlreadyFoundedError(process)
        await Process(id=process, created=now).save()
        member = await add_member(process=process, account=account, name=name, administrator=True)
        team = await add_team(
            name=team_name, kind=team_kind, accounts=[account], language=language, process=process, administrators=1
        )
        everything = Grant(team, None, access=True, create=True, delete=True)
        return Founding(member, team, await add_grant(process=process, grant=everything))


async def add_member(*, process: str, account: str, name: str, administrator: bool = False) -> str:
    """Make a person a member of a process and return the random member id that documents know them by.

    Who was there before comes back under the same id, with counters that let their devices begin anew.
    """
    mine = (Membership.process == process) & (Membership.account == account)
    if found := await Membership.select(Membership.member, Membership.left).where(mine).first():
        if found["left"] is not None:
            back: dict[Column | str, Any] = {
                Membership.left: None,
                Membership.name: name,
                Membership.administrator: administrator,
                Membership.gained: Membership.gained + 1,
                Membership.lost: Membership.lost + 1,
            }
            await Membership.update(back).where(mine)
        return found["member"]
    member = new_ulid()
    await Membership(member=member, process=process, account=account, name=name, administrator=administrator).save()
    return member


async def add_team(
    *,
    name: str | Names,
    kind: TeamKind,
    accounts: list[str],
    language: str = DEFAULT,
    process: str | None = None,
    organisation: str | None = None,
    administrators: int = 0,
    description: Names | None = None,
    now: datetime | None = None,
) -> str:
    """Make a team of these people, the first `administrators` of whom administer it, and return its id."""
    names = {language: name} if isinstance(name, str) else name
    team = new_ulid()
    row = Team(
        id=team,
        names=written(names),
        description=written(description or {}),
        kind=kind,
        organisation=organisation,
        process=process,
    )
    await row.save()
    for number, account in enumerate(accounts):
        await join_team(team=team, account=account, administrator=number < administrators, now=now)
    return team


async def join_team(
    *, team: str, account: str, administrator: bool = False, until: datetime | None = None, now: datetime | None = None
) -> None:
    """Put a person into a team; who is in it already stays as they are, but for an end that comes later or never."""
    here = (TeamMember.team == team) & (TeamMember.account == account)
    if found := await TeamMember.select(TeamMember.until).where(here).first():
        if found["until"] is not None and (until is None or until > found["until"]):
            await TeamMember.update({TeamMember.until: until}).where(here)
        return
    key = new_ulid(now.timestamp() if now else None)
    await TeamMember(id=key, team=team, account=account, administrator=administrator, until=until).save()


def written(names: Names) -> str:
    """Return names by language as a column holds them."""
    return msgspec.json.encode(names).decode()


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
