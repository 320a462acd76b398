"""The web application: everything meets here, once.

request ─▶ access log ─▶ security headers ─▶ not too many at once ─▶ cross-site guard
    ─▶ /api/v1/…   controllers of the rooms
       /db/…       the replication door
       else        the built PWA
"""

from pathlib import Path
from typing import Any

from litestar import Litestar, MediaType, Request, Router, post
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.types import ControllerRouterHandler

from backend.accounts.controllers import CONTROLLERS as ACCOUNTS
from backend.accounts.sessions import cookie_name
from backend.arrivals import open_reception
from backend.codelivery.calendar_controllers import CalendarController, CalendarLimits
from backend.codelivery.certificate_controllers import CertificateController, CertificateLimits
from backend.codelivery.feed import Feed
from backend.conflicts.controllers import ConflictController
from backend.files.controllers import FileController
from backend.house import House
from backend.kinds.context import Contexts
from backend.kinds.controllers import ContextLimit, LinkController
from backend.kit import errors
from backend.kit.crowd import Crowd
from backend.kit.csrf import CrossSiteGuard
from backend.kit.errors import Problem
from backend.kit.headers import SecurityHeaders
from backend.kit.logs import AccessLog
from backend.kit.problems import EXCEPTION_HANDLERS
from backend.kit.settings import Settings
from backend.kit.static import StaticFolder, static_route
from backend.meta import ServerBody, health, meta, our_version
from backend.notices.call_controllers import CallController
from backend.notices.controllers import PushController, PushLimits
from backend.people.controllers.applications import ApplicationController, ApplicationLimit
from backend.people.controllers.common import MakingLimit
from backend.people.controllers.grants import GrantController
from backend.people.controllers.invitations import InvitationController, InvitationLimits, InvitationsOfController
from backend.people.controllers.lists import ListController
from backend.people.controllers.organisations import OrganisationController
from backend.people.controllers.processes import ProcessPeopleController
from backend.people.controllers.teams import TeamController
from backend.people.links import Links
from backend.privacy.controllers import PrivacyController
from backend.privacy.register import make_register
from backend.processes.controllers import ProcessController, StartLimit
from backend.projections.controllers import OpinionController
from backend.projections.opinions import Opinions
from backend.public.blocks import Blocks
from backend.public.controllers import PublicController, Shell
from backend.public.page import PLAIN_SHELL
from backend.replication.controllers import SpaceController
from backend.replication.hooks import SpaceHooks
from backend.replication.pace import Pace
from backend.replication.registry import TYPES
from backend.replication.rights import FileRights
from backend.replication.volume import Volumes
from backend.search.controllers import SearchController, SearchLimit
from backend.tables import TABLES
from sync import door

API = "/api/v1"
DOOR = "/db"
MAX_BODY = 65_536
"""Bytes of a request body, where a route does not say otherwise."""


def create_app(house: House) -> Litestar:
    """Return the application that serves an open house."""
    settings = house.settings
    app = _Application(
        route_handlers=[_api(), _door(house), no_couchdb_session, PublicController, *_static(settings)],
        dependencies=_dependencies(house),
        exception_handlers={**EXCEPTION_HANDLERS},
        openapi_config=_openapi(),
        request_max_body_size=MAX_BODY,
        logging_config=None,
        debug=False,
    )
    # Around the whole application, not as its middleware: that is skipped when no route matches.
    guard = CrossSiteGuard(app.asgi_handler, cookie=house.sessions.cookie, origin=settings.origin, door=DOOR)
    most = {"feeds": settings.feeds_at_once, "requests": settings.requests_at_once}
    crowd = Crowd(guard, cookie=house.sessions.cookie, door=DOOR, **most)
    app.asgi_handler = AccessLog(SecurityHeaders(crowd, secure=settings.secure, private=DOOR), mounted=DOOR)
    return app


class _Application(Litestar):
    """Litestar without what it loads for libraries that happen to be installed.

    Piccolo brings pydantic, others bring attrs; our bodies are msgspec's. It would cost 9 MB, and there is no setting.
    """

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Interlink",
        version=our_version(),
        description="What needs a network by nature; the work of people travels through the replication door.",
        openapi_router=Router(API, route_handlers=[], include_in_schema=False, before_request=_only_openapi),
        render_plugins=[JsonRenderPlugin(path="/openapi.json", media_type=MediaType.JSON)],
        use_handler_docstrings=True,
    )


