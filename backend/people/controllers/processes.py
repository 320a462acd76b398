"""The people of one process: who takes part, who administers it, what happened to its rights."""

from typing import Any

from litestar import Controller, Request, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import UNSET

from backend.accounts.domain import Person
from backend.accounts.queries import ReportOf, audit_of_process, sync_reports
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.problems import bare, told
from backend.kit.spaces import SpaceKind, space_of
from backend.people import queries
from backend.people.actions import members as actions
from backend.people.actions import teams as team_actions
from backend.people.actions.invitations import process_seen
from backend.people.actions.keeper import RightsKeeper
from backend.people.controllers.common import CHANGED, ME, PAGE, SEEN, After, Search, signed_in
from backend.people.domain import TeamOf
from backend.people.mirror import partner_kind
from backend.people.queries import authority
from backend.people.queries.organisations import organisation
from backend.people.queries.people import MemberRow, names_by_account, page_of_members
from backend.people.queries.teams import team as team_of
from backend.people.schemas.processes import AuditBody, AuditLine, PeopleBody, ProcessMember, ProcessTeam


class ProcessPeopleController(Controller):
    """Who takes part in a process."""

    path = "/processes/{process:str}"
    tags = ("people of a process",)

    @get("/people", summary="Who takes part", responses=told(*SEEN))
    async def people(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        process: FromPath[str],
        after: After = "",
        search: Search = "",
    ) -> PeopleBody:
        """For its members. Administrators also see accounts, and how far the phones are of those who agreed to it."""
        person = await signed_in(request, sessions)
        await process_seen(person, process)
        rows = await page_of_members(process, search.strip(), after, PAGE + 1)
        teams = await queries.teams_of(process)
        members = [_member(one, teams, person) for one in rows[:PAGE]]
        if await authority.administers_process(person.id, process):
            reports = await sync_reports(space_of(SpaceKind.PROCESS, process))
            for row, body in zip(rows, members, strict=False):
                body.account = row.account
                _add_reports(body, [one for one in reports if one.account == row.account])
        return PeopleBody(
            [] if after else [await _team(one, person) for one in teams],
            members,
            members[-1].member if len(rows) > PAGE else None,
        )

    @put(
        "/administrators/{member:str}",
        status_code=204,
        summary="Name an administrator of a process",
        responses=bare(204, "They administer it.") | told(*CHANGED),
    )
    async def name(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        process: FromPath[str],
        member: FromPath[str],
    ) -> None:
        """One of its members, by member id."""
        person = await signed_in(request, sessions)
        await actions.set_administrator(keeper, person, process, member, administrator=True)

    @delete(
        "/administrators/{member:str}",
        summary="Take the administration of a process from somebody",
        responses=bare(204, "They administer it no more.") | told(*CHANGED, errors.LAST_ADMINISTRATOR),
    )
    async def dismiss(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        process: FromPath[str],
        member: FromPath[str],
    ) -> None:
        """Never from the last one."""
        person = await signed_in(request, sessions)
        await actions.set_administrator(keeper, person, process, member, administrator=False)

    @delete(
        "/members/{member:str}",
        summary="Leave a process, or remove somebody from it",
        responses=bare(204, "They are out.") | told(*CHANGED, errors.LAST_ADMINISTRATOR),
    )
    async def take_out(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        process: FromPath[str],
        member: FromPath[str],
    ) -> None:
        """`me` leaves. What people contributed stays."""
        person = await signed_in(request, sessions)
        await process_seen(person, process)
        mine = await queries.membership(person.id, process)
        await actions.take_out(keeper, person, process, mine.member if member == ME and mine else member)

    @get("/audit", summary="What happened to the rights of a process", responses=told(*SEEN))
    async def audit(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        process: FromPath[str],
        after: After = "",
    ) -> AuditBody:
        """Administrators see all lines, others those about themselves. No content, no address."""
        person = await signed_in(request, sessions)
        await process_seen(person, process)
        rows = await audit_of_process(process, after)
        names = await names_by_account(process)
        chief = await authority.administers_process(person.id, process)
        mine = [one for one in rows if chief or person.id in (one["who"], one["about"])]
        return AuditBody([_line(one, names, person) for one in mine], rows[-1]["id"] if len(rows) >= PAGE else None)


def _member(one: MemberRow, teams: list[TeamOf], person: Person) -> ProcessMember:
    return ProcessMember(
        member=one.member,
        name=one.name,
        kind=partner_kind(one.account, teams),
        teams=[team.id for team in teams if one.account in team.accounts],
        administrator=one.administrator,
        me=one.account == person.id,
    )


def _add_reports(body: ProcessMember, reports: list[ReportOf]) -> None:
    if reports:
        body.waiting = sum(one.waiting for one in reports)
        body.last_sync = max((one.last_sync for one in reports if one.last_sync), default=UNSET)


async def _team(one: TeamOf, person: Person) -> ProcessTeam:
    row = await team_of(one.id)
    parent = await organisation(one.organisation) if one.organisation else None
    return ProcessTeam(
        id=one.id,
        name=one.names,
        kind=one.kind,
        organisation=parent.names if parent else None,
        people=len(one.accounts),
        administrator=row is not None and await team_actions.administers(person.id, row),
        observers=one.observers,
    )


def _line(row: dict[str, Any], names: dict[str, str], person: Person) -> AuditLine:
    return AuditLine(
        at=row["at"],
        what=row["what"],
        by=names.get(row["who"] or ""),
        about=names.get(row["about"] or ""),
        thing=row["thing"],
        me=person.id in (row["who"], row["about"]),
    )
