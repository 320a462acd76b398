"""Teams and who is in them."""

from collections.abc import Sequence
from typing import Any

from litestar import Controller, Request, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from backend.accounts.domain import Person
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.problems import bare, told
from backend.people.actions import teams as actions
from backend.people.actions.keeper import RightsKeeper
from backend.people.controllers.common import CHANGED, ME, PAGE, SEEN, After, MakingLimit, count, signed_in
from backend.people.moments import made_at
from backend.people.queries import teams as queries
from backend.people.queries.teams import TeamRow
from backend.people.schemas.teams import (
    MemberChange,
    NewTeam,
    TeamBody,
    TeamChange,
    TeamMemberBody,
    TeamMembersBody,
    TeamsBody,
)


class TeamController(Controller):
    """People who work together."""

    path = "/teams"
    tags = ("teams",)

    @get(summary="My teams", responses=told(errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED))
    async def mine(
        self, request: Request[Any, Any, Any], sessions: NamedDependency[Sessions], after: After = ""
    ) -> TeamsBody:
        """Those I am in, oldest first."""
        person = await signed_in(request, sessions)
        rows = await queries.teams_mine(person.id, after, PAGE + 1)
        return TeamsBody(await bodies(person, rows[:PAGE]), rows[PAGE - 1].id if len(rows) > PAGE else None)

    @post(summary="Make a team", responses=told(*CHANGED, errors.TOO_MANY_REQUESTS))
    async def make(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        making_limit: NamedDependency[MakingLimit],
        data: JSONBody[NewTeam],
    ) -> TeamBody:
        """On one's own, in an organisation that lets one, or for a process one administers."""
        person = await signed_in(request, sessions)
        count(making_limit, person.id)
        return await _body(person, await actions.create_team(keeper, person, data))

    @get("/{team:str}", summary="One team", responses=told(*SEEN))
    async def read(
        self, request: Request[Any, Any, Any], sessions: NamedDependency[Sessions], team: FromPath[str]
    ) -> TeamBody:
        """Mine, one of an organisation I see, or one that takes part where I do; others look missing."""
        person = await signed_in(request, sessions)
        return (await bodies(person, [await actions.seen(person, team)]))[0]

    @patch("/{team:str}", summary="Change a team", responses=told(*CHANGED))
    async def change(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        team: FromPath[str],
        data: JSONBody[TeamChange],
    ) -> TeamBody:
        """For who administers it."""
        person = await signed_in(request, sessions)
        return await _body(person, await actions.change_team(keeper, person, team, data))

    @delete("/{team:str}", summary="Delete a team", responses=bare(204, "It is gone.") | told(*CHANGED))
    async def remove(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        team: FromPath[str],
    ) -> None:
        """Its grants go with it; who had no other team in a process leaves that process."""
        await actions.delete_team(keeper, await signed_in(request, sessions), team)

    @get("/{team:str}/members", summary="Who is in a team", responses=told(*CHANGED))
    async def members(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        team: FromPath[str],
        after: After = "",
    ) -> TeamMembersBody:
        """For its members and who administers it."""
        person = await signed_in(request, sessions)
        found = await actions.inside(person, team)
        rows = await queries.members_of_team(found.id, after, PAGE + 1)
        page = [
            TeamMemberBody(
                one.account, one.name, one.administrator, one.account == person.id, made_at(one.id), one.until
            )
            for one in rows[:PAGE]
        ]
        return TeamMembersBody(page, rows[PAGE - 1].id if len(rows) > PAGE else None)

    @put(
        "/{team:str}/members/{account:str}",
        status_code=204,
        summary="Put somebody into a team, or make them its administrator",
        responses=bare(204, "Done.") | told(*CHANGED, errors.LAST_ADMINISTRATOR),
    )
    async def put(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        team: FromPath[str],
        account: FromPath[str],
        data: JSONBody[MemberChange],
    ) -> None:
        """Strangers are invited instead: they look missing here."""
        person = await signed_in(request, sessions)
        whom = person.id if account == ME else account
        await actions.put_member(keeper, person, team, whom, administrator=data.administrator)

    @delete(
        "/{team:str}/members/{account:str}",
        summary="Leave a team, or take somebody out of it",
        responses=bare(204, "They are out.") | told(*CHANGED, errors.LAST_ADMINISTRATOR),
    )
    async def take_out(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        team: FromPath[str],
        account: FromPath[str],
    ) -> None:
        """`me` leaves; the last administrator must name another one first."""
        person = await signed_in(request, sessions)
        await actions.remove_member(keeper, person, team, person.id if account == ME else account)


async def bodies(person: Person, rows: Sequence[TeamRow]) -> list[TeamBody]:
    """Return teams as one person sees them."""
    applied = await queries.applied_to(person.id, [one.id for one in rows])
    return [await _body(person, one, applied=one.id in applied) for one in rows]


async def _body(person: Person, found: TeamRow, *, applied: bool = False) -> TeamBody:
    return TeamBody(
        id=found.id,
        name=found.names,
        description=found.description,
        kind=found.kind,
        organisation=found.organisation,
        process=found.process,
        people=await queries.size_of_team(found.id),
        member=await queries.in_team(person.id, found.id) is not None,
        administrator=await actions.administers(person.id, found),
        applied=applied,
    )