async def _only_openapi(request: Request[Any, Any, Any]) -> None:
    """Keep Litestar's own page for «no such documentation» away: below /api every answer is for programs."""
    if request.scope["path"] != f"{API}/openapi.json":
        raise Problem(errors.NOT_FOUND)


def _api() -> Router:
    rooms = [
        *ACCOUNTS,
        SpaceController,
        CalendarController,
        CertificateController,
        ProcessController,
        ConflictController,
        FileController,
        LinkController,
        PrivacyController,
        SearchController,
        PushController,
        CallController,
        OpinionController,
        OrganisationController,
        TeamController,
        InvitationController,
        InvitationsOfController,
        ProcessPeopleController,
        GrantController,
        ApplicationController,
        ListController,
    ]
    return Router(API, route_handlers=[health, meta, *rooms])


def _door(house: House) -> ControllerRouterHandler:
    return door.routes(
        house.store, SpaceHooks(house.doorkeeper, house.sessions), prefix=DOOR, meter=Pace(house.settings)
    )


@post("/_session", include_in_schema=False)
async def no_couchdb_session() -> None:
    """Tell CouchDB's replicator, which asks here for a cookie first, to go on with the credential in its address."""
    raise Problem(errors.NOT_FOUND)


def _dependencies(house: House) -> dict[str, Provide]:
    """Return what a controller may ask for by name."""
    server = ServerBody(house.secrets.server_id, house.settings.name, our_version())
    links = Links(house.secrets.session_key, house.settings.origin)
    rights = FileRights(house.doorkeeper)
    return {
        "calendar_limits": _given(CalendarLimits()),
        "certificate_limits": _given(CertificateLimits()),
        "clock": _given(house.clock),
        "contexts": _given(_contexts(house, server.id)),
        "context_limit": _given(ContextLimit()),
        "devices": _given(house.notices.devices),
        "blocks": _given(Blocks(house.spaces, house.clock)),
        "doorkeeper": _given(house.doorkeeper),
        "sessions": _given(house.sessions),
        "reception": _given(open_reception(house, links)),
        "keeper": _given(house.keeper),
        "links": _given(links),
        "mails": _given(house.post),
        "feed": _given(Feed(house.spaces, rights, house.clock, house.settings.origin)),
        "invitation_limits": _given(InvitationLimits()),
        "making_limit": _given(MakingLimit()),
        "application_limit": _given(ApplicationLimit()),
        "opinions": _given(Opinions(house.store, house.spaces, house.clock)),
        "push_limits": _given(PushLimits()),
        "register": _given(make_register(TYPES, TABLES)),
        "rights": _given(rights),
        "word_index": _given(house.search),
        "search_limit": _given(SearchLimit()),
        "server": _given(server),
        "server_id": _given(server.id),
        "shelf": _given(house.shelf),
        "shell": _given(_shell(house.settings)),
        "spaces": _given(house.spaces),
        "start_limit": _given(StartLimit()),
        "volumes": _given(Volumes(house.store)),
        "documents": _given(TYPES.versions()),
    }


def _contexts(house: House, server_id: str) -> Contexts:
    issuer = house.settings.origin or f"urn:interlink:{server_id}"
    secrets = house.secrets
    return Contexts(pem=secrets.context_pem, key=secrets.session_key, issuer=issuer, clock=house.clock)


def _given(value: Any) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)


def _static(settings: Settings) -> list[ControllerRouterHandler]:
    folder = built_pwa(settings)
    return [static_route(StaticFolder(folder))] if folder else []


def _shell(settings: Settings) -> Shell:
    """Return what public pages are made from."""
    cookie = cookie_name(secure=settings.secure)
    folder = built_pwa(settings)
    return Shell((folder / "index.html").read_text() if folder else PLAIN_SHELL, settings.origin, cookie)


def built_pwa(settings: Settings) -> Path | None:
    """Find the built PWA: the folder of the setting, the wheel's, or the checkout's; None when it was not built."""
    here = Path(__file__).parent
    places = [settings.static] if settings.static else [here / "static", here.parent / "pwa" / "dist"]
    return next((place for place in places if (place / "index.html").is_file()), None)
