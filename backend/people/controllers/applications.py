"""Applications to join."""

from typing import Any

from litestar import Controller, Request, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from backend.accounts.domain import Person
from backend.accounts.post import Post
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.problems import told
from backend.kit.ratelimit import RateLimit
from backend.people.actions import applications as actions
from backend.people.actions import teams as team_actions
from backend.people.actions.invitations import process_seen
from backend.people.actions.keeper import RightsKeeper
from backend.people.controllers.common import CHANGED, PAGE, After, count, signed_in
from backend.people.domain import Names
from backend.people.queries import applications as queries
from backend.people.queries.applications import ApplicationRow
from backend.people.schemas.applications import (
    ApplicationAnswer,
    ApplicationBody,
    ApplicationsBody,
    NewApplication,
)


class ApplicationLimit(RateLimit):
    """How often one person may apply."""

    def __init__(self) -> None:
        super().__init__(10, 3600.0)


class ApplicationController(Controller):
    """Asking to join, and the answers."""

    path = "/"
    tags = ("applications",)

    @get("/applications", summary="My applications", responses=told(errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED))
    async def mine(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        after: After = "",
    ) -> ApplicationsBody:
        """With their answers."""
        person = await signed_in(request, sessions)
        return await _page(keeper, person, await queries.applications_of(person.id, after, PAGE + 1))

    @post(
        "/applications",
        summary="Ask to join",
        responses=told(
            errors.INVALID_REQUEST,
            errors.SIGN_IN_NEEDED,
            errors.NOT_FOUND,
            errors.ALREADY_APPLIED,
            errors.TOO_MANY_REQUESTS,
        ),
    )
    async def apply(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        application_limit: NamedDependency[ApplicationLimit],
        data: JSONBody[NewApplication],
    ) -> ApplicationBody:
        """A public process, or a team of a public organisation; anything else looks missing."""
        person = await signed_in(request, sessions)
        count(application_limit, person.id)
        return await _one(keeper, person, await actions.apply(keeper, person, data))

    @put(
        "/applications/{application:str}",
        summary="Answer an application",
        responses=told(*CHANGED, errors.ALREADY_ANSWERED, errors.TEAM_NEEDED),
    )
    async def answer(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        mails: NamedDependency[Post],
        application: FromPath[str],
        data: JSONBody[ApplicationAnswer],
    ) -> ApplicationBody:
        """For who administers the process or team; the applicant sees the answer, and gets it by mail."""
        person = await signed_in(request, sessions)
        return await _one(keeper, person, await actions.answer(keeper, mails, person, application, data))

    @get("/processes/{process:str}/applications", summary="Applications to a process", responses=told(*CHANGED))
    async def to_process(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        process: FromPath[str],
        after: After = "",
    ) -> ApplicationsBody:
        """For its administrators."""
        person = await signed_in(request, sessions)
        await process_seen(person, process, administrator=True)
        return await _page(keeper, person, await queries.applications_to(PAGE + 1, process=process, after=after))

    @get("/teams/{team:str}/applications", summary="Applications to a team", responses=told(*CHANGED))
    async def to_team(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        team: FromPath[str],
        after: After = "",
    ) -> ApplicationsBody:
        """For who administers it."""
        person = await signed_in(request, sessions)
        found = await team_actions.administered(person, team)
        return await _page(keeper, person, await queries.applications_to(PAGE + 1, team=found.id, after=after))


async def _page(keeper: RightsKeeper, person: Person, rows: list[ApplicationRow]) -> ApplicationsBody:
    page = rows[:PAGE]
    places = {(one.process, one.team) for one in page}
    names = {place: await actions.name_of_place(keeper, *place) for place in places}
    bodies = [_body(one, person, names[one.process, one.team]) for one in page]
    return ApplicationsBody(bodies, page[-1].id if len(rows) > PAGE else None)


async def _one(keeper: RightsKeeper, person: Person, one: ApplicationRow) -> ApplicationBody:
    return _body(one, person, await actions.name_of_place(keeper, one.process, one.team))


def _body(one: ApplicationRow, person: Person, names: Names) -> ApplicationBody:
    return ApplicationBody(
        id=one.id,
        process=one.process,
        process_name=names if one.process else None,
        team=one.team,
        team_name=names if one.team else None,
        name=one.name,
        mine=one.account == person.id,
        reason=one.reason,
        state=one.state,
        created=one.created,
        answer=one.answer,
        answered=one.answered,
    )
