"""HTTP: the devices and programs that are signed in as the person who asks."""

from datetime import UTC, date, datetime
from typing import cast

from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from backend.accounts import queries
from backend.accounts.actions.devices import PROGRAMS, add_program, keep_report, report_lost, sign_out
from backend.accounts.device_schemas import (
    AddCredential,
    CredentialBody,
    CredentialsBody,
    DeviceBody,
    DevicesBody,
    NewCredentialBody,
    ProgramScope,
    SyncReportBody,
)
from backend.accounts.devices import Kind
from backend.accounts.domain import Scope
from backend.accounts.queries import SessionOf
from backend.accounts.reception import AnyRequest, Reception
from backend.kit import errors
from backend.kit.problems import bare, told

_CHANGE = (errors.SIGN_IN_NEEDED, errors.CROSS_SITE, errors.NOT_FOUND, errors.TOO_MANY_REQUESTS)


class DeviceController(Controller):
    """Where somebody is signed in."""

    path = "/devices"
    tags = ("devices",)

    @get(summary="Where I am signed in", responses=told(errors.SIGN_IN_NEEDED))
    async def mine(self, request: AnyRequest, reception: NamedDependency[Reception]) -> DevicesBody:
        """The device that asks comes first, then by last seen."""
        visit = await reception.sessions.signed_in(request)
        found = [one for one in await queries.sessions_of(visit.person.id) if one.scope not in PROGRAMS]
        found.sort(key=lambda one: one.id != visit.session)
        return DevicesBody(devices=[_device(one, visit.session) for one in found])

    @delete(
        "/{device:str}",
        summary="Sign out that device",
        responses=bare(204, "It is signed out; what it holds stays there until somebody signs in.") | told(*_CHANGE),
    )
    async def sign_out(
        self, request: AnyRequest, device: FromPath[str], reception: NamedDependency[Reception]
    ) -> Response[None]:
        """Its next request is answered 401; its work is kept and goes on after the next sign-in there."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.change.take(request, visit.person.id)
        await sign_out(visit, device, programs=False, now=reception.clock())
        return Response(None, status_code=204)

    @post(
        "/{device:str}/lost",
        status_code=204,
        summary="This phone is lost",
        responses=bare(204, "It is told to wipe itself when it next comes.") | told(*_CHANGE),
    )
    async def lost(
        self, request: AnyRequest, device: FromPath[str], reception: NamedDependency[Reception]
    ) -> Response[None]:
        """It is signed out at once, and told `wipe` for 400 days whenever it asks who is signed in."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.change.take(request, visit.person.id)
        await report_lost(visit, device, now=reception.clock())
        return Response(None, status_code=204)

    @post(
        "/here/report",
        status_code=204,
        summary="How far this device is",
        responses=bare(204, "Kept, if the person agreed to share it.")
        | told(errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, errors.CROSS_SITE, errors.TOO_MANY_REQUESTS),
    )
    async def report(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[SyncReportBody]
    ) -> Response[None]:
        """Each report takes the place of the one before."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.report.take(request, visit.session)
        await keep_report(visit, data.spaces, now=reception.clock())
        return Response(None, status_code=204)


class CredentialController(Controller):
    """Ways in for programs."""

    path = "/credentials"
    tags = ("devices",)

    @get(summary="Programs that may sign in as me", responses=told(errors.SIGN_IN_NEEDED))
    async def mine(self, request: AnyRequest, reception: NamedDependency[Reception]) -> CredentialsBody:
        """Oldest first."""
        visit = await reception.sessions.signed_in(request)
        found = sorted(await queries.sessions_of(visit.person.id), key=lambda one: one.id)
        return CredentialsBody(credentials=[_credential(one) for one in found if one.scope in PROGRAMS])

    @post(
        summary="Let a program in",
        responses=told(
            errors.INVALID_REQUEST,
            errors.SIGN_IN_NEEDED,
            errors.SIGN_IN_AGAIN,
            errors.CONFLICT,
            errors.TOO_MANY_REQUESTS,
        ),
    )
    async def add(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[AddCredential]
    ) -> NewCredentialBody:
        """Needs a sign-in of the last 15 minutes. The token is told this once."""
        visit = await reception.sessions.freshly(request)
        reception.limits.change.take(request, visit.person.id)
        now = reception.clock()
        made, token = await add_program(reception.sessions, visit, name=data.name, scope=Scope(data.scope), now=now)
        return NewCredentialBody(
            id=made,
            name=data.name,
            scope=data.scope,
            created=now.date(),
            last_seen=None,
            account=visit.person.id,
            token=token,
        )

    @delete(
        "/{credential:str}",
        summary="Let a program in no more",
        responses=bare(204, "Its next request is answered 401.") | told(*_CHANGE),
    )
    async def revoke(
        self, request: AnyRequest, credential: FromPath[str], reception: NamedDependency[Reception]
    ) -> Response[None]:
        """What the program has not sent stays with it."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.change.take(request, visit.person.id)
        await sign_out(visit, credential, programs=True, now=reception.clock())
        return Response(None, status_code=204)


def _device(one: SessionOf, here: str) -> DeviceBody:
    return DeviceBody(
        id=one.id,
        name=one.name,
        kind=cast("Kind", one.kind),
        created=_day(one.created),
        last_seen=one.seen or _day(one.created),
        here=one.id == here,
        lost=one.lost,
    )


def _credential(one: SessionOf) -> CredentialBody:
    return CredentialBody(
        id=one.id,
        name=one.name,
        scope=cast("ProgramScope", one.scope.value),
        created=_day(one.created),
        last_seen=one.seen,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
