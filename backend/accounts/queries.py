"""All questions to the rows about accounts and sessions."""

from datetime import datetime

import msgspec

from backend.accounts.domain import Person
from backend.accounts.tables import Account, Session

_PERSON = (Account.id, Account.name, Account.language, Account.administrator)


async def person_of_token(token_digest: str, now: datetime) -> Person | None:
    """Return who is signed in with a token; None when the session ended."""
    rows = await Session.select(
        Session.account.id.as_alias("id"),
        Session.account.name.as_alias("name"),
        Session.account.language.as_alias("language"),
        Session.account.administrator.as_alias("administrator"),
    ).where((Session.token == token_digest) & (Session.expires > now))
    return msgspec.convert(rows[0], Person, strict=False) if rows else None


async def person_with_password(email: str) -> tuple[Person, str] | None:
    """Return a person and the digest of their password by e-mail address, as `actions` normalises it."""
    rows = await Account.select(*_PERSON, Account.password).where(Account.email == email)
    return (msgspec.convert(rows[0], Person, strict=False), rows[0]["password"]) if rows else None


async def person(account: str) -> Person | None:
    """Return a person by the id of their account."""
    rows = await Account.select(*_PERSON).where(Account.id == account)
    return msgspec.convert(rows[0], Person, strict=False) if rows else None


async def has_demo_accounts() -> bool:
    """Say whether accounts with a published password exist."""
    return await Account.exists().where(Account.demo.eq(True))
