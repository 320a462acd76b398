"""HTTP of the calendar: the link is made, revoked and looked at by its owner; who has it fetches the calendar."""

import hashlib
from datetime import datetime
from typing import Any, Final

from litestar import Controller, Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from backend.accounts.limits import Limit
from backend.accounts.sessions import Sessions
from backend.codelivery import queries
from backend.codelivery.feed import Feed, digest_of
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import bare, told

ICS: Final = "text/calendar; charset=utf-8"
_SUFFIX: Final = ".ics"
_LONGEST: Final = 100
AnyRequest = Request[Any, Any, Any]


class CalendarLimits:
    """How often a calendar may be fetched, and a link be made; one for the whole program."""

    def __init__(self) -> None:
        self.fetch = Limit(60, 3_000, 120)
        self.make = Limit(10, 300, 20)


class CalendarBody(Struct):
    """Whether there is a link."""

    made: datetime | None
    """When; none: there is no link."""


class CalendarLinkBody(Struct):
    """A link that was made just now."""

    path: str
    """To be fetched at this server. Shown this once: only its digest is kept."""
    made: datetime


class CalendarController(Controller):
    """My commitments as a calendar for other programs."""

    path = "/calendar"
    tags = ("calendar",)

    @get(summary="Whether my calendar has a link", responses=told(errors.SIGN_IN_NEEDED))
    async def state(self, request: AnyRequest, sessions: NamedDependency[Sessions]) -> CalendarBody:
        """Tell when it was made; the link itself is not kept."""
        visit = await sessions.signed_in(request)
        return CalendarBody(await queries.made_at(visit.person.id))

    @post(
        status_code=201,
        summary="Make a link to my calendar",
        responses=told(errors.SIGN_IN_NEEDED, errors.CROSS_SITE, errors.TOO_MANY_REQUESTS),
    )
    async def make(
        self,
        request: AnyRequest,
        sessions: NamedDependency[Sessions],
        feed: NamedDependency[Feed],
        calendar_limits: NamedDependency[CalendarLimits],
    ) -> CalendarLinkBody:
        """Whoever has the link can read the calendar. The link before leads nowhere from now on."""
        visit = await sessions.signed_in(request)
        calendar_limits.make.take(request, visit.person.id)
        secret = await feed.new_secret(visit.person.id)
        made = await queries.made_at(visit.person.id)
        if made is None:  # revoked by another device at the same moment
            raise Problem(errors.CONFLICT)
        return CalendarLinkBody(f"{request.url.path.rstrip('/')}/{secret}{_SUFFIX}", made)

    @delete(
        summary="Revoke the link to my calendar",
        responses=bare(204, "It leads nowhere.") | told(errors.SIGN_IN_NEEDED, errors.CROSS_SITE),
    )
    async def revoke(self, request: AnyRequest, sessions: NamedDependency[Sessions]) -> None:
        """Programs that fetched it keep what they have, and get nothing new."""
        visit = await sessions.signed_in(request)
        await queries.forget_link(visit.person.id)

    @get(
        "/{file:str}",
        media_type=ICS,
        summary="Fetch a calendar by its link",
        responses=bare(304, "Nothing has changed since.") | told(errors.NOT_FOUND, errors.TOO_MANY_REQUESTS),
    )
    async def fetch(
        self,
        request: AnyRequest,
        file: FromPath[str],
        feed: NamedDependency[Feed],
        calendar_limits: NamedDependency[CalendarLimits],
    ) -> Response[bytes]:
        """The iCalendar (RFC 5545) of one's own commitments; `file` is the secret and `.ics`. Nobody else is in it."""
        secret = file.removesuffix(_SUFFIX)
        if secret == file or len(secret) > _LONGEST:
            raise Problem(errors.NOT_FOUND)
        calendar_limits.fetch.take(request, digest_of(secret))
        content = await feed.of(secret, str(request.base_url))
        if content is None:
            raise Problem(errors.NOT_FOUND)
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {
            "etag": tag,
            "cache-control": "private, no-cache",
            "content-disposition": "inline; filename=interlink.ics",
        }
        if tag in _tags(request.headers.get("if-none-match", "")):
            return Response(b"", status_code=304, headers=headers)
        return Response(content, media_type=ICS, headers=headers)


def _tags(header: str) -> set[str]:
    """Return the tags of `If-None-Match`, compared weakly (RFC 9110 §13.1.2)."""
    return {one.strip().removeprefix("W/") for one in header[:1_000].split(",")}
