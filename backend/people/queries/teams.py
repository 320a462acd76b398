"""Questions about teams: what they are, who is in them, who administers them, who finds them."""

from datetime import datetime
from typing import Any, cast

import msgspec
from msgspec import Struct
from piccolo.custom_types import Combinable

from backend.people.domain import Names, TeamKind
from backend.people.queries import names_of
from backend.people.queries.authority import organisations_of
from backend.people.tables import Application, Membership, Organisation, Team, TeamGrant, TeamMember

_TEAM = (Team.id, Team.names, Team.description, Team.kind, Team.organisation, Team.process, Team.observers)

_IN_TEAM = (
    TeamMember.id,
    TeamMember.account,
    TeamMember.account.name.as_alias("name"),
    TeamMember.administrator,
    TeamMember.until,
)
_PAGE = 500
MOST = 100_000
"""People whom a team may have."""


class TeamRow(Struct, frozen=True):
    """A team without its people."""

    id: str
    names: Names
    description: Names
    kind: TeamKind
    organisation: str | None
    process: str | None
    observers: bool


class InTeam(Struct, frozen=True):
    """One person in one team."""

    id: str
    account: str
    name: str
    administrator: bool
    until: datetime | None


async def team(identifier: str) -> TeamRow | None:
    """Return a team; None when there is none."""
    rows = await Team.select(*_TEAM).where(Team.id == identifier)
    return _team(rows[0]) if rows else None


async def teams_mine(account: str, after: str, limit: int) -> list[TeamRow]:
    """Return the teams a person is in or administers as one of them, oldest first."""
    mine = Team.id.is_in(TeamMember.select(TeamMember.team).where(TeamMember.account == account))
    return await _teams(mine & (Team.id > after), limit)


async def teams_of_organisation(organisation: str, after: str, limit: int) -> list[TeamRow]:
    """Return the teams of an organisation, oldest first."""
    return await _teams((Team.organisation == organisation) & (Team.id > after), limit)


async def _teams(where: Combinable, limit: int) -> list[TeamRow]:
    rows = await Team.select(*_TEAM).where(where).order_by(Team.id).limit(limit)
    return [_team(row) for row in rows]


def _team(row: dict[str, Any]) -> TeamRow:
    told = row | {"names": names_of(row["names"]), "description": names_of(row["description"])}
    return msgspec.convert(told, TeamRow, strict=False)


async def members_of_team(identifier: str, after: str = "", limit: int = MOST) -> list[InTeam]:
    """Return who is in a team, who joined first comes first."""
    rows = (
        await TeamMember.select(*_IN_TEAM)
        .where((TeamMember.team == identifier) & (TeamMember.id > after))
        .order_by(TeamMember.id)
        .limit(limit)
    )
    return msgspec.convert(rows, list[InTeam], strict=False)


async def in_team(account: str, identifier: str) -> InTeam | None:
    """Return one person's place in one team; None when they are not in it."""
    rows = await TeamMember.select(*_IN_TEAM).where((TeamMember.team == identifier) & (TeamMember.account == account))
    return msgspec.convert(rows[0], InTeam, strict=False) if rows else None


async def over(now: datetime) -> list[tuple[str, str]]:
    """Return team and account of the places whose time is over, at most a page of them."""
    rows = await TeamMember.select(TeamMember.team, TeamMember.account).where(TeamMember.until <= now).limit(_PAGE)
    return [(str(row["team"]), str(row["account"])) for row in rows]


async def size_of_team(identifier: str) -> int:
    """Return how many people are in a team."""
    return cast("int", await TeamMember.count().where(TeamMember.team == identifier))


async def processes_of_team(identifier: str) -> list[str]:
    """Return the processes in which a team has a grant, oldest first."""
    rows = await TeamGrant.select(TeamGrant.process).where(TeamGrant.team == identifier).distinct()
    return sorted(str(row["process"]) for row in rows)


async def made_for(process: str, account: str) -> list[str]:
    """Return the teams made for a process that a person is in."""
    mine = Team.id.is_in(TeamMember.select(TeamMember.team).where(TeamMember.account == account))
    rows = await Team.select(Team.id).where((Team.process == process) & mine).order_by(Team.id)
    return [str(row["id"]) for row in rows]


async def finds_team(account: str, found: TeamRow) -> bool:
    """Say whether a person may see a team: their own, one of a public organisation or of theirs, or a partner's."""
    if await TeamMember.exists().where((TeamMember.team == found.id) & (TeamMember.account == account)):
        return True
    if found.organisation and (
        found.organisation in await organisations_of(account)
        or await Organisation.exists().where((Organisation.id == found.organisation) & Organisation.public.eq(True))
    ):
        return True
    here = {*await processes_of_team(found.id), *([found.process] if found.process else [])}
    return bool(here) and await Membership.exists().where(
        (Membership.account == account) & Membership.left.is_null() & Membership.process.is_in(list(here))
    )


async def applied_to(account: str, teams: list[str]) -> set[str]:
    """Return those of these teams that a person's application waits for."""
    if not teams:
        return set()
    rows = await Application.select(Application.team).where(
        (Application.account == account) & (Application.state == "waiting") & Application.team.is_in(teams)
    )
    return {row["team"] for row in rows}


async def known_to(asker: str, account: str) -> bool:
    """Say whether two people meet in a team, an organisation or a process, or met in a process before.

    Whoever does not is a stranger to the asker.
    """
    teams = TeamMember.team.is_in(TeamMember.select(TeamMember.team).where(TeamMember.account == asker))
    processes = Membership.process.is_in(
        Membership.select(Membership.process).where((Membership.account == asker) & Membership.left.is_null())
    )
    return (
        await TeamMember.exists().where(teams & (TeamMember.account == account))
        or await Membership.exists().where(processes & (Membership.account == account))
        or bool(set(await organisations_of(asker)) & set(await organisations_of(account)))
    )
