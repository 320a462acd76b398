"""All SQL about calls for people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from backend.codelivery.call_tables import Asked, NeedCall

MOST_CALLS = 1_000
"""Occurrences of one need that are told of, those that were taken out of it included."""


class CallRow(Struct, frozen=True, kw_only=True):
    """One call as it stands."""

    id: str
    process: str
    item: str
    need: str
    occurrence: str
    start: datetime
    ends: datetime
    open: int
    called: datetime
    searches: int
    step: int
    waves: int
    last: datetime | None
    handed: datetime | None
    due: datetime | None
    remind: datetime | None


class AskedRow(Struct, frozen=True, kw_only=True):
    """One member who was asked, and the account behind."""

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


_ASKED = (
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


async def calls_of(process: str, item: str, need: str) -> list[CallRow]:
    """Return the calls of a need in the order of time."""
    rows = (
        await NeedCall.select()
        .where((NeedCall.need == need) & (NeedCall.process == process) & (NeedCall.item == item))
        .order_by(NeedCall.start, NeedCall.id)
        .limit(MOST_CALLS)
    )
    return msgspec.convert(rows, list[CallRow], strict=False)


async def page_of_asked(calls: Sequence[str], after: tuple[str, int, str] | None, limit: int) -> list[AskedRow]:
    """Return who was asked, call by call in the order of time, then wave by wave, then by member id.

    `calls` are ids in the order of time; `after` is call, wave and member of the last row of the page before.
    """
    if not calls:
        return []
    where: Any = Asked.call.is_in(list(calls))
    if after and after[0] in calls:
        call, wave, member = after
        later = list(calls[calls.index(call) + 1 :])
        here = (Asked.call == call) & ((Asked.wave > wave) | ((Asked.wave == wave) & (Asked.member > member)))
        where = here | Asked.call.is_in(later) if later else here
    order = (Asked.call.start, Asked.call, Asked.wave, Asked.member)
    rows = await Asked.select(*_ASKED).where(where).order_by(*order).limit(limit)
    return msgspec.convert(rows, list[AskedRow], strict=False)
