"""Who may do what in a process: seen, tried out, changed, explained."""

from typing import Annotated, Any

from litestar import Controller, Request, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import told
from backend.people import queries
from backend.people.access import Verb, may
from backend.people.actions import grants as actions
from backend.people.actions.invitations import process_seen
from backend.people.actions.keeper import RightsKeeper
from backend.people.controllers.common import CHANGED, SEEN, signed_in
from backend.people.explain import Reason, explain
from backend.people.queries.people import account_of_member
from backend.people.schemas.processes import (
    GrantBody,
    GrantChanges,
    GrantsBody,
    PreviewBody,
    RightReason,
    RightsBody,
)

MAX_BODY = 262_144
"""Bytes of 500 changes, with room."""
Item = Annotated[str, QueryParameter(max_length=26, description="Key of an item; the whole process without one.")]
OfMember = Annotated[str, QueryParameter(max_length=26, description="Somebody else's member id, for administrators.")]
_WRONG = (errors.UNKNOWN_TEAM, errors.CONFLICT, errors.TOO_LARGE)


class GrantController(Controller):
    """Grants of a process."""

    path = "/processes/{process:str}"
    tags = ("rights",)

    @get("/grants", summary="Who may do what", responses=told(*SEEN))
    async def read(
        self, request: Request[Any, Any, Any], sessions: NamedDependency[Sessions], process: FromPath[str]
    ) -> GrantsBody:
        """For members; their devices have the same in documents. `version` goes with changes."""
        await process_seen(await signed_in(request, sessions), process)
        return await _body(process)

    @post(
        "/grants/preview",
        status_code=200,
        request_max_body_size=MAX_BODY,
        summary="Who would gain and lose what",
        responses=told(*CHANGED, *_WRONG),
    )
    async def preview(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        process: FromPath[str],
        data: JSONBody[GrantChanges],
    ) -> PreviewBody:
        """Nothing changes."""
        person = await signed_in(request, sessions)
        await process_seen(person, process, administrator=True)
        return await actions.preview(keeper, person, process, data)

    @put(
        "/grants",
        request_max_body_size=MAX_BODY,
        summary="Change who may do what",
        responses=told(*CHANGED, *_WRONG),
    )
    async def change(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        process: FromPath[str],
        data: JSONBody[GrantChanges],
    ) -> GrantsBody:
        """All changes or none; none when somebody else has changed grants since `version`."""
        person = await signed_in(request, sessions)
        await process_seen(person, process, administrator=True)
        await actions.save(keeper, person, process, data)
        return await _body(process)

    @get("/rights", summary="What one may do on an item, and why", responses=told(*SEEN))
    async def explain(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        keeper: NamedDependency[RightsKeeper],
        process: FromPath[str],
        item: Item = "",
        member: OfMember = "",
    ) -> RightsBody:
        """My own rights; of somebody else for administrators."""
        person = await signed_in(request, sessions)
        await process_seen(person, process)
        account = person.id
        mine = await queries.membership(person.id, process)
        if member and mine and member != mine.member:
            await process_seen(person, process, administrator=True)
            account = await account_of_member(process, member) or ""
        standing = await queries.standing_of(account, process)
        path = keeper.ground.paths(process).get(item or process)
        if standing.member is None or path is None:
            raise Problem(errors.NOT_FOUND)
        names = {one.id: one.names for one in await queries.teams_of(process)}
        return RightsBody(
            member=standing.member,
            item=item or None,
            administrator=standing.administrator,
            access=may(standing, Verb.ACCESS, path),
            create=may(standing, Verb.CREATE, path),
            delete=may(standing, Verb.DELETE, path),
            reasons=[_reason(one, names) for one in explain(standing, path)],
        )


async def _body(process: str) -> GrantsBody:
    grants = await queries.grants_of(process)
    return GrantsBody(
        await actions.version_of(process),
        [GrantBody(one.id, one.team, one.target, one.access, one.create, one.delete) for one in grants],
    )


def _reason(one: Reason, names: dict[str, dict[str, str]]) -> RightReason:
    return RightReason(one.team, names.get(one.team, {}), one.target, one.verb, one.allows, one.decides)
