"""Members of a team as a list from, and for, a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from backend.accounts.post import Post
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.languages import LANGUAGES, preferred
from backend.kit.problems import told
from backend.kit.texts import say
from backend.people.actions.keeper import RightsKeeper
from backend.people.actions.lists import Planned, carry_out, list_of, plan_list
from backend.people.controllers.common import CHANGED, count, signed_in
from backend.people.controllers.invitations import InvitationLimits
from backend.people.links import Links
from backend.people.schemas.teams import CsvBody, CsvLine, MembersCsv

MAX_BODY = 4_000_000
"""Bytes: enough to say «too many lines» instead of «too large»."""


class ListController(Controller):
    """Many people at once."""

    path = "/teams/{team:str}"
    tags = ("teams",)

    @post(
        "/members/csv",
        status_code=200,
        request_max_body_size=MAX_BODY,
        summary="Put many people into a team",
        responses=told(*CHANGED, errors.WRONG_COLUMNS, errors.TOO_MANY_LINES, errors.TOO_MANY_REQUESTS),
    )
    async def read(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        links: NamedDependency[Links],
        mails: NamedDependency[Post],
        invitation_limits: NamedDependency[InvitationLimits],
        team: FromPath[str],
        data: JSONBody[MembersCsv],
    ) -> CsvBody:
        """With `preview` it is only told what would happen with each line."""
        person = await signed_in(request, sessions)
        found, planned = await plan_list(person, team, data.csv)
        if not data.preview:
            count(invitation_limits.make, person.id)
            language = data.language if data.language in LANGUAGES else person.language
            await carry_out(
                keeper, mails, links, person, found, planned, str(request.base_url), language or person.language
            )
        return _body(planned, preferred(request.headers.get("accept-language")), preview=data.preview)

    @get(
        "/members.csv",
        media_type="text/csv",
        summary="The members of a team as a list",
        responses=told(*CHANGED),
    )
    async def write(
        self, request: Request[Any, Any, Any], sessions: NamedDependency[Sessions], team: FromPath[str]
    ) -> Response[str]:
        """For who administers it: names and since when, no addresses."""
        content = await list_of(await signed_in(request, sessions), team)
        headers = {"content-disposition": 'attachment; filename="members.csv"'}
        return Response(content, media_type="text/csv", headers=headers)


def _body(planned: Sequence[Planned], language: str, *, preview: bool) -> CsvBody:
    lines = [
        CsvLine(one.line.number, one.line.email[:200], one.outcome, say(f"people.csv.{one.why}", language))
        for one in planned
    ]
    outcomes = [one.outcome for one in planned]
    return CsvBody(
        preview=preview,
        lines=lines,
        joins=outcomes.count("joins"),
        already=outcomes.count("already"),
        invited=outcomes.count("invited"),
        bad=outcomes.count("bad") + outcomes.count("duplicate"),
    )
