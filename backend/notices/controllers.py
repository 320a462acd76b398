"""HTTP: notices on the device in hand. Everything here is about the session that asks."""

import hashlib
from typing import Any

import msgspec
from litestar import Controller, Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from backend.accounts.limits import Limit
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.clock import Clock
from backend.kit.problems import bare, told
from backend.notices import queries
from backend.notices.devices import Devices
from backend.notices.schemas import DeliveryBody, PushBody, PushHereBody, ReceiptsBody, Subscribe, TestedBody

LATEST = 10
_CHANGE = (errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, errors.CROSS_SITE, errors.TOO_MANY_REQUESTS)
AnyRequest = Request[Any, Any, Any]


class PushLimits:
    """How often one device may do what here; one for the whole program."""

    def __init__(self) -> None:
        self.subscribe = Limit(30, 3_000, 100)
        self.test = Limit(10, 300, 20)
        self.receipts = Limit(300, 30_000, 1_000)


class PushController(Controller):
    """Push messages to the device in hand."""

    path = "/push"
    tags = ("push",)

    @get(summary="Notices on this device", responses=told(errors.SIGN_IN_NEEDED))
    async def here(
        self, request: AnyRequest, sessions: NamedDependency[Sessions], devices: NamedDependency[Devices]
    ) -> PushBody:
        """Whether it takes any, what to subscribe with, and what became of the latest."""
        visit = await sessions.signed_in(request)
        found = await devices.here(visit)
        rows = await queries.log_of(visit.session, LATEST)
        return PushBody(
            public_key=devices.keys.current.public_text,
            here=PushHereBody(
                state=found.state if found else None,
                endpoint=hashlib.sha256(found.endpoint.encode()).hexdigest() if found else None,
                since=found.since if found else None,
            ),
            deliveries=[msgspec.convert(_camel(row), DeliveryBody) for row in rows],
        )

    @put(
        "/subscription",
        status_code=204,
        summary="Send notices to this device",
        responses=bare(204, "It takes notices.") | told(*_CHANGE, errors.PUSH_KEY, errors.PUSH_ENDPOINT),
    )
    async def subscribe(
        self,
        request: AnyRequest,
        sessions: NamedDependency[Sessions],
        devices: NamedDependency[Devices],
        push_limits: NamedDependency[PushLimits],
        data: JSONBody[Subscribe],
    ) -> Response[None]:
        """Takes the place of what the device registered before."""
        visit = await sessions.signed_in(request)
        push_limits.subscribe.take(request, visit.session)
        await devices.subscribe(visit, data.subscription, data.public_key)
        return Response(None, status_code=204)

    @delete(
        "/subscription",
        summary="No notices to this device",
        responses=bare(204, "It takes none.") | told(errors.SIGN_IN_NEEDED, errors.CROSS_SITE),
    )
    async def unsubscribe(
        self, request: AnyRequest, sessions: NamedDependency[Sessions], devices: NamedDependency[Devices]
    ) -> Response[None]:
        """What waits for it is cancelled. Signing out does the same."""
        await devices.unsubscribe(await sessions.signed_in(request))
        return Response(None, status_code=204)

    @post(
        "/test",
        status_code=202,
        summary="Send me a test",
        responses=told(errors.SIGN_IN_NEEDED, errors.CROSS_SITE, errors.NOT_SUBSCRIBED, errors.TOO_MANY_REQUESTS),
    )
    async def test(
        self,
        request: AnyRequest,
        sessions: NamedDependency[Sessions],
        devices: NamedDependency[Devices],
        push_limits: NamedDependency[PushLimits],
    ) -> TestedBody:
        """One notice to this device; `GET /push` tells what became of it."""
        visit = await sessions.signed_in(request)
        push_limits.test.take(request, visit.session)
        return TestedBody(notice=await devices.test(visit))

    @post(
        "/receipts",
        status_code=204,
        summary="What was shown and opened here",
        responses=bare(204, "Noted, as far as it was sent to this device.") | told(*_CHANGE),
    )
    async def receipts(
        self,
        request: AnyRequest,
        sessions: NamedDependency[Sessions],
        clock: NamedDependency[Clock],
        push_limits: NamedDependency[PushLimits],
        data: JSONBody[ReceiptsBody],
    ) -> Response[None]:
        """Sent by the service worker, again if it must; what was told already stays as it was."""
        visit = await sessions.signed_in(request)
        push_limits.receipts.take(request, visit.session)
        for one in data.receipts:
            await queries.note_seen(visit.session, one.notice, one.seen, clock())
        return Response(None, status_code=204)


def _camel(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in DeliveryBody.__struct_fields__}
