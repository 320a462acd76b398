"""HTTP of kinds: only what needs a network by nature. Assets themselves travel by replication."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from backend.accounts.domain import Person
from backend.accounts.sessions import Sessions
from backend.files.domain import Rights
from backend.kinds.context import LIFETIME, Contexts, Visit, origin_of
from backend.kit import errors
from backend.kit.clock import Clock
from backend.kit.errors import Problem
from backend.kit.problems import told
from backend.kit.ratelimit import RateLimit
from backend.kit.spaces import ALL, COMMONS, SpaceKind, Spaces, space_of
from backend.people import queries

PER_HOUR = 60
_HOUR = 3600.0
_Key = Annotated[str, Meta(pattern=r"^[0-9A-Za-z]{26}$")]


class ContextLimit(RateLimit):
    """How often one person may open tools with a context; `context_limit` in the application's dependencies."""

    def __init__(self) -> None:
        super().__init__(PER_HOUR, _HOUR)


class OpenLink(Struct):
    """Which link is opened."""

    process: _Key
    item: _Key
    link: _Key


class OpenedLink(Struct):
    """Where to go."""

    address: str
    """The link's address with the signed context in its fragment."""
    expires: datetime


class LinkController(Controller):
    """Opening tools outside with a signed context."""

    path = "/links"
    tags = ("links",)

    @get("/keys", summary="Public keys by which tools check a context")
    async def keys(self, contexts: NamedDependency[Contexts]) -> dict[str, Any]:
        """Answer with a JSON Web Key Set (RFC 7517)."""
        return contexts.public_keys()

    @post(
        "/context",
        status_code=200,
        summary="Open a link with a signed, short-lived context",
        responses=told(
            errors.INVALID_REQUEST,
            errors.SIGN_IN_NEEDED,
            errors.CROSS_SITE,
            errors.NOT_FOUND,
            errors.TOO_LARGE,
            errors.NO_CONTEXT,
            errors.TOO_MANY_REQUESTS,
        ),
    )
    async def context(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        spaces: NamedDependency[Spaces],
        rights: NamedDependency[Rights],
        contexts: NamedDependency[Contexts],
        clock: NamedDependency[Clock],
        context_limit: NamedDependency[ContextLimit],
        data: JSONBody[OpenLink],
    ) -> OpenedLink:
        """Tell the tool that the link's INTERLINKER declares who comes, from where and as what; nobody else."""
        person = await sessions.person(request)
        if person is None:
            raise Problem(errors.SIGN_IN_NEEDED)
        if wait := context_limit.take(person.id):
            seconds = int(wait) + 1
            raise Problem(errors.TOO_MANY_REQUESTS, headers={"retry-after": str(seconds)}, seconds=seconds)
        space = space_of(SpaceKind.PROCESS, data.process)
        right = await rights.of(person, space, data.item)
        link = await spaces.read(space, f"{data.item}:link:{data.link}") if right.read else None
        if link is None:
            raise Problem(errors.NOT_FOUND)
        url = str(link["url"])
        origin = await _declared(spaces, link)
        if origin is None or origin_of(url) != origin:
            raise Problem(errors.NO_CONTEXT)
        visit = await _visit(person, data, contributes=right.write)
        return OpenedLink(contexts.address(url, origin, visit), clock() + LIFETIME)


async def _declared(spaces: Spaces, link: dict[str, Any]) -> str | None:
    """Return the origin that the link's INTERLINKER wants contexts for; None when it wants none."""
    made_from = link.get("made_from")
    interlinker = await spaces.read(COMMONS, f"{ALL}:interlinker:{made_from}") if made_from else None
    return interlinker.get("context") if interlinker else None


async def _visit(person: Person, data: OpenLink, *, contributes: bool) -> Visit:
    standing = await queries.standing_of(person.id, data.process)
    if standing.member is None:
        raise Problem(errors.NOT_FOUND)
    role = "administrator" if standing.administrator else "contributor" if contributes else "reader"
    return Visit(data.process, data.item, data.link, standing.member, role, person.language)
