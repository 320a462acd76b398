"""Invitations: made and taken back by administrators, looked at and accepted by who holds the link."""

from typing import Any

from litestar import Controller, Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from backend.accounts.post import Post
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.languages import LANGUAGES
from backend.kit.problems import bare, told
from backend.kit.ratelimit import RateLimit, site_of
from backend.kit.spaces import SpaceKind, space_of
from backend.people.actions import invitations as actions
from backend.people.actions import joining
from backend.people.actions import teams as team_actions
from backend.people.actions.keeper import RightsKeeper
from backend.people.actions.letters import invite_by_mail
from backend.people.controllers.common import CHANGED, PAGE, After, count, signed_in
from backend.people.controllers.organisations import address_of_logo
from backend.people.links import Links, qr_code
from backend.people.queries import invitations as queries
from backend.people.queries.invitations import InvitationRow
from backend.people.queries.organisations import organisation
from backend.people.queries.teams import TeamRow
from backend.people.queries.teams import team as team_of
from backend.people.schemas.invitations import (
    AcceptedBody,
    InvitationBody,
    InvitationsBody,
    InvitedBy,
    InvitedPhase,
    InvitedProcess,
    InvitedTeam,
    LookBody,
    NewInvitation,
    Token,
)

MINUTES_10 = 600.0
HOUR = 3600.0
_CLOSED = (errors.INVITATION_UNKNOWN, errors.INVITATION_EXPIRED)


class InvitationLimits:
    """How often invitations may be made, looked at from one place, and accepted by one person."""

    def __init__(self) -> None:
        self.make = RateLimit(60, HOUR)
        self.look = RateLimit(300, MINUTES_10)
        self.accept = RateLimit(60, MINUTES_10)


class InvitationController(Controller):
    """Links by which people join."""

    path = "/invitations"
    tags = ("invitations",)

    @post(summary="Invite people", responses=told(*CHANGED, errors.TEAM_NEEDED, errors.TOO_MANY_REQUESTS))
    async def make(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        links: NamedDependency[Links],
        mails: NamedDependency[Post],
        invitation_limits: NamedDependency[InvitationLimits],
        data: JSONBody[NewInvitation],
    ) -> InvitationBody:
        """To a process or team one administers; the link is shown here, as a QR code too, and sent to the addresses."""
        person = await signed_in(request, sessions)
        count(invitation_limits.make, person.id)
        found = await actions.create_invitation(keeper, person, data)
        body = _body(found, links, request, keeper)
        language = data.language if data.language in LANGUAGES else person.language
        body.mailed = await invite_by_mail(
            keeper, mails, person, found, body.link, data.emails, language or person.language
        )
        return body

    @delete(
        "/{invitation:str}",
        summary="Take an invitation back",
        responses=bare(204, "Nobody can join by it any more.") | told(*CHANGED),
    )
    async def revoke(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        invitation: FromPath[str],
    ) -> None:
        """Who joined by it stays."""
        await actions.revoke(keeper, await signed_in(request, sessions), invitation)

    @post(
        "/look",
        status_code=200,
        summary="What an invitation is about",
        responses=told(errors.INVALID_REQUEST, *_CLOSED, errors.TOO_MANY_REQUESTS),
    )
    async def look(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        links: NamedDependency[Links],
        invitation_limits: NamedDependency[InvitationLimits],
        data: JSONBody[Token],
    ) -> LookBody:
        """No account needed. 410 says whether it has expired, was taken back, or has no place left."""
        count(invitation_limits.look, site_of(request.client.host if request.client else ""))
        person = await sessions.person(request)
        found = await joining.invitation_of(keeper, links, data.token, person)
        team = await team_of(found.team) if found.team else None
        return LookBody(
            process=await _process(keeper, found.process) if found.process else None,
            team=InvitedTeam(team.names, team.kind) if team else None,
            organisation=await _organisation(team),
            invited_as=found.role,
            expires=found.expires,
            places=found.uses - found.used,
            already_in=person is not None and await joining.already_in(person, found),
        )

    @post(
        "/accept",
        status_code=200,
        summary="Join by an invitation",
        responses=told(errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, *_CLOSED, errors.TOO_MANY_REQUESTS),
    )
    async def accept(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        links: NamedDependency[Links],
        invitation_limits: NamedDependency[InvitationLimits],
        data: JSONBody[Token],
    ) -> AcceptedBody:
        """Twice is once. The answer says where to go: the space, and the first task one may add to."""
        person = await signed_in(request, sessions)
        count(invitation_limits.accept, person.id)
        joined = await joining.accept(keeper, links, person, data.token)
        space = space_of(SpaceKind.PROCESS, joined.process) if joined.process else None
        return AcceptedBody(joined.process, space, joined.team, joined.task)


class InvitationsOfController(Controller):
    """Invitations of one process or team."""

    path = "/"
    tags = ("invitations",)

    @get("/processes/{process:str}/invitations", summary="Invitations to a process", responses=told(*CHANGED))
    async def to_process(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        links: NamedDependency[Links],
        process: FromPath[str],
        after: After = "",
    ) -> InvitationsBody:
        """For its administrators, with their links."""
        await actions.process_seen(await signed_in(request, sessions), process, administrator=True)
        rows = await queries.invitations_of_process(process, after, PAGE + 1)
        return _page(rows, links, request, keeper)

    @get("/teams/{team:str}/invitations", summary="Invitations to a team", responses=told(*CHANGED))
    async def to_team(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        links: NamedDependency[Links],
        team: FromPath[str],
        after: After = "",
    ) -> InvitationsBody:
        """For who administers it, with their links."""
        found = await team_actions.administered(await signed_in(request, sessions), team)
        rows = await queries.invitations_of_team(found.id, after, PAGE + 1)
        return _page(rows, links, request, keeper)


def _page(
    rows: list[InvitationRow], links: Links, request: Request[Any, Any, Any], keeper: RightsKeeper
) -> InvitationsBody:
    page = [_body(one, links, request, keeper) for one in rows[:PAGE]]
    return InvitationsBody(page, page[-1].id if len(rows) > PAGE else None)


def _body(found: InvitationRow, links: Links, request: Request[Any, Any, Any], keeper: RightsKeeper) -> InvitationBody:
    link = links.link(found.id, str(request.base_url))
    return InvitationBody(
        id=found.id,
        link=link,
        qr=qr_code(link),
        process=found.process,
        team=found.team,
        role=found.role,
        created=found.created,
        expires=found.expires,
        until=found.until,
        uses=found.uses,
        used=found.used,
        revoked=found.revoked,
        open=not found.revoked and found.expires > keeper.now() and found.used < found.uses,
        by=found.by,
    )


async def _process(keeper: RightsKeeper, process: str) -> InvitedProcess | None:
    about = await keeper.ground.about(process)
    if about is None:
        return None
    phases = [InvitedPhase(one.name, one.status, one.progress) for one in about.phases]
    return InvitedProcess(process, about.name, about.aim, about.place, about.languages, phases)


async def _organisation(team: TeamRow | None) -> InvitedBy | None:
    """Return the organisation behind a team; its picture is told only where everybody may fetch it."""
    found = await organisation(team.organisation) if team and team.organisation else None
    if found is None:
        return None
    return InvitedBy(found.id, found.names, address_of_logo(found.id, found.logo) if found.public else None)
