"""What changes accounts."""

from datetime import datetime

from backend.accounts import queries
from backend.accounts.domain import Person
from backend.accounts.passwords import MAX_LENGTH, MIN_LENGTH, digest_of, fits
from backend.accounts.tables import Account
from backend.kit.errors import OperatorError
from backend.kit.ids import new_owner_id


class AccountError(OperatorError):
    """Something that cannot be done with this account; the message is a sentence."""


def normal_email(email: str) -> str:
    """Return an e-mail address as it is compared: without spaces around it, in lower case."""
    return email.strip().casefold()


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
    """Make an account and return its id. Raises AccountError when address or password will not do."""
    email = normal_email(email)
    if "@" not in email[1:-1]:
        raise AccountError(f"{email} is not an e-mail address.")
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise AccountError(f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters.")
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


async def who_has(email: str, password: str) -> Person | None:
    """Return the person whom an address and a password belong to; unknown addresses take as long as wrong passwords."""
    found = await queries.person_with_password(normal_email(email))
    right = await fits(password, found[1] if found else None)
    return found[0] if found and right else None
