"""Questions to the rows about where people stand: memberships, the teams of a process, grants."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

import msgspec
from piccolo.columns.combination import And
from piccolo.custom_types import Combinable

from backend.people.access import STRANGER, Grant, Standing
from backend.people.domain import GrantOf, MembershipOf, Names, TeamOf
from backend.people.tables import Membership, Process, Team, TeamGrant, TeamMember

_HERE = Membership.left.is_null()
"""Who left keeps their row, and has no part in anything."""

_MEMBERSHIP = (
    Membership.process,
    Membership.account,
    Membership.member,
    Membership.name,
    Membership.administrator,
    Membership.gained,
    Membership.lost,
)


async def process_exists(process: str) -> bool:
    """Say whether rows know this process."""
    return await Process.exists().where(Process.id == process)


async def processes() -> list[str]:
    """Return the ids of all processes, oldest first."""
    return [row["id"] for row in await Process.select(Process.id).order_by(Process.id)]


async def memberships_of(account: str) -> list[MembershipOf]:
    """Return the processes a person is a member of, oldest first."""
    rows = (
        await Membership.select(*_MEMBERSHIP)
        .where((Membership.account == account) & _HERE)
        .order_by(Membership.process)
    )
    return msgspec.convert(rows, list[MembershipOf], strict=False)


async def membership(account: str, process: str) -> MembershipOf | None:
    """Return one person's membership in one process; None when they are no member."""
    rows = await Membership.select(*_MEMBERSHIP).where(
        (Membership.account == account) & (Membership.process == process) & _HERE
    )
    return msgspec.convert(rows[0], MembershipOf, strict=False) if rows else None


async def members_of(process: str) -> list[MembershipOf]:
    """Return everybody in one process, by member id."""
    rows = (
        await Membership.select(*_MEMBERSHIP).where((Membership.process == process) & _HERE).order_by(Membership.member)
    )
    return msgspec.convert(rows, list[MembershipOf], strict=False)


async def members_ever_of(process: str) -> list[MembershipOf]:
    """Return everybody who is or was in one process, by member id; who left administers nothing."""
    rows = await Membership.select(*_MEMBERSHIP).where(Membership.process == process).order_by(Membership.member)
    return msgspec.convert(rows, list[MembershipOf], strict=False)


async def members_ever(process: str, accounts: Collection[str]) -> list[str]:
    """Return the member ids that these accounts have, or had, in one process."""
    rows = await Membership.select(Membership.member).where(
        (Membership.process == process) & Membership.account.is_in([*accounts, ""])
    )
    return [str(row["member"]) for row in rows]


async def standing_of(account: str, process: str) -> Standing:
    """Return where a person stands in a process, to be asked with `access.may` and `access.readable`."""
    found = await membership(account, process)
    return STRANGER if found is None else await standing_in(found)


async def standing_in(found: MembershipOf) -> Standing:
    """Return the standing that goes with a membership."""
    rows = await _grants_of_a_person(found.account, TeamGrant.process == found.process)
    return _standing(found, rows)


async def standings_of(account: str) -> list[tuple[MembershipOf, Standing]]:
    """Return where a person stands in each of their processes, in two questions however many there are."""
    memberships = await memberships_of(account)
    if not memberships:
        return []
    rows = await _grants_of_a_person(account, TeamGrant.process.is_in([one.process for one in memberships]))
    return [(one, _standing(one, [row for row in rows if row["process"] == one.process])) for one in memberships]


async def everybodys_standing(process: str) -> dict[str, Standing]:
    """Return where each member of a process stands, by member id, in four questions however many there are."""
    teams: defaultdict[str, set[str]] = defaultdict(set)
    for team in await teams_of(process):
        for account in team.accounts:
            teams[account].add(team.id)
    grants = [
        (one.team, Grant(one.team, one.target, one.access, one.create, one.delete)) for one in await grants_of(process)
    ]
    return {
        one.member: Standing(
            one.member,
            one.administrator,
            frozenset(teams[one.account]),
            tuple(grant for team, grant in grants if team in teams[one.account]),
        )
        for one in await members_of(process)
    }


async def _grants_of_a_person(account: str, where: Combinable) -> list[dict[str, Any]]:
    mine = TeamGrant.team.is_in(TeamMember.select(TeamMember.team).where(TeamMember.account == account))
    return await TeamGrant.select().where(And(where, mine))


def _standing(found: MembershipOf, rows: list[dict[str, Any]]) -> Standing:
    grants = tuple(
        Grant(row["team"], row["target"], bool(row["may_access"]), bool(row["may_create"]), bool(row["may_delete"]))
        for row in rows
    )
    return Standing(found.member, found.administrator, frozenset(one.team for one in grants), grants)


async def grants_of(process: str) -> list[GrantOf]:
    """Return every grant in one process, oldest first."""
    rows = await TeamGrant.select().where(TeamGrant.process == process).order_by(TeamGrant.id)
    return [
        GrantOf(
            row["id"],
            row["team"],
            row["target"],
            bool(row["may_access"]),
            bool(row["may_create"]),
            bool(row["may_delete"]),
        )
        for row in rows
    ]


async def teams_of(process: str) -> list[TeamOf]:
    """Return the teams that have a grant in one process, with their members."""
    teams = (
        await Team.select(Team.id, Team.names, Team.kind, Team.organisation, Team.observers)
        .where(Team.id.is_in(TeamGrant.select(TeamGrant.team).where(TeamGrant.process == process)))
        .order_by(Team.id)
    )
    joined = (
        await TeamMember.select()
        .where(TeamMember.team.is_in(TeamGrant.select(TeamGrant.team).where(TeamGrant.process == process)))
        .order_by(TeamMember.id)
    )
    accounts: defaultdict[str, list[str]] = defaultdict(list)
    for row in joined:
        accounts[row["team"]].append(row["account"])
    return [
        TeamOf(
            team["id"],
            names_of(team["names"]),
            team["kind"],
            tuple(accounts[team["id"]]),
            team["organisation"],
            bool(team["observers"]),
        )
        for team in teams
    ]


def names_of(column: str) -> Names:
    """Return the names that a column holds by language."""
    return msgspec.json.decode(column, type=Names)
