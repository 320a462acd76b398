"""All questions of this room to the rows."""

from backend.people.tables import Membership


async def member_ever(account: str, process: str) -> tuple[str, str] | None:
    """Return member id and display name of who is or once was a member; who left may still hand work over."""
    mine = (Membership.account == account) & (Membership.process == process)
    row = await Membership.select(Membership.member, Membership.name).where(mine).first()
    return (row["member"], row["name"]) if row else None


async def account_of(member: str) -> str | None:
    """Return whose member id this is; None when the account was erased."""
    row = await Membership.select(Membership.account).where(Membership.member == member).first()
    return row["account"] if row else None
