"""Writing down what happened to accounts and rights, for those concerned: ids and words, no content, no address."""

from datetime import datetime, timedelta

from backend.accounts.domain import Event
from backend.accounts.tables import Audit
from backend.kit.ids import new_ulid

KEPT = timedelta(days=730)


async def note(
    what: Event,
    *,
    at: datetime,
    who: str | None,
    about: str | None = None,
    process: str | None = None,
    thing: str | None = None,
    device: str | None = None,
) -> None:
    """Add one line: `who` (an account; None is the server) did `what`, about whom, in which process, to which thing.

    Call it inside the transaction of the change itself: both are kept or none. `device` is the session's id.
    """
    await Audit(
        id=new_ulid(at.timestamp()), at=at, who=who, what=what, about=about, process=process, thing=thing, device=device
    ).save()


async def forget_old(now: datetime) -> None:
    """Delete the lines that are older than two years."""
    await Audit.delete().where(Audit.at < now - KEPT)
