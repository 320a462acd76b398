"""How far a notice came: the log of all devices of a person put together."""

from collections.abc import Collection
from typing import Any, Final, Literal

from msgspec import Struct

from backend.accounts.tables import Session
from backend.notices.domain import State
from backend.notices.tables import Delivery

Reached = Literal["inbox", "queued", "sent", "shown", "opened", "acted", "failed"]
"""The furthest that a notice came. inbox: it waits there alone; no device was told, or it was taken back."""

_FURTHEST: Final[dict[State, Reached]] = {
    State.ACTED: "acted",
    State.OPENED: "opened",
    State.SHOWN: "shown",
    State.SENT: "sent",
    State.QUEUED: "queued",
    State.FAILED: "failed",
    State.EXPIRED: "failed",
}
"""From the furthest on; what was cancelled or replaced reached nobody, and is no failure either."""
_ORDER: Final = list(_FURTHEST)


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
    found: dict[tuple[str, str], tuple[int, Reach]] = {}
    for row in rows:
        state = State(row["state"])
        if state not in _FURTHEST:
            continue
        name = row["account"], row["notice"]
        reach = Reach(_FURTHEST[state], _reason(state, row["reason"]))
        found[name] = min(found.get(name, (len(_ORDER), reach)), (_ORDER.index(state), reach), key=lambda one: one[0])
    return {name: reach for name, (_, reach) in found.items()}


def _reason(state: State, reason: str) -> str | None:
    if state is State.FAILED:
        return reason or None
    return "expired" if state is State.EXPIRED else None
