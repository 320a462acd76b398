"""All SQL about calls for people."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from piccolo.query.functions.aggregate import Max

from backend.codelivery.call_tables import Asked, NeedCall, Reminder
from backend.codelivery.calls import CallRow
from backend.kit.transactions import transaction

MOST_CALLS = 1_000
"""Occurrences of one need that are told of, those that were taken out of it included."""
A_SECOND = timedelta(seconds=1)
"""Documents write moments in whole seconds."""


class AskedRow(Struct, frozen=True, kw_only=True):
    """One member who was asked, and the account behind."""

    id: str
    call: str
    member: str
    account: str
    wave: int
    why: str
    at: datetime
    notice: str
    told: datetime | None
    answer: str
    answered: datetime | None


class Due(Struct, frozen=True):
    """An assignment of which people are to be reminded."""

    id: str
    process: str
    thing: str
    at: datetime


_ASKED = (
    Asked.id,
    Asked.call,
    Asked.member,
    Asked.member.account.as_alias("account"),
    Asked.wave,
    Asked.why,
    Asked.at,
    Asked.notice,
    Asked.told,
    Asked.answer,
    Asked.answered,
)


# ── calls ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def calls_of(process: str, item: str, need: str) -> list[CallRow]:
    """Return the calls of a need in the order of time."""
    mine = (NeedCall.need == need) & (NeedCall.process == process) & (NeedCall.item == item)
    rows = await NeedCall.select().where(mine).order_by(NeedCall.start, NeedCall.id).limit(MOST_CALLS)
    return msgspec.convert(rows, list[CallRow], strict=False)


async def needs_at(process: str, item: str, occurrence: str) -> list[str]:
    """Return the needs that have, or had, an occurrence."""
    here = (NeedCall.process == process) & (NeedCall.item == item) & (NeedCall.occurrence == occurrence)
    return [row["need"] for row in await NeedCall.select(NeedCall.need).where(here)]


async def call(identifier: str) -> CallRow | None:
    """Return one call; None when there is none."""
    rows = await NeedCall.select().where(NeedCall.id == identifier)
    return msgspec.convert(rows[0], CallRow, strict=False) if rows else None


async def due(now: datetime, limit: int) -> list[CallRow]:
    """Return the calls to look at now, those that have waited longest first."""
    rows = await NeedCall.select().where(NeedCall.due <= now).order_by(NeedCall.due, NeedCall.id).limit(limit)
    return msgspec.convert(rows, list[CallRow], strict=False)


async def to_remind(now: datetime, limit: int) -> list[CallRow]:
    """Return the calls of whose beginning people are to be reminded now."""
    rows = await NeedCall.select().where(NeedCall.remind <= now).order_by(NeedCall.remind, NeedCall.id).limit(limit)
    return msgspec.convert(rows, list[CallRow], strict=False)


async def begin(row: CallRow) -> None:
    """Write a new call; one that is there already stays."""
    await NeedCall.insert(NeedCall(**msgspec.structs.asdict(row))).on_conflict(target=NeedCall.id, action="DO NOTHING")


async def change(before: CallRow, **changes: object) -> bool:
    """Change members of a call that is still as it was; False when somebody else changed it meanwhile."""
    if await call(before.id) != before:
        return False
    values: dict[Any, Any] = {getattr(NeedCall, name): value for name, value in changes.items()}
    if values:
        await NeedCall.update(values).where(NeedCall.id == before.id)
    return True


async def put_off(identifier: str, until: datetime) -> None:
    """Look at a call later, whatever has become of it."""
    await NeedCall.update({NeedCall.due: until}).where(NeedCall.id == identifier)


async def look_now(process: str, now: datetime, *, item: str | None = None) -> None:
    """Look now at the calls of a process, or of one item of it, that would be looked at later."""
    later = (NeedCall.process == process) & (NeedCall.due > now)
    await NeedCall.update({NeedCall.due: now}).where(later & (NeedCall.item == item) if item else later)


# ── who was asked ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def asked_for(identifier: str, *, after_wave: int = 0) -> list[AskedRow]:
    """Return who was asked in a call, after a wave, wave by wave."""
    mine = (Asked.call == identifier) & (Asked.wave > after_wave)
    rows = await Asked.select(*_ASKED).where(mine).order_by(Asked.wave, Asked.member)
    return msgspec.convert(rows, list[AskedRow], strict=False)


async def page_of_asked(calls: Sequence[str], after: tuple[str, int, str] | None, limit: int) -> list[AskedRow]:
    """Return who was asked, call by call in the order of time, then wave by wave, then by member id.

    `calls` are ids in the order of time; `after` is call, wave and member of the last row of the page before.
    """
    if not calls:
        return []
    where: Any = Asked.call.is_in(list(calls))
    if after and after[0] in calls:
        identifier, wave, member = after
        later = list(calls[calls.index(identifier) + 1 :])
        here = (Asked.call == identifier) & ((Asked.wave > wave) | ((Asked.wave == wave) & (Asked.member > member)))
        where = here | Asked.call.is_in(later) if later else here
    order = (Asked.call.start, Asked.call, Asked.wave, Asked.member)
    rows = await Asked.select(*_ASKED).where(where).order_by(*order).limit(limit)
    return msgspec.convert(rows, list[AskedRow], strict=False)


async def untold(identifier: str) -> list[AskedRow]:
    """Return who was chosen in a call and not told yet."""
    rows = await Asked.select(*_ASKED).where((Asked.call == identifier) & Asked.told.is_null()).order_by(Asked.id)
    return msgspec.convert(rows, list[AskedRow], strict=False)


async def add_asked(row: CallRow, members: Sequence[str], *, wave: int, why: str, notice: str, at: datetime) -> None:
    """Write down who is asked, before anybody is told."""
    await Asked.insert(
        *(
            Asked(id=f"{row.id}-{wave}-{member}", call=row.id, member=member, wave=wave, why=why, notice=notice, at=at)
            for member in members
        )
    )


async def note_told(ids: Collection[str], at: datetime) -> None:
    """Note that these were told."""
    await Asked.update({Asked.told: at}).where(Asked.id.is_in([*ids]))


async def drop_asked(ids: Collection[str]) -> None:
    """Forget those who were chosen and are not to be told any more."""
    await Asked.delete().where(Asked.id.is_in([*ids]))


async def note_answer(row: AskedRow, answer: str, at: datetime) -> None:
    """Keep what somebody said; the moment is that of their first answer."""
    moment = row.answered or at
    await Asked.update({Asked.answer: answer, Asked.answered: moment}).where(Asked.id == row.id)


async def last_asked(process: str, since: datetime) -> dict[str, datetime]:
    """Return when members of a process were last asked for anything."""
    return await _latest((Asked.call.process == process) & (Asked.at > since))


async def asked_in_series(row: CallRow, since: datetime) -> dict[str, datetime]:
    """Return when members were last asked for another time of the same need."""
    series = (Asked.call.need == row.need) & (Asked.call.process == row.process) & (Asked.call != row.id)
    return await _latest(series & (Asked.at > since))


async def _latest(where: Any) -> dict[str, datetime]:
    rows = await Asked.select(Asked.member, Max(Asked.at, alias="latest")).where(where).group_by(Asked.member)
    return {row["member"]: _moment(row["latest"]) for row in rows}


def _moment(value: object) -> datetime:
    """Return a moment as it comes out of an aggregate: SQLite gives text there."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


# ── assignments that are due ──────────────────────────────────────────────────────────────────────────────────────────


async def remind_of(process: str, key: str, thing: str, at: datetime | None) -> None:
    """Remember when to remind of an assignment, or (None) that there is nothing to remind of."""
    identifier = f"{process}-{key}"
    async with transaction(Reminder):
        await Reminder.delete().where(Reminder.id == identifier)
        if at is not None:
            await Reminder.insert(Reminder(id=identifier, process=process, thing=thing, at=at))


async def reminders_due(now: datetime, limit: int) -> list[Due]:
    """Return the assignments to remind of now."""
    rows = await Reminder.select().where(Reminder.at <= now).order_by(Reminder.at, Reminder.id).limit(limit)
    return msgspec.convert(rows, list[Due], strict=False)


async def reminded(due: Due) -> None:
    """Forget a reminder that was given, unless it was moved meanwhile."""
    await Reminder.delete().where((Reminder.id == due.id) & (Reminder.at == due.at))
