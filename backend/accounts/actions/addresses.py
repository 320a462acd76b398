"""Another e-mail address for an account, once a code has proved it."""

from datetime import datetime

from backend.accounts import queries
from backend.accounts.audit import note
from backend.accounts.codes import Codes
from backend.accounts.domain import Event, Visit
from backend.accounts.post import Post
from backend.accounts.tables import Account
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.transactions import transaction


async def confirm_address(visit: Visit, code: str, codes: Codes, post: Post, *, now: datetime) -> None:
    """Make the address that the account asked for its own, and tell the old one. Raises Problem."""
    account = visit.person.id
    email = await codes.pending(account)
    found = await codes.find(email, account, code) if email else None
    before = await queries.account_of(account)
    if email is None or found is None or before is None:
        raise Problem(errors.WRONG_CODE)
    async with transaction(Account):
        taken = await queries.account_with(email)
        if not await codes.spend(found.id) or (taken and taken.id != account):
            raise Problem(errors.WRONG_CODE)
        await Account.update({Account.email: email, Account.email_verified: True}).where(Account.id == account)
        await note(Event.EMAIL_CHANGED, at=now, who=account, about=account, device=visit.session)
        if before.email and before.email != email:
            await post.put(before.email, "email_changed", before.language, name=before.name)
