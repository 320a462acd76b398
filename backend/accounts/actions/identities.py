"""What comes of signing in by a provider: an account is found, made or linked, by issuer and subject alone."""

from datetime import datetime

from backend.accounts import queries
from backend.accounts.actions.accounts import register
from backend.accounts.audit import note
from backend.accounts.domain import Event, Visit
from backend.accounts.providers import Identified
from backend.accounts.tables import Account, Identity
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid
from backend.kit.transactions import returned, transaction


async def account_of_identity(who: Identified) -> str | None:
    """Return the account that an identity is linked to."""
    rows = await Identity.select(Identity.account).where(Identity.subject == who.subject)
    return rows[0]["account"] if rows else None


async def register_identity(who: Identified, *, language: str, now: datetime) -> str:
    """Make an account for somebody new and return its id. It has no name yet: the person chooses one."""
    async with transaction(Account):
        if known := await account_of_identity(who):
            return known
        account = await register(name="", language=language, now=now)
        await _link(account, who, now)
    return account


async def link_identity(visit: Visit, who: Identified, *, now: datetime) -> bool:
    """Link an identity to the account of who asks; False when it belongs to another account."""
    account = visit.person.id
    async with transaction(Identity):
        known = await account_of_identity(who)
        if known is None:
            await _link(account, who, now)
            await note(Event.PROVIDER_LINKED, at=now, who=account, about=account, device=visit.session)
    return known in (None, account)


async def unlink_identity(visit: Visit, issuer: str, *, anyway: bool, now: datetime) -> None:
    """Take an identity off the account of who asks; the last way in only `anyway`. Raises Problem."""
    account = visit.person.id
    async with transaction(Identity):
        mine = (Identity.issuer == issuer) & (Identity.account == account)
        gone = await returned(Identity.delete().where(mine).returning(Identity.id))
        if not gone:
            raise Problem(errors.NOT_FOUND)
        if not anyway and not (await queries.ways(account)).any:
            raise Problem(errors.LAST_CREDENTIAL)
        await note(Event.PROVIDER_UNLINKED, at=now, who=account, about=account, device=visit.session)


async def _link(account: str, who: Identified, now: datetime) -> None:
    await Identity(
        id=new_ulid(now.timestamp()), account=account, issuer=who.issuer, subject=who.subject, created=now
    ).save()
