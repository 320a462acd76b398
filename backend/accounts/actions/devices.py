"""What a person does with devices and programs that are signed in as them."""

from datetime import datetime

from backend.accounts.audit import note
from backend.accounts.device_schemas import SpaceReport
from backend.accounts.domain import Event, Scope, Visit
from backend.accounts.sessions import LIFETIME, Sessions
from backend.accounts.tables import Account, Session, SyncReport
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid
from backend.kit.transactions import transaction

PROGRAMS = frozenset({Scope.REPLICATION, Scope.API})
MOST_PROGRAMS = 50


async def add_program(sessions: Sessions, visit: Visit, *, name: str, scope: Scope, now: datetime) -> tuple[str, str]:
    """Make a program's way in and return its id and its token, which is told this once."""
    mine = visit.person.id
    if await Session.count().where((Session.account == mine) & (Session.kind == "program")) >= MOST_PROGRAMS:
        raise Problem(errors.CONFLICT)
    async with transaction(Session):
        made, token = await sessions.begin_program(mine, name, scope=scope)
        await note(Event.CREDENTIAL_MADE, at=now, who=mine, about=mine, thing=made, device=visit.session)
    return made, token


async def sign_out(visit: Visit, session: str, *, programs: bool, now: datetime) -> None:
    """End one session of the person. Raises Problem when there is none such."""
    mine = visit.person.id
    event = Event.CREDENTIAL_REVOKED if programs else Event.DEVICE_SIGNED_OUT
    async with transaction(Session):
        await _mine(mine, session, programs=programs)
        await Session.delete().where(Session.id == session)
        await note(event, at=now, who=mine, about=mine, thing=session, device=visit.session)


async def report_lost(visit: Visit, session: str, *, now: datetime) -> None:
    """Make a device wipe itself when it next comes; it is told so for 400 days. Raises Problem."""
    mine = visit.person.id
    async with transaction(Session):
        await _mine(mine, session, programs=False)
        await Session.update({Session.lost: True, Session.expires: now + LIFETIME}).where(Session.id == session)
        await SyncReport.delete().where(SyncReport.session == session)
        await note(Event.DEVICE_LOST, at=now, who=mine, about=mine, thing=session, device=visit.session)


async def keep_report(visit: Visit, spaces: list[SpaceReport], *, now: datetime) -> None:
    """Keep how far the spaces are on this device, if the person agreed that coordinators see it."""
    async with transaction(SyncReport):
        await SyncReport.delete().where(SyncReport.session == visit.session)
        agreed = await Account.exists().where((Account.id == visit.person.id) & Account.shares_sync.eq(True))
        if not (agreed and spaces):
            return
        await SyncReport.insert(
            *(
                SyncReport(
                    id=new_ulid(now.timestamp()),
                    session=visit.session,
                    account=visit.person.id,
                    space=one.space,
                    waiting=one.waiting,
                    last_sync=one.last_sync,
                )
                for one in {one.space: one for one in spaces}.values()
            )
        )


async def _mine(account: str, session: str, *, programs: bool) -> None:
    rows = await Session.select(Session.scope).where((Session.id == session) & (Session.account == account))
    if [row["scope"] in PROGRAMS for row in rows] != [programs]:
        raise Problem(errors.NOT_FOUND)
