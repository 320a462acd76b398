"""Questions about everybody in one process, page by page."""

from typing import Any

import msgspec
from msgspec import Struct

from backend.people.tables import Membership


class MemberRow(Struct, frozen=True):
    """One person in one process."""

    member: str
    account: str
    name: str
    administrator: bool


async def page_of_members(process: str, search: str, after: str, limit: int) -> list[MemberRow]:
    """Return members by member id; `search` is part of a name."""
    where = (Membership.process == process) & Membership.left.is_null() & (Membership.member > after)
    if search:
        where &= Membership.name.ilike(f"%{search.replace('%', '_')}%")
    rows = (
        await Membership.select(Membership.member, Membership.account, Membership.name, Membership.administrator)
        .where(where)
        .order_by(Membership.member)
        .limit(limit)
    )
    return msgspec.convert(rows, list[MemberRow], strict=False)


async def account_of_member(process: str, member: str) -> str | None:
    """Return whose member id this is, of somebody who takes part now."""
    rows = await Membership.select(Membership.account).where(
        (Membership.process == process) & (Membership.member == member) & Membership.left.is_null()
    )
    return str(rows[0]["account"]) if rows else None


async def names_by_account(process: str) -> dict[str, str]:
    """Return what everybody who is or was in a process is called there."""
    rows: list[dict[str, Any]] = await Membership.select(Membership.account, Membership.name).where(
        Membership.process == process
    )
    return {str(row["account"]): str(row["name"]) for row in rows}
