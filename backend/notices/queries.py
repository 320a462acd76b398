"""All SQL of the outbox and of the devices.

A row belongs to one worker by a lease: `claim` takes rows and says until when nobody else may have them, in one
statement, so two workers never get the same row. A worker that dies leaves its rows to whoever comes when the lease
is over.

Wall clocks jump. A row that was written later than now was written before the clock was set back: its waits mean
nothing any more, so it is due and free.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from piccolo.columns.combination import And, Or

from backend.accounts.tables import Account, Session
from backend.kit.transactions import returned, transaction
from backend.notices.domain import DeviceState, Seen, State
from backend.notices.effects import Effect
from backend.notices.tables import Delivery, PushSubscription
from backend.people.tables import Membership
from push import Subscription

A_MOMENT = timedelta(seconds=5)
"""Clocks of two workers may differ by this much."""


class Claimed(NamedTuple):
    """A delivery that is ours to send, and where to."""

    id: str
    session: str
    payload: bytes
    urgency: str
    topic: str
    lasts: int
    expires: datetime
    tries: int
    shortened: bool
    origin: str
    subscription: Subscription
    key: str


class Target(NamedTuple):
    """A device of a person that takes notices."""

    session: str
    endpoint: str


async def subscription_of(session: str) -> dict[str, Any] | None:
    """Return the row of a device; None when it takes no notices."""
    rows = await PushSubscription.select().where(PushSubscription.session == session)
    return rows[0] if rows else None


async def targets(account: str, session: str | None) -> list[Target]:
    """Return the devices of an account, or the one named, that take notices; not those reported lost."""
    mine = _part(Session.select(Session.id).where((Session.account == account) & Session.lost.eq(False)))
    rows = await PushSubscription.select(PushSubscription.session, PushSubscription.endpoint).where(
        PushSubscription.session.is_in(mine)
    )
    return [Target(row["session"], row["endpoint"]) for row in rows if session in (None, row["session"])]


async def showing(account: str, notice: str, now: datetime) -> list[Target]:
    """Return the devices of a person that show a notice, or will when they are on again."""
    there = Or(Delivery.state == State.SHOWN, And(Delivery.state == State.SENT, Delivery.expires > now))
    rows = await Delivery.select(Delivery.session).where(And(Delivery.notice == notice, there))
    sessions = {row["session"] for row in rows}
    return [one for one in await targets(account, None) if one.session in sessions]


async def language_of(account: str) -> str | None:
    """Return the language somebody reads; None when there is no such account."""
    rows = await Account.select(Account.language).where(Account.id == account)
    return rows[0]["language"] if rows else None


class Reader(NamedTuple):
    """Whom a notice is written to."""

    language: str
    email: str
    """Where mail reaches them; empty when no address is known to be theirs."""


async def reader(account: str) -> Reader | None:
    """Return who reads what an account is told; None when it is gone or disabled."""
    columns = (Account.language, Account.email, Account.email_verified, Account.disabled)
    rows = await Account.select(*columns).where(Account.id == account)
    if not rows or rows[0]["disabled"]:
        return None
    row = rows[0]
    return Reader(row["language"], row["email"] if row["email_verified"] else "")


async def account_of(member: str) -> str | None:
    """Return whose member id this is; None when they left the process or were erased."""
    here = (Membership.member == member) & Membership.left.is_null()
    rows = await Membership.select(Membership.account).where(here)
    return rows[0]["account"] if rows else None


async def claim(holder: str, now: datetime, lease: timedelta, most: int, busy: Collection[str]) -> list[Claimed]:
    """Take up to `most` rows that are due, oldest first, for push services that are not `busy`.

    In a transaction, for these come one after the other: who asks at the same time gets the next rows, not none.
    """
    ours = _due(now, busy)
    first = _part(Delivery.select(Delivery.id).where(ours).order_by(Delivery.due).limit(most))
    taken: dict[Any, Any] = {Delivery.holder: holder, Delivery.lease: now + lease, Delivery.touched: now}
    async with transaction(Delivery):
        rows = await returned(
            Delivery.update(taken).where(And(Delivery.id.is_in(first), ours)).returning(*Delivery.all_columns())
        )
    if not rows:
        return []
    where = {row["session"]: row for row in await _subscriptions([row["session"] for row in rows])}
    return [_claimed(row, where[row["session"]]) for row in rows if row["session"] in where]


async def next_due(now: datetime) -> datetime | None:
    """Return when a row that nobody may take now becomes due or free; None when there is none."""
    soon: list[datetime] = []
    for column in (Delivery.due, Delivery.lease):
        later = (Delivery.state == State.QUEUED) & (column > now)
        rows = await Delivery.select(column.as_alias("at")).where(later).order_by(column).limit(1)
        soon += [row["at"] for row in rows]
    return min(soon, default=None)


async def settle(effects: Sequence[tuple[Claimed, Effect, bytes]], holder: str, now: datetime) -> None:
    """Write down what came of rows we hold, all in one transaction; what was cancelled meanwhile stays so.

    The bytes are the payload to go on with, where the effect cuts it.
    """
    async with transaction(Delivery):
        for one, found, payload in effects:
            ours = (Delivery.id == one.id) & (Delivery.holder == holder) & (Delivery.state == State.QUEUED)
            await Delivery.update(_changes(one, found, payload, now)).where(ours)
            mine = (PushSubscription.session == one.session) & (
                PushSubscription.endpoint == one.subscription.endpoint
            )  # unless the device subscribed anew meanwhile
            if found.forget:
                await PushSubscription.delete().where(mine)
            elif found.stale:
                await PushSubscription.update({PushSubscription.state: DeviceState.STALE}).where(mine)


async def release(holder: str, now: datetime) -> None:
    """Give back what a worker holds and did not send."""
    await Delivery.update({Delivery.lease: now, Delivery.holder: ""}).where(
        (Delivery.holder == holder) & (Delivery.state == State.QUEUED)
    )


async def cancel_for(session: str) -> None:
    """Take back what waits for a device."""
    waiting = (Delivery.session == session) & (Delivery.state == State.QUEUED)
    await Delivery.update({Delivery.state: State.CANCELLED, Delivery.payload: ""}).where(waiting)


async def note_seen(session: str, notice: str, seen: Seen, at: datetime) -> None:
    """Keep what a device tells of a notice; once told it stays, and less never takes the place of more."""
    mine = (Delivery.session == session) & (Delivery.notice == notice)
    columns = {Seen.OPENED: Delivery.opened, Seen.ACTED: Delivery.acted}
    column = columns.get(seen, Delivery.shown)  # what was wiped away was shown
    await Delivery.update({column: at}).where(mine & column.is_null())
    await Delivery.update({Delivery.sent: at}).where(mine & Delivery.sent.is_null())  # it outran our own note of it
    below = [one for one, step in _STEPS.items() if step < _STEPS[State(seen)]]
    await Delivery.update({Delivery.state: State(seen), Delivery.payload: ""}).where(mine & Delivery.state.is_in(below))


async def log_of(session: str, most: int) -> list[dict[str, Any]]:
    """Return the latest deliveries to a device, newest first."""
    return await (
        Delivery.select().where(Delivery.session == session).order_by(Delivery.queued, ascending=False).limit(most)
    )


async def tidy(now: datetime, keep: timedelta) -> None:
    """End what is too late, forget the log of long ago, and where lost devices and disabled people were reached."""
    late = (Delivery.state == State.QUEUED) & (Delivery.expires <= now)
    await Delivery.update({Delivery.state: State.EXPIRED, Delivery.payload: ""}).where(late)
    await Delivery.delete().where((Delivery.queued < now - keep) & (Delivery.expires <= now))
    await PushSubscription.delete().where(PushSubscription.session.is_in(_shut_out()))


async def keys_in_use() -> set[str]:
    """Return the ids of the VAPID keys that devices are bound to."""
    rows = await PushSubscription.select(PushSubscription.key).group_by(PushSubscription.key)
    return {row["key"] for row in rows}


_STEPS = {State.QUEUED: 0, State.SENT: 1, State.SHOWN: 2, State.CLOSED: 3, State.OPENED: 4, State.ACTED: 5}


def _part(query: Any) -> Any:
    """Return a query that is part of another; Piccolo does not type its rows."""
    return query


def _shut_out() -> Any:
    """Return the query for sessions of lost devices and disabled people."""
    disabled = _part(Account.select(Account.id).where(Account.disabled.eq(True)))
    return _part(Session.select(Session.id).where(Or(Session.lost.eq(True), Session.account.is_in(disabled))))


def _due(now: datetime, busy: Collection[str]) -> And:
    """Return the condition of a row that may be sent now by who asks."""
    jumped = Delivery.touched > now + A_MOMENT
    on = _part(
        PushSubscription.select(PushSubscription.session).where(
            And(PushSubscription.state == DeviceState.ON, PushSubscription.session.not_in(_shut_out()))
        )
    )
    waits = And(Delivery.state == State.QUEUED, Delivery.expires > now)
    open_now = And(Or(Delivery.due <= now, jumped), Or(Delivery.lease <= now, jumped))
    found = And(And(waits, open_now), Delivery.session.is_in(on))
    return And(found, Delivery.origin.not_in(list(busy))) if busy else found


async def _subscriptions(sessions: list[str]) -> list[dict[str, Any]]:
    return await PushSubscription.select().where(PushSubscription.session.is_in(sessions))


def _claimed(row: dict[str, Any], to: dict[str, Any]) -> Claimed:
    return Claimed(
        id=row["id"],
        session=row["session"],
        payload=row["payload"].encode(),
        urgency=row["urgency"],
        topic=row["topic"],
        lasts=row["lasts"],
        expires=row["expires"],
        tries=row["tries"],
        shortened=bool(row["shortened"]),
        origin=row["origin"],
        subscription=msgspec.convert(to, Subscription),
        key=to["key"],
    )


def _changes(one: Claimed, found: Effect, payload: bytes, now: datetime) -> dict[Any, Any]:
    changes: dict[Any, Any] = {
        Delivery.state: found.state,
        Delivery.reason: found.reason,
        Delivery.tries: one.tries + 1,
        Delivery.lease: now,
        Delivery.touched: now,
        Delivery.holder: "",
    }
    if found.state is State.SENT:
        changes[Delivery.sent] = now
    if found.state is not State.QUEUED:
        changes[Delivery.payload] = ""
    if found.due is not None:
        changes[Delivery.due] = found.due
    if found.shorten:
        changes |= {Delivery.shortened: 1, Delivery.payload: payload.decode()}
    return changes
