"""HTTP: how the calls of one need go, for the people who answer for its process."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from backend.accounts.sessions import Sessions
from backend.codelivery import call_rows
from backend.codelivery.call_rows import AskedRow, CallRow
from backend.codelivery.documents import NEED
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import told
from backend.kit.spaces import Spaces, process_of
from backend.notices.call_schemas import AskedBody, CallBody, CallsBody, WaveBody
from backend.notices.reach import IN_THE_INBOX, ON_ITS_WAY, Reach, reach_of
from backend.people import queries

MOST = 500
"""People on a page."""


class CallController(Controller):
    """How people are called for."""

    path = "/spaces/{space:str}/calls"
    tags = ("processes",)

    @get(
        "/{item:str}/{need:str}",
        summary="How the calls of a need go",
        responses=told(errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, errors.FORBIDDEN, errors.NOT_FOUND),
    )
    async def calls(
        self,
        request: Request[Any, Any, Any],
        space: FromPath[str],
        item: FromPath[str],
        need: FromPath[str],
        sessions: NamedDependency[Sessions],
        spaces: NamedDependency[Spaces],
        after: FromQuery[Annotated[str, Meta(max_length=100, description="What the page before called `after`.")]] = "",
    ) -> CallsBody:
        """Who was asked in which wave, and what came of it; for administrators of the process only."""
        person = (await sessions.signed_in(request)).person
        process = process_of(space)
        found = await queries.membership(person.id, process) if process else None
        if found is None:
            raise Problem(errors.NOT_FOUND)
        if not found.administrator:
            raise Problem(errors.FORBIDDEN)
        if await spaces.read(space, f"{item}:{NEED.name}:{need}") is None:
            raise Problem(errors.NOT_FOUND)
        calls = await call_rows.calls_of(found.process, item, need)
        return await _page(calls, after)


async def _page(calls: Sequence[CallRow], after: str) -> CallsBody:
    """Return the calls from where the page before ended, with at most so many people in all."""
    begin = _begin(calls, after)
    ids = [one.id for one in calls]
    rows = await call_rows.page_of_asked(ids, begin, MOST + 1)
    asked, more = rows[:MOST], len(rows) > MOST
    reach = await reach_of({one.notice for one in asked}, {one.account for one in asked})
    first = ids.index(begin[0]) if begin else 0
    last = ids.index(asked[-1].call) + 1 if more else len(calls)
    shown = [_call(one, [row for row in asked if row.call == one.id], reach) for one in calls[first:last]]
    return CallsBody(occurrences=shown, after=_end(calls, asked[-1]) if more else None)


def _begin(calls: Sequence[CallRow], after: str) -> tuple[str, int, str] | None:
    """Read what `_end` wrote. Raises Problem when it is nothing of that kind."""
    if not after:
        return None
    occurrence, _, rest = after.partition("-")
    wave, _, member = rest.partition("-")
    call = next((one.id for one in calls if one.occurrence == occurrence), None)
    if call is None or not wave.isascii() or not wave.isdigit() or not member:
        raise Problem(errors.INVALID_REQUEST, reason="after")
    return call, int(wave), member


def _end(calls: Sequence[CallRow], row: AskedRow) -> str:
    occurrence = next(one.occurrence for one in calls if one.id == row.call)
    return f"{occurrence}-{row.wave}-{row.member}"


def _call(call: CallRow, rows: Iterable[AskedRow], reach: dict[tuple[str, str], Reach]) -> CallBody:
    waves: dict[int, WaveBody] = {}
    for row in rows:
        why: Any = row.why
        wave = waves.setdefault(row.wave, WaveBody(number=row.wave, at=row.at, why=why, asked=[]))
        wave.asked.append(_asked(row, reach.get((row.account, row.notice))))
    return CallBody(
        id=call.occurrence,
        start=call.start,
        open=call.open,
        ends=call.ends,
        handed=call.handed,
        next=call.due,
        waves=list(waves.values()),
    )


def _asked(row: AskedRow, reach: Reach | None) -> AskedBody:
    found = reach or (IN_THE_INBOX if row.told else ON_ITS_WAY)
    answer: Any = row.answer
    return AskedBody(
        member=row.member,
        answer=answer,
        after_seconds=max(int((row.answered - row.at).total_seconds()), 0) if row.answered else None,
        reached=found.state,
        reason=found.reason,
    )
