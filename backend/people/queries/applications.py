"""Questions about applications."""

from datetime import datetime

import msgspec
from msgspec import Struct
from piccolo.custom_types import Combinable

from backend.people.schemas.applications import ApplicationState
from backend.people.tables import Application

_ALL = (
    Application.id,
    Application.process,
    Application.team,
    Application.account,
    Application.account.name.as_alias("name"),
    Application.account.language.as_alias("language"),
    Application.account.email.as_alias("email"),
    Application.account.email_verified.as_alias("email_verified"),
    Application.reason,
    Application.state,
    Application.answer,
    Application.created,
    Application.answered,
)


class ApplicationRow(Struct, frozen=True):
    """One application, with whom to answer."""

    id: str
    process: str | None
    team: str | None
    account: str
    name: str
    language: str
    email: str | None
    email_verified: bool
    reason: str
    state: ApplicationState
    answer: str
    created: datetime
    answered: datetime | None


async def application(identifier: str) -> ApplicationRow | None:
    """Return an application; None when there is none."""
    rows = await _rows(Application.id == identifier, 1)
    return rows[0] if rows else None


async def waiting_of(account: str, process: str | None, team: str | None) -> bool:
    """Say whether a person has asked for the same already and waits for the answer."""
    place = Application.process == process if process else Application.team == team
    return await Application.exists().where((Application.account == account) & place & (Application.state == "waiting"))


async def applications_of(account: str, after: str, limit: int) -> list[ApplicationRow]:
    """Return a person's own applications, newest first."""
    return await _rows((Application.account == account) & _behind(after), limit)


async def applications_to(
    limit: int, *, process: str | None = None, team: str | None = None, after: str = ""
) -> list[ApplicationRow]:
    """Return the applications to a process or a team, newest first."""
    place = Application.process == process if process else Application.team == team
    return await _rows(place & _behind(after), limit)


def _behind(after: str) -> Combinable:
    return Application.id < (after or "~")


async def _rows(where: Combinable, limit: int) -> list[ApplicationRow]:
    rows = await Application.select(*_ALL).where(where).order_by(Application.id, ascending=False).limit(limit)
    return msgspec.convert(rows, list[ApplicationRow], strict=False)
