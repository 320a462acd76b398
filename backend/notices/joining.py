"""Invitations and applications, which live in rows: telling begins in their own transaction (`people/heralds.py`)."""

from datetime import timedelta

from backend.accounts import queries as accounts
from backend.kit.clock import Clock
from backend.kit.spaces import SpaceKind, space_of
from backend.notices.decide import Told, notice_id
from backend.notices.documents import Facts
from backend.notices.domain import MANNERS, Kind
from backend.notices.inbox import Entry
from backend.notices.telling import NoticeTeller
from backend.people import queries
from backend.people.domain import Names
from backend.people.queries import authority
from backend.people.queries.invitations import InvitationRow
from backend.people.queries.teams import team as team_of

_LASTS: timedelta = MANNERS[Kind.APPLICATION].lasts


class Joining:
    """Tells of joining, as `people.heralds.Herald` asks."""

    def __init__(self, teller: NoticeTeller, clock: Clock) -> None:
        self._teller = teller
        self._clock = clock

    async def invited(self, found: InvitationRow, path: str, names: Names, email: str) -> None:
        """Tell an account whose address this certainly is; the mail goes to it as to everybody else."""
        account = await accounts.account_with(email)
        if account is None or not account.email_verified:
            return
        told = Told(
            id=notice_id("invited", found.id),
            member="",
            kind=Kind.INVITATION,
            thing=f"invitation {found.id}",
            until=min(found.expires, self._clock() + _LASTS),
            word="invited",
        )
        await self._teller.plan(account.id, Entry(told=told, facts=Facts(name=names or None), path=path))

    async def applied(self, application: str, process: str | None, team: str | None, names: Names) -> None:
        """Tell the administrators of a process, or of a team."""
        whose = await self._administrators(process, team)
        space = _space(process)
        for account, member in whose.items():
            told = Told(
                id=notice_id("applied", application),
                member=member,
                kind=Kind.APPLICATION,
                thing=_thing(application),
                until=self._clock() + _LASTS,
                word="applied",
            )
            path = f"/processes/{process}/people" if process else f"/teams/{team}"
            entry = Entry(told=told, facts=Facts(name=names or None), space=space, path=path, things=(space,))
            await self._teller.plan(account, entry)

    async def answered(self, application: str, process: str | None) -> None:
        """Somebody answered: the others need not."""
        await self._teller.withdraw(_space(process), _thing(application))

    async def _administrators(self, process: str | None, team: str | None) -> dict[str, str]:
        """Return who answers, with their member ids where there are any."""
        if process is not None:
            return {one.account: one.member for one in await queries.members_of(process) if one.administrator}
        found = await team_of(team) if team else None
        if found is None:
            return {}
        return dict.fromkeys(await authority.administrators_of_team(found.id, found.organisation, found.process), "")


def _space(process: str | None) -> str:
    return space_of(SpaceKind.PROCESS, process) if process else ""


def _thing(application: str) -> str:
    return f"admin:application:{application}"
