"""All questions to the rows about accounts and sessions."""

from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct
from piccolo.columns.combination import And, WhereRaw

from backend.accounts.domain import Person, Scope, Visit, Ways
from backend.accounts.tables import Account, Audit, Identity, Passkey, Session, SyncReport

PAGE = 100
"""Rows of one answer."""
_PERSON = (Account.id, Account.name, Account.language, Account.administrator)


class AccountOf(Struct, frozen=True):
    """An account with what only its owner and the server's administrators see."""

    id: str
    name: str
    language: str
    email: str | None
    email_verified: bool
    has_password: bool
    administrator: bool
    disabled: bool
    shares_sync: bool
    created: datetime


class SessionOf(Struct, frozen=True):
    """A session as its owner sees it."""

    id: str
    name: str
    kind: str
    scope: Scope
    created: datetime
    seen: date | None
    lost: bool


class ReportOf(Struct, frozen=True):
    """How far one space is on one device of a person who agreed that coordinators see it."""

    account: str
    space: str
    waiting: int
    last_sync: datetime | None


async def visit_of_token(token_digest: str, now: datetime) -> Visit | None:
    """Return the session of a token with its account; None when it ended."""
    rows = await Session.select(
        Session.id,
        Session.scope,
        Session.proved,
        Session.created,
        Session.seen,
        Session.lost,
        Session.account.id.as_alias("account_id"),
        Session.account.name.as_alias("account_name"),
        Session.account.language.as_alias("language"),
        Session.account.administrator.as_alias("administrator"),
        Session.account.disabled.as_alias("disabled"),
    ).where((Session.token == token_digest) & (Session.expires > now))
    if not rows:
        return None
    row = rows[0]
    person = Person(row["account_id"], row["account_name"], row["language"], bool(row["administrator"]))
    return Visit(
        session=row["id"],
        person=person,
        scope=Scope(row["scope"]),
        proved=row["proved"],
        began=row["created"],
        seen=row["seen"],
        lost=bool(row["lost"]),
        disabled=bool(row["disabled"]),
    )


async def person_with_password(email: str) -> tuple[Person, str] | None:
    """Return a person and the digest of their password by e-mail address, as `actions` normalises it."""
    rows = await Account.select(*_PERSON, Account.password).where(Account.email == email)
    return (msgspec.convert(rows[0], Person, strict=False), rows[0]["password"]) if rows else None


async def person(account: str) -> Person | None:
    """Return a person by the id of their account."""
    rows = await Account.select(*_PERSON).where(Account.id == account)
    return msgspec.convert(rows[0], Person, strict=False) if rows else None


async def account_of(account: str) -> AccountOf | None:
    """Return all of one account."""
    rows = await Account.select().where(Account.id == account)
    return _account(rows[0]) if rows else None


async def account_with(email: str) -> AccountOf | None:
    """Return the account that has an address, as `actions` normalises it."""
    rows = await Account.select().where(Account.email == email)
    return _account(rows[0]) if rows and "@" in rows[0]["email"] else None


async def accounts(search: str, after: str) -> list[AccountOf]:
    """Return a page of accounts by id, those whose name or address holds `search`."""
    sign = f"%{search.replace('%', '').replace('_', ' ')}%"
    # SQLite's LIKE knows capitals of ASCII alone, PostgreSQL's none; addresses are kept in lower case.
    found = Account.name.like(sign) | Account.email.like(sign.casefold())
    where = And(Account.id > after, found | WhereRaw("lower(name) LIKE {}", sign.lower()))
    return [_account(row) for row in await Account.select().where(where).order_by(Account.id).limit(PAGE)]


async def has_demo_accounts() -> bool:
    """Say whether accounts with a published password exist."""
    return await Account.exists().where(Account.demo.eq(True))


async def ways(account: str) -> Ways:
    """Return the ways into one account."""
    found = await account_of(account)
    passkeys = await Passkey.select(Passkey.synced).where(Passkey.account == account)
    providers = await Identity.select(Identity.id).where(Identity.account == account)
    return Ways(
        email=found.email if found else None,
        email_verified=bool(found and found.email_verified),
        password=bool(found and found.has_password),
        passkeys=len(passkeys),
        synced_passkeys=sum(bool(one["synced"]) for one in passkeys),
        providers=len(providers),
    )


async def sessions_of(account: str) -> list[SessionOf]:
    """Return the sessions of an account, of devices and of programs, the latest first."""
    rows = (
        await Session.select(
            Session.id, Session.name, Session.kind, Session.scope, Session.created, Session.seen, Session.lost
        )
        .where(Session.account == account)
        .order_by(Session.seen, Session.id, ascending=False)
        .limit(PAGE)
    )
    return msgspec.convert(rows, list[SessionOf], strict=False)


async def passkeys_of(account: str) -> list[dict[str, Any]]:
    """Return the passkeys of an account, oldest first."""
    return await Passkey.select().where(Passkey.account == account).order_by(Passkey.id)


async def issuers_of(account: str) -> set[str]:
    """Return the issuers an account is linked to."""
    return {row["issuer"] for row in await Identity.select(Identity.issuer).where(Identity.account == account)}


async def sync_reports(space: str) -> list[ReportOf]:
    """Return how far a space is on the devices of those who agreed that coordinators see it."""
    rows = (
        await SyncReport.select(SyncReport.account, SyncReport.space, SyncReport.waiting, SyncReport.last_sync)
        .where(
            (SyncReport.space == space)
            & SyncReport.account.is_in(Account.select(Account.id).where(Account.shares_sync.eq(True)))
        )
        .order_by(SyncReport.account)
    )
    return msgspec.convert(rows, list[ReportOf], strict=False)


async def audit_of_person(account: str, before: str) -> list[dict[str, Any]]:
    """Return a page of what an account did and what was done about it, newest first; `before` is the last line seen."""
    mine = (Audit.who == account) | (Audit.about == account)
    return await _audit(And(mine, Audit.id < before) if before else mine)


async def audit_of_process(process: str, before: str) -> list[dict[str, Any]]:
    """Return a page of what happened to the rights of one process, newest first."""
    its = Audit.process == process
    return await _audit(And(its, Audit.id < before) if before else its)


async def _audit(where: Any) -> list[dict[str, Any]]:
    return await Audit.select().where(where).order_by(Audit.id, ascending=False).limit(PAGE)


def _account(row: dict[str, Any]) -> AccountOf:
    return AccountOf(
        id=row["id"],
        name=row["name"],
        language=row["language"],
        email=row["email"] if "@" in row["email"] else None,
        email_verified=bool(row["email_verified"]),
        has_password=bool(row["password"]),
        administrator=bool(row["administrator"]),
        disabled=bool(row["disabled"]),
        shares_sync=bool(row["shares_sync"]),
        created=row["created"],
    )
