"""What changes accounts. Each is one transaction, its line of the audit included."""

from datetime import datetime
from typing import Any

from backend.accounts import queries
from backend.accounts.audit import note
from backend.accounts.commonness import is_common
from backend.accounts.domain import Event, Neighbours, Person, Visit
from backend.accounts.passwords import MAX_LENGTH, MIN_LENGTH, digest_of, fits
from backend.accounts.tables import Account, EmailCode, Session, SyncReport
from backend.kit import errors
from backend.kit.errors import OperatorError, Problem
from backend.kit.ids import new_owner_id
from backend.kit.mail import is_address
from backend.kit.transactions import transaction


class AccountError(OperatorError):
    """Something that cannot be done with this account; the message is a sentence."""


def normal_email(email: str) -> str:
    """Return an e-mail address as it is compared: without spaces around it, in lower case."""
    return email.strip().casefold()


def checked_email(email: str) -> str:
    """Return an address as it is compared. Raises Problem when it cannot be one."""
    email = normal_email(email)
    if not is_address(email):
        raise Problem(errors.BAD_EMAIL)
    return email


async def create_account(
    *,
    email: str,
    name: str,
    password: str,
    language: str,
    now: datetime,
    administrator: bool = False,
    demo: bool = False,
) -> str:
    """Make an account with a password and return its id. Raises AccountError when address or password will not do."""
    email = normal_email(email)
    if not is_address(email):
        raise AccountError(f"{email} is not an e-mail address.")
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise AccountError(f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters.")
    if not demo and is_common(password, (email, name)):
        raise AccountError("This password is among the first that anybody would guess.")
    if await Account.exists().where(Account.email == email):
        raise AccountError(f"There is an account with the address {email} already.")
    account = Account(
        id=new_owner_id(now.timestamp()),
        email=email,
        name=name,
        password=await digest_of(password),
        language=language,
        administrator=administrator,
        demo=demo,
        created=now,
    )
    await account.save()
    return account.id


async def register(*, name: str, language: str, now: datetime, email: str | None = None) -> str:
    """Make an account without a password and return its id; its address, where there is one, was proved by a code."""
    key = new_owner_id(now.timestamp())
    async with transaction(Account):
        await Account(
            id=key,
            email=email or key,
            email_verified=email is not None,
            name=name,
            password="",
            language=language,
            created=now,
        ).save()
        await note(Event.REGISTERED, at=now, who=key, about=key)
    return key


async def who_has(email: str, password: str) -> Person | None:
    """Return the person whom an address and a password belong to; unknown addresses take as long as wrong passwords."""
    found = await queries.person_with_password(normal_email(email))
    right = await fits(password, found[1] if found and found[1] else None)
    return found[0] if found and right else None


async def change(visit: Visit, members: dict[str, Any], neighbours: Neighbours) -> None:
    """Change name, language or sharing; a new name goes to the person's members, and so to devices."""
    before = visit.person
    if not members:
        return
    async with transaction(Account):
        await Account.update({getattr(Account, name): value for name, value in members.items()}).where(
            Account.id == before.id
        )
        if members.get("shares_sync") is False:
            await SyncReport.delete().where(SyncReport.account == before.id)
    if members.get("name", before.name) != before.name:
        await neighbours.renamed(before.id, before.name, members["name"])


async def change_password(
    visit: Visit, password: str, *, old: str | None, proved: bool, alone: bool, now: datetime
) -> None:
    """Set a password. `proved`: a code or passkey was used just now, so the old one need not be known."""
    account = await queries.account_of(visit.person.id)
    if account is None:
        raise Problem(errors.SIGN_IN_NEEDED)
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise Problem(errors.PASSWORD_LENGTH, limit=f"{MIN_LENGTH}–{MAX_LENGTH}")
    if is_common(password, (account.name, account.email or "")):
        raise Problem(errors.WEAK_PASSWORD)
    if account.has_password and not proved:
        stored = (await Account.select(Account.password).where(Account.id == account.id))[0]["password"]
        if not await fits(old or "", stored):
            raise Problem(errors.WRONG_PASSWORD)
    digest = await digest_of(password)
    async with transaction(Account):
        await Account.update({Account.password: digest}).where(Account.id == account.id)
        if alone:
            await Session.delete().where((Session.account == account.id) & (Session.id != visit.session))
        await note(Event.PASSWORD_CHANGED, at=now, who=account.id, about=account.id, device=visit.session)


async def set_disabled(by: Person, account: str, *, disabled: bool, now: datetime) -> None:
    """Disable somebody, or let them in again. Their sessions stay and answer that the account is disabled."""
    if by.id == account:
        raise Problem(errors.LAST_ADMINISTRATOR)
    if await queries.person(account) is None:
        raise Problem(errors.NOT_FOUND)
    async with transaction(Account):
        await Account.update({Account.disabled: disabled}).where(Account.id == account)
        event = Event.ACCOUNT_DISABLED if disabled else Event.ACCOUNT_ENABLED
        await note(event, at=now, who=by.id, about=account)


async def delete(visit: Visit, neighbours: Neighbours, *, anyway: bool, now: datetime) -> None:
    """Delete the account of who asks: its sessions, ways in and memberships go, and what documents call the person."""
    account = visit.person.id
    if not anyway and await neighbours.alone_in_charge(account):
        raise Problem(errors.LAST_ADMINISTRATOR)
    found = await queries.account_of(account)
    async with neighbours.without(account):
        if found and found.email:
            await EmailCode.delete().where(EmailCode.email == found.email)
        await Account.delete().where(Account.id == account)
        await note(Event.ACCOUNT_DELETED, at=now, who=account, about=account)
