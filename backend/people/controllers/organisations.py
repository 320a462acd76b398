"""Organisations."""

from typing import Any

from litestar import Controller, Request, Response, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from backend.accounts.domain import Person
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import bare, told
from backend.people.actions import organisations as actions
from backend.people.actions.keeper import RightsKeeper
from backend.people.actions.teams import may_create_teams
from backend.people.controllers.common import CHANGED, PAGE, SEEN, After, MakingLimit, Search, count, signed_in
from backend.people.controllers.teams import bodies
from backend.people.picture import MAX_BYTES
from backend.people.queries import authority, teams
from backend.people.queries import organisations as queries
from backend.people.queries.organisations import OrganisationRow
from backend.people.schemas.organisations import (
    NewOrganisation,
    OrganisationAdministrator,
    OrganisationBody,
    OrganisationChange,
    OrganisationsBody,
)
from backend.people.schemas.teams import TeamsBody

_CACHE = "private, max-age=31536000, immutable"


class OrganisationController(Controller):
    """Administrations, associations and companies."""

    path = "/organisations"
    tags = ("organisations",)

    @get(summary="Public organisations, and mine", responses=told(errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED))
    async def find(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        search: Search = "",
        after: After = "",
    ) -> OrganisationsBody:
        """Answer with those whose name, in any language, contains what is searched."""
        person = await signed_in(request, sessions)
        found = await queries.organisations_for(person.id, search.strip(), after, PAGE + 1)
        page = [await _body(person, one) for one in found[:PAGE]]
        return OrganisationsBody(page, page[-1].id if len(found) > PAGE else None)

    @post(
        summary="Make an organisation",
        responses=told(errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, errors.TOO_MANY_REQUESTS),
    )
    async def make(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        making_limit: NamedDependency[MakingLimit],
        data: JSONBody[NewOrganisation],
    ) -> OrganisationBody:
        """Whoever makes it administers it."""
        person = await signed_in(request, sessions)
        count(making_limit, person.id)
        return await _body(person, await actions.create_organisation(keeper, person, data))

    @get("/{organisation:str}", summary="One organisation", responses=told(*SEEN))
    async def read(
        self, request: Request[Any, Any, Any], sessions: NamedDependency[Sessions], organisation: FromPath[str]
    ) -> OrganisationBody:
        """One that is neither public nor mine looks missing."""
        person = await signed_in(request, sessions)
        return await _body(person, await actions.seen(person, organisation))

    @patch("/{organisation:str}", summary="Change an organisation", responses=told(*CHANGED))
    async def change(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        organisation: FromPath[str],
        data: JSONBody[OrganisationChange],
    ) -> OrganisationBody:
        """For its administrators."""
        person = await signed_in(request, sessions)
        return await _body(person, await actions.change_organisation(keeper, person, organisation, data))

    @delete(
        "/{organisation:str}",
        summary="Delete an organisation",
        responses=bare(204, "It is gone.") | told(*CHANGED, errors.HAS_TEAMS),
    )
    async def remove(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        organisation: FromPath[str],
    ) -> None:
        """Only one without teams can go, so that nobody's team is left alone."""
        await actions.delete_organisation(keeper, await signed_in(request, sessions), organisation)

    @get("/{organisation:str}/teams", summary="Teams of an organisation", responses=told(*SEEN))
    async def teams(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        organisation: FromPath[str],
        after: After = "",
    ) -> TeamsBody:
        """For everybody who may see the organisation."""
        person = await signed_in(request, sessions)
        found = await actions.seen(person, organisation)
        rows = await teams.teams_of_organisation(found.id, after, PAGE + 1)
        return TeamsBody(await bodies(person, rows[:PAGE]), rows[PAGE - 1].id if len(rows) > PAGE else None)

    @put(
        "/{organisation:str}/administrators/{account:str}",
        status_code=204,
        summary="Name an administrator of an organisation",
        responses=bare(204, "They administer it.") | told(*CHANGED),
    )
    async def name(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        organisation: FromPath[str],
        account: FromPath[str],
    ) -> None:
        """Somebody whom the one who asks meets in a team, a process or an organisation."""
        await actions.name_administrator(keeper, await signed_in(request, sessions), organisation, account)

    @delete(
        "/{organisation:str}/administrators/{account:str}",
        summary="Take the administration of an organisation from somebody",
        responses=bare(204, "They administer it no more.") | told(*CHANGED, errors.LAST_ADMINISTRATOR),
    )
    async def dismiss(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        organisation: FromPath[str],
        account: FromPath[str],
    ) -> None:
        """Never from the last one."""
        await actions.dismiss_administrator(keeper, await signed_in(request, sessions), organisation, account)

    @get("/{organisation:str}/logo", summary="The picture of an organisation", responses=told(*SEEN))
    async def logo(
        self, request: Request[Any, Any, Any], sessions: NamedDependency[Sessions], organisation: FromPath[str]
    ) -> Response[bytes]:
        """Bytes of a PNG, JPEG or WebP; for everybody who may see the organisation, and who was invited by it."""
        found = await queries.organisation(organisation)
        if found is None or not found.public:
            found = await actions.seen(await signed_in(request, sessions), organisation)
        picture = await queries.logo_of(found.id)
        if picture is None:
            raise Problem(errors.NOT_FOUND)
        media_type, content = picture
        return Response(content, media_type=media_type, headers={"cache-control": _CACHE})

    @put(
        "/{organisation:str}/logo",
        request_max_body_size=MAX_BYTES + 1,
        summary="Give an organisation a picture",
        responses=told(*CHANGED, errors.TOO_LARGE, errors.NOT_A_PICTURE),
    )
    async def show(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        organisation: FromPath[str],
    ) -> OrganisationBody:
        """The body is the picture itself."""
        person = await signed_in(request, sessions)
        return await _body(person, await actions.put_logo(keeper, person, organisation, await request.body()))

    @delete(
        "/{organisation:str}/logo",
        summary="Take the picture of an organisation away",
        responses=bare(204, "It has none any more.") | told(*CHANGED),
    )
    async def hide(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        organisation: FromPath[str],
    ) -> None:
        """Its initials stand there instead."""
        await actions.remove_logo(keeper, await signed_in(request, sessions), organisation)


def address_of_logo(organisation: str, logo: str | None) -> str | None:
    """Return where a picture is fetched; another picture has another address, so that it may be kept for ever."""
    return f"/api/v1/organisations/{organisation}/logo?v={logo}" if logo else None


async def _body(person: Person, found: OrganisationRow) -> OrganisationBody:
    mine = found.id in await authority.organisations_of(person.id)
    body = OrganisationBody(
        id=found.id,
        name=found.names,
        description=found.description,
        public=found.public,
        default_team_kind=found.team_kind,
        team_creation=found.team_creation,
        logo=address_of_logo(found.id, found.logo),
        teams=await queries.count_teams(found.id),
        administrator=await authority.administers_organisation(person.id, found.id),
        member=mine,
        may_create_teams=await may_create_teams(person.id, found.id, found.team_creation),
        administrators=UNSET,
    )
    if mine:
        chiefs = await queries.administrators_by_name(found.id)
        body.administrators = [OrganisationAdministrator(account, name) for account, name in chiefs]
    return body
