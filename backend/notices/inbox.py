"""All SQL of what people are told: one row for each notice of a person, from before it is told until it is forgotten.

    to come ──▶ in the inbox, waiting for its hour ──▶ gone
                    └──▶ quiet, muted: the inbox only           withdrawn: it is no longer so

The natural key makes telling harmless to repeat: whoever was interrupted starts over, and nobody is told twice.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct, field
from piccolo.columns.combination import And, Or
from piccolo.query.functions.aggregate import Count

from backend.kit.spaces import process_of
from backend.kit.transactions import returned
from backend.notices.decide import Told
from backend.notices.documents import Facts
from backend.notices.domain import Kind, Stage
from backend.notices.tables import Inbox
from backend.notices.wishes import UNCOUNTED
from backend.people.tables import Membership

A_MOMENT = timedelta(seconds=5)
"""A row that was looked at later than this from now was looked at before the clock was set back."""
COUNTED_FOR = timedelta(days=2)
"""The cap of a day, in whichever zone, looks no further back."""
_OPEN = (Stage.TO_COME, Stage.WAITING)
_REPLACED = (Stage.CLEARING, Stage.CORRECTED)
_LOOKED_AT = (*_OPEN, *_REPLACED)
_TELLING = (*_LOOKED_AT, Stage.QUIET, Stage.GONE)
"""What a road or a digest may still carry."""
_SUPERSEDED = {
    Stage.WAITING: Stage.MUTED,
    Stage.CLEARING: Stage.WITHDRAWN,
    Stage.CORRECTED: Stage.GONE,
}
"""What becomes of a notice that would still go out when a newer one about the same thing is told."""
_LAST = "\U0010ffff"


class Entry(Struct, frozen=True, kw_only=True):
    """What is told to one person, and what they may have muted about it."""

    told: Told
    facts: Facts = field(default_factory=Facts)
    space: str = ""
    path: str
    things: tuple[str, ...] = ()


class Row(Struct, frozen=True):
    """One notice of one person as it stands."""

    id: str
    account: str
    notice: str
    kind: Kind
    thing: str
    entry: Entry
    stage: Stage
    due: datetime | None
    made: datetime
    told: datetime | None
    later: str


async def add(account: str, entry: Entry, now: datetime, due: datetime, stage: Stage = Stage.TO_COME) -> str | None:
    """Write a notice down and return the id of its row; None when it is there already."""
    row = Inbox(
        id=f"{account}-{entry.told.id}",
        account=account,
        notice=entry.told.id,
        kind=entry.told.kind,
        space=entry.space,
        thing=entry.told.thing,
        content=msgspec.json.encode(entry).decode(),
        stage=stage,
        due=due,
        until=entry.told.until,
        made=now,
    )
    written = await Inbox.insert(row).on_conflict(target=Inbox.id, action="DO NOTHING").returning(Inbox.id)
    return str(row.id) if written else None


async def due(now: datetime, most: int) -> list[tuple[str, str]]:
    """Return what is to be looked at now, oldest first: ids of rows, and whose they are."""
    rows = await Inbox.select(Inbox.id, Inbox.account).where(_due(now)).order_by(Inbox.due).limit(most)
    return [(row["id"], row["account"]) for row in rows]


async def next_due(now: datetime) -> datetime | None:
    """Return when the next row is due after now; None when there is none."""
    rows = await Inbox.select(Inbox.due).where(Inbox.due > now).order_by(Inbox.due).limit(1)
    return rows[0]["due"] if rows else None


async def due_row(identifier: str, now: datetime) -> Row | None:
    """Return a row if it is still to be looked at; somebody else may have done so meanwhile."""
    rows = await Inbox.select().where(And(Inbox.id == identifier, _due(now)))
    return _row(rows[0]) if rows else None


async def row_of(account: str, notice: str) -> Row | None:
    """Return one notice of a person; None when it was forgotten."""
    rows = await Inbox.select().where(Inbox.id == f"{account}-{notice}")
    return _row(rows[0]) if rows else None


async def about(space: str, thing: str, account: str | None) -> list[Row]:
    """Return what was told, or is still to be told, about a thing or any part of it, and was not taken back."""
    of_it = Or(Inbox.thing == thing, And(Inbox.thing >= f"{thing}~", Inbox.thing < f"{thing}~{_LAST}"))
    found = And(And(of_it, Inbox.space == space), Inbox.stage.not_in([Stage.WITHDRAWN, Stage.CLEARING]))
    rows = await Inbox.select().where(And(found, Inbox.account == account) if account else found).order_by(Inbox.id)
    return [_row(one) for one in rows]


async def of_leavers(space: str) -> list[Row]:
    """Return what may still be told of a process, or is on its way, to those who are in it no more."""
    process = process_of(space)
    if process is None:
        return []
    account: Any = Membership.account
    gone = And(Membership.process == process, And(Membership.left.is_not_null(), account.is_not_null()))
    theirs = Inbox.account.is_in(Membership.select(Membership.account).where(gone))
    found = And(theirs, And(Inbox.space == space, Inbox.stage.is_in([*_TELLING])))
    return [_row(one) for one in await Inbox.select().where(found).order_by(Inbox.id)]


async def counted(account: str, now: datetime) -> list[datetime]:
    """Return when a person was lately asked for something."""
    recent = (Inbox.account == account) & (Inbox.went > now - COUNTED_FOR)
    rows = await Inbox.select(Inbox.went).where(recent & Inbox.kind.not_in([*UNCOUNTED]))
    return [row["went"] for row in rows]


async def change(identifier: str, **changes: object) -> bool:
    """Change members of a row that still exists, and say whether it did."""
    values: dict[Any, Any] = {getattr(Inbox, name): value for name, value in changes.items()}
    return bool(await returned(Inbox.update(values).where(Inbox.id == identifier).returning(Inbox.id)))


async def rewrite(identifier: str, entry: Entry) -> None:
    """Let a notice say something else."""
    await change(identifier, content=msgspec.json.encode(entry).decode(), until=entry.told.until)


async def settle(identifier: str, stage: Stage, went: datetime | None = None) -> bool:
    """End what waits, and say whether it still waited; so what goes with it in one transaction is done once."""
    values: dict[Any, Any] = {Inbox.stage: stage, Inbox.due: None, Inbox.went: went}
    waiting = (Inbox.id == identifier) & (Inbox.stage == Stage.WAITING)
    return bool(await returned(Inbox.update(values).where(waiting).returning(Inbox.id)))


async def supersede(row: Row) -> None:
    """Keep what waits about the same thing from going out beside a newer notice; the inbox has it."""
    same = (Inbox.account == row.account) & (Inbox.thing == row.thing) & (Inbox.id != row.id)
    for waiting, after in _SUPERSEDED.items():
        values: dict[Any, Any] = {Inbox.stage: after, Inbox.due: None}
        await Inbox.update(values).where(same & (Inbox.stage == waiting))


async def is_newest(row: Row) -> bool:
    """Say whether a person was told nothing later about the same thing."""
    same = (Inbox.account == row.account) & (Inbox.thing == row.thing) & (Inbox.id != row.id)
    return row.told is not None and not await Inbox.exists().where(same & (Inbox.told > row.told))


async def quiet(account: str, most: int) -> list[Row]:
    """Return the newest notices of a person that no road carried and no digest told of."""
    mine = (Inbox.account == account) & (Inbox.stage == Stage.QUIET)
    rows = await Inbox.select().where(mine).order_by(Inbox.told, ascending=False).limit(most)
    return [_row(one) for one in rows]


async def digested(account: str, told_until: datetime) -> None:
    """Note that a digest told of all that is quiet up to a moment."""
    mine = (Inbox.account == account) & (Inbox.stage == Stage.QUIET) & (Inbox.told <= told_until)
    await Inbox.update({Inbox.stage: Stage.GONE}).where(mine)


async def forget(ids: Sequence[str]) -> None:
    """Delete rows."""
    if ids:
        await Inbox.delete().where(Inbox.id.is_in([*ids]))


async def old(before: datetime, most: int) -> list[tuple[str, str, str]]:
    """Return (row, account, notice) of what has had its time, oldest first."""
    aged = Or(Inbox.told < before, And(Inbox.told.is_null(), Inbox.until < before))
    rows = await Inbox.select(Inbox.id, Inbox.account, Inbox.notice).where(aged).order_by(Inbox.made).limit(most)
    return _named(rows)


async def too_many(limit: int) -> list[str]:
    """Return whose inbox holds more than `limit` notices."""
    there = Inbox.told.is_not_null()
    rows = await Inbox.select(Inbox.account, Count(alias="there")).where(there).group_by(Inbox.account)
    return [row["account"] for row in rows if row["there"] > limit]


async def beyond(account: str, keep: int, most: int) -> list[tuple[str, str, str]]:
    """Return (row, account, notice) of what is older than the newest `keep` of an inbox."""
    mine = (Inbox.account == account) & Inbox.told.is_not_null()
    return _named(
        await Inbox.select(Inbox.id, Inbox.account, Inbox.notice)
        .where(mine)
        .order_by(Inbox.told, ascending=False)
        .offset(keep)
        .limit(most)
    )


def _due(now: datetime) -> And:
    """Return the condition of what is to be looked at.

    What waits was put off by a clock that may have been set back since, so it is asked about again; what is still to
    come has a moment of its own.
    """
    jumped = And(Inbox.stage != Stage.TO_COME, Inbox.made > now + A_MOMENT)
    return And(Inbox.stage.is_in([*_LOOKED_AT]), Or(And(Inbox.due.is_not_null(), Inbox.due <= now), jumped))


def _named(rows: Collection[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(row["id"], row["account"], row["notice"]) for row in rows]


def _row(row: dict[str, Any]) -> Row:
    entry = msgspec.json.decode(row["content"], type=Entry)
    known = {name: row[name] for name in Row.__struct_fields__ if name != "entry"}
    return msgspec.convert(known | {"entry": entry}, Row)
