"""How far a notice came: the log of all devices of a person put together."""

from collections.abc import Collection
from typing import Any, Final, Literal

from msgspec import Struct

from backend.accounts.tables import Session
from backend.notices.domain import Stage, State
from backend.notices.tables import Delivery, Inbox

Reached = Literal["inbox", "queued", "sent", "shown", "opened", "acted", "failed"]
"""The furthest that a notice came.

inbox: it waits there alone; no device was told, or it was taken back. queued: it waits for the end of quiet hours too.
"""

_FURTHEST: Final[dict[State, Reached]] = {
    State.ACTED: "acted",
    State.OPENED: "opened",
    State.SHOWN: "shown",
    State.CLOSED: "shown",
    State.SENT: "sent",
    State.QUEUED: "queued",
    State.FAILED: "failed",
    State.EXPIRED: "failed",
}
"""From the furthest on; what was cancelled or replaced reached nobody, and is no failure either."""
_ORDER: Final = list(dict.fromkeys(_FURTHEST.values()))


class Reach(Struct, frozen=True):
    """What became of one notice to one person."""

    state: Reached
    reason: str | None = None
    """Why it failed, in the push service's own words."""


IN_THE_INBOX: Final = Reach("inbox")
ON_ITS_WAY: Final = Reach("queued")


async def reach_of(notices: Collection[str], accounts: Collection[str]) -> dict[tuple[str, str], Reach]:
    """Return how far notices came, by account and notice; those that no device was told of are not named."""
    if not notices or not accounts:
        return {}
    owner: Any = Session.account
    rows = await Delivery.select(
        Delivery.notice, Delivery.state, Delivery.reason, Delivery.session.account.as_alias("account")
    ).where(
        Delivery.notice.is_in([*notices])
        & Delivery.session.is_in(Session.select(Session.id).where(owner.is_in([*accounts])))
    )
    found: dict[tuple[str, str], Reach] = dict.fromkeys(await _put_off(notices, accounts), ON_ITS_WAY)
    for row in rows:
        state, name = State(row["state"]), (row["account"], row["notice"])
        if state in _FURTHEST and _further(_FURTHEST[state], found.get(name)):
            found[name] = Reach(_FURTHEST[state], _reason(state, row["reason"]))
    return found


async def _put_off(notices: Collection[str], accounts: Collection[str]) -> list[tuple[str, str]]:
    """Return which of these wait for their hour, by account and notice."""
    waiting = Inbox.account.is_in([*accounts]) & (Inbox.stage == Stage.WAITING)
    rows = await Inbox.select(Inbox.account, Inbox.notice).where(waiting & Inbox.notice.is_in([*notices]))
    return [(row["account"], row["notice"]) for row in rows]


def _further(reached: Reached, known: Reach | None) -> bool:
    return known is None or _ORDER.index(reached) < _ORDER.index(known.state)


def _reason(state: State, reason: str) -> str | None:
    if state is State.FAILED:
        return reason or None
    return "expired" if state is State.EXPIRED else None
