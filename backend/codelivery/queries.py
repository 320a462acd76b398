"""All SQL about commitments and calendars."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from backend.accounts.domain import Person
from backend.accounts.tables import Account
from backend.codelivery.tables import CalendarLink, Commitment
from backend.kit.ids import new_ulid
from backend.kit.transactions import transaction
from backend.people.tables import Membership


class CommitmentOf(Struct, frozen=True):
    """Where the documents of one commitment lie."""

    id: str
    process: str
    item: str
    need: str
    occurrence: str
    member: str
    ends: datetime | None


async def made_at(account: str) -> datetime | None:
    """Return when a person's calendar link was made; None when there is none."""
    rows = await CalendarLink.select(CalendarLink.created).where(CalendarLink.account == account)
    return rows[0]["created"] if rows else None


async def keep_link(account: str, digest: str, now: datetime) -> None:
    """Make this the person's only link."""
    async with transaction(CalendarLink):
        await forget_link(account)
        row = CalendarLink(id=new_ulid(now.timestamp()), account=account, digest=digest, created=now)
        await CalendarLink.insert(row)


async def forget_link(account: str) -> None:
    """Let a person's link lead nowhere from now on."""
    await CalendarLink.delete().where(CalendarLink.account == account)


async def person_of_link(digest: str) -> Person | None:
    """Return whose calendar a link leads to; None for a link that is unknown, revoked or a disabled person's."""
    linked = _part(CalendarLink.select(CalendarLink.account).where(CalendarLink.digest == digest))
    rows = await Account.select(Account.id, Account.name, Account.language).where(
        Account.id.is_in(linked) & Account.disabled.eq(False)
    )
    return msgspec.convert(rows[0], Person) if rows else None


async def commitments_of(account: str, since: datetime, until: datetime, most: int) -> list[CommitmentOf]:
    """Return the commitments of a person that end between, in all processes they take part in; the first one first."""
    here = (Membership.account == account) & Membership.left.is_null()
    mine = _part(Membership.select(Membership.member).where(here))
    rows = (
        await Commitment.select()
        .where(Commitment.member.is_in(mine) & (Commitment.ends >= since) & (Commitment.ends < until))
        .order_by(Commitment.ends, Commitment.id)
        .limit(most)
    )
    return msgspec.convert(rows, list[CommitmentOf], strict=False)


async def commitments_in(process: str, member: str, most: int) -> list[CommitmentOf]:
    """Return the commitments of one member of one process, the latest first."""
    rows = (
        await Commitment.select()
        .where((Commitment.process == process) & (Commitment.member == member))
        .order_by(Commitment.ends, Commitment.id, ascending=False)
        .limit(most)
    )
    return msgspec.convert(rows, list[CommitmentOf], strict=False)


async def commitments_of_leavers(process: str, since: datetime) -> list[CommitmentOf]:
    """Return the commitments that end after a moment of those who are in a process no more."""
    gone = _part(
        Membership.select(Membership.member).where((Membership.process == process) & Membership.left.is_not_null())
    )
    mine = (Commitment.process == process) & Commitment.member.is_in(gone) & (Commitment.ends > since)
    return msgspec.convert(await Commitment.select().where(mine), list[CommitmentOf], strict=False)


async def commitments_to(process: str, need: str) -> list[CommitmentOf]:
    """Return all commitments to one need."""
    rows = await Commitment.select().where((Commitment.process == process) & (Commitment.need == need))
    return msgspec.convert(rows, list[CommitmentOf], strict=False)


async def keep_commitments(some: Sequence[CommitmentOf]) -> None:
    """Write rows, over what they said before."""
    rows = [Commitment(**msgspec.structs.asdict(one)) for one in some]
    if rows:
        changed = [Commitment.need, Commitment.ends]
        await Commitment.insert(*rows).on_conflict(target=Commitment.id, action="DO UPDATE", values=changed)


async def drop_commitments(ids: Collection[str]) -> None:
    """Remove rows that no document stands behind any more."""
    if ids:
        await Commitment.delete().where(Commitment.id.is_in(list(ids)))


async def drop_all_commitments() -> None:
    """Remove all rows, to make them again."""
    await Commitment.delete(force=True)


def _part(query: Any) -> Any:
    """Return a query that is part of another; Piccolo does not type its rows."""
    return query
