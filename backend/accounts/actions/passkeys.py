"""What a person does with passkeys: make one, sign in by it, rename it, remove it."""

from datetime import datetime
from typing import Any

from backend.accounts import queries
from backend.accounts.audit import note
from backend.accounts.domain import Event, Visit
from backend.accounts.passkey_domain import Held, PasskeyError, Place, credential_of
from backend.accounts.passkeys import RelyingParty
from backend.accounts.tables import Passkey
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid
from backend.kit.transactions import returned, transaction

MOST = 20
"""Passkeys of one person."""


async def add_passkey(
    party: RelyingParty, place: Place, visit: Visit, answer: dict[str, Any], *, name: str, now: datetime
) -> str:
    """Keep a new passkey and return its id. Raises Problem."""
    try:
        made = await party.made(place, answer, visit.person.id)
    except PasskeyError as error:
        raise Problem(errors.WRONG_PASSKEY) from error
    key = new_ulid(now.timestamp())
    async with transaction(Passkey):
        if await Passkey.exists().where(Passkey.credential == made.credential):
            raise Problem(errors.CONFLICT)
        await Passkey(
            id=key,
            account=visit.person.id,
            credential=made.credential,
            public_key=made.public_key,
            counter=made.counter,
            synced=made.synced,
            name=name.strip() or "Passkey",
            created=now,
        ).save()
        await note(
            Event.PASSKEY_ADDED, at=now, who=visit.person.id, about=visit.person.id, thing=key, device=visit.session
        )
    return key


async def use_passkey(party: RelyingParty, place: Place, answer: dict[str, Any], *, now: datetime) -> str:
    """Check a passkey and return the account it opens. Raises Problem; an unknown one looks like a wrong one."""
    rows = await Passkey.select().where(Passkey.credential == credential_of(answer))
    row = rows[0] if rows else None
    held = Held(row["credential"], row["public_key"], row["counter"]) if row else None
    try:
        used = await party.used(place, answer, held)
    except PasskeyError as error:
        if error.copied and row:
            await note(Event.PASSKEY_REFUSED, at=now, who=None, about=row["account"], thing=row["id"])
        raise Problem(errors.WRONG_PASSKEY) from error
    if row is None:
        raise Problem(errors.WRONG_PASSKEY)
    await Passkey.update({Passkey.counter: used.counter, Passkey.synced: used.synced, Passkey.used: now.date()}).where(
        Passkey.id == row["id"]
    )
    return row["account"]


async def rename_passkey(visit: Visit, key: str, name: str) -> None:
    """Give a passkey another name. Raises Problem when it is not this person's."""
    mine = (Passkey.id == key) & (Passkey.account == visit.person.id)
    if not await Passkey.exists().where(mine):
        raise Problem(errors.NOT_FOUND)
    await Passkey.update({Passkey.name: name.strip() or "Passkey"}).where(mine)


async def remove_passkey(visit: Visit, key: str, *, anyway: bool, now: datetime) -> None:
    """Remove a passkey; the last way in only `anyway`. Raises Problem."""
    account = visit.person.id
    async with transaction(Passkey):
        mine = (Passkey.id == key) & (Passkey.account == account)
        if not await returned(Passkey.delete().where(mine).returning(Passkey.id)):
            raise Problem(errors.NOT_FOUND)
        if not anyway and not (await queries.ways(account)).any:
            raise Problem(errors.LAST_CREDENTIAL)
        await note(Event.PASSKEY_REMOVED, at=now, who=account, about=account, thing=key, device=visit.session)
