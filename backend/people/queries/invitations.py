"""Questions about invitations."""

from datetime import datetime

import msgspec
from msgspec import Struct
from piccolo.custom_types import Combinable

from backend.people.schemas.words import Role
from backend.people.tables import Invitation, InvitationUse

_ALL = (
    Invitation.id,
    Invitation.process,
    Invitation.team,
    Invitation.role,
    Invitation.created,
    Invitation.expires,
    Invitation.until,
    Invitation.uses,
    Invitation.used,
    Invitation.revoked,
    Invitation.creator.name.as_alias("by"),
)


class InvitationRow(Struct, frozen=True):
    """One invitation."""

    id: str
    process: str | None
    team: str | None
    role: Role
    created: datetime
    expires: datetime
    until: datetime | None
    uses: int
    used: int
    revoked: bool
    by: str | None


async def invitation(identifier: str) -> InvitationRow | None:
    """Return an invitation; None when there is none (any more)."""
    rows = await _rows(Invitation.id == identifier, 1)
    return rows[0] if rows else None


async def invitations_of_process(process: str, after: str, limit: int) -> list[InvitationRow]:
    """Return the invitations to a process, newest first."""
    return await _rows((Invitation.process == process) & _behind(after), limit)


async def invitations_of_team(team: str, after: str, limit: int) -> list[InvitationRow]:
    """Return the invitations to a team, newest first."""
    return await _rows((Invitation.team == team) & _behind(after), limit)


def _behind(after: str) -> Combinable:
    return Invitation.id < (after or "~")


async def _rows(where: Combinable, limit: int) -> list[InvitationRow]:
    rows = await Invitation.select(*_ALL).where(where).order_by(Invitation.id, ascending=False).limit(limit)
    return msgspec.convert(rows, list[InvitationRow], strict=False)


async def has_used(account: str, identifier: str) -> bool:
    """Say whether a person has joined by an invitation."""
    return await InvitationUse.exists().where(
        (InvitationUse.invitation == identifier) & (InvitationUse.account == account)
    )
