"""The rows of a process as documents in its space, so that a device offline knows teams, rights and names.

`mirror_rights` is called by whatever changes teams or grants; `mirror_member` when somebody first contributes,
`mirror_known_members` when a name or a role changes. All write what is there now: calling them twice, late, or after a
crash gives the same documents.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from backend.kit.envelope import written_by_server
from backend.kit.languages import DEFAULT
from backend.kit.spaces import ALL, SpaceKind, Spaces, space_of
from backend.people import queries
from backend.people.documents import GRANT, MEMBER, TEAM
from backend.people.domain import PARTNER_OF, GrantOf, MembershipOf, PartnerKind, TeamOf

Json = dict[str, Any]


async def mirror_rights(spaces: Spaces, process: str, at: datetime) -> int:
    """Write the teams and grants of a process into its space, and remove those that are no more."""
    space = space_of(SpaceKind.PROCESS, process)
    members = {one.account: one.member for one in await queries.members_of(process)}
    now = [
        *(_team(one, members, at) for one in await queries.teams_of(process)),
        *(_grant(one, at) for one in await queries.grants_of(process)),
    ]
    kept = {one["_id"] for one in now}
    before = [one for kind in (TEAM, GRANT) for one in await spaces.list(space, ALL, kind.name)]
    gone: list[Json] = [{"_id": one["_id"], "_deleted": True} for one in before if one["_id"] not in kept]
    return await spaces.write(space, [*now, *gone])


async def mirror_member(spaces: Spaces, membership: MembershipOf, at: datetime) -> int:
    """Write what the others see of one member, who has contributed."""
    document = _member(membership, await queries.teams_of(membership.process), at)
    return await spaces.write(space_of(SpaceKind.PROCESS, membership.process), [document])


async def mirror_known_members(
    spaces: Spaces, process: str, at: datetime, members: Collection[str] | None = None
) -> int:
    """Write again whoever is named in a process (all, or these members): names, kinds and roles that changed.

    Who is erased loses the name there.
    """
    space = space_of(SpaceKind.PROCESS, process)
    known = await _named(spaces, space, members)
    if not known:
        return 0
    teams = await queries.teams_of(process)
    ever = {one.member: one for one in await queries.members_ever_of(process)}
    now = [
        _member(ever[member], teams, at) if member in ever else _blanked(document, at)
        for member, document in known.items()
    ]
    return await spaces.write(space, now)


async def _named(spaces: Spaces, space: str, members: Collection[str] | None) -> dict[str, Json]:
    """Return the documents of the members who are named, by member id."""
    if members is None:
        return {one["_id"].rpartition(":")[2]: one for one in await spaces.list(space, ALL, MEMBER.name)}
    found = {member: await spaces.read(space, f"{ALL}:{MEMBER.name}:{member}") for member in members}
    return {member: document for member, document in found.items() if document is not None}


def _member(membership: MembershipOf, teams: list[TeamOf], at: datetime) -> Json:
    members = {
        "name": membership.name,
        "kind": partner_kind(membership.account, teams),
        "roles": ["administrator"] if membership.administrator else [],
    }
    return written_by_server(MEMBER, membership.member, members, lang=DEFAULT, at=at)


def _blanked(document: Json, at: datetime) -> Json:
    """Return a member's document without the name: the person asked to be forgotten, their work stays."""
    key = document["_id"].rpartition(":")[2]
    members: Json = {"name": "", "kind": document["kind"], "roles": []}
    return written_by_server(MEMBER, key, members, lang=DEFAULT, at=at)


def partner_kind(account: str, teams: list[TeamOf]) -> PartnerKind:
    """Return which partner a person is: that of their first team, else a citizen."""
    first = next((one for one in teams if account in one.accounts), None)
    return PARTNER_OF[first.kind] if first else "cit"


def _team(team: TeamOf, members: dict[str, str], at: datetime) -> Json:
    told = {
        "name": team.names,
        "kind": team.kind,
        "members": [members[account] for account in team.accounts if account in members],
    }
    return written_by_server(TEAM, team.id, told, lang=DEFAULT, at=at)


def _grant(grant: GrantOf, at: datetime) -> Json:
    told = {
        "team": grant.team,
        "target": grant.target,
        "access": grant.access,
        "create": grant.create,
        "delete": grant.delete,
    }
    return written_by_server(GRANT, grant.id, told, lang=DEFAULT, at=at)
