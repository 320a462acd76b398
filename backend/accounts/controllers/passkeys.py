"""HTTP: passkeys, to sign in with and to see to."""

from datetime import date
from typing import Any

from litestar import Controller, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from backend.accounts import queries
from backend.accounts.actions.passkeys import MOST, add_passkey, remove_passkey, rename_passkey, use_passkey
from backend.accounts.domain import Proof
from backend.accounts.passkey_domain import Place
from backend.accounts.reception import AnyRequest, Reception
from backend.accounts.schemas import (
    AddPasskey,
    Anyway,
    OptionsBody,
    PasskeyBody,
    PasskeysBody,
    RenamePasskey,
    SessionBody,
    UsePasskey,
)
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import bare, told

_OPTIONS = (errors.CROSS_SITE, errors.NOT_FOUND, errors.TOO_MANY_REQUESTS)
_ANSWER = (*_OPTIONS, errors.INVALID_REQUEST, errors.WRONG_PASSKEY)


class PasskeySessionController(Controller):
    """Signing in with a passkey."""

    path = "/session/passkey"
    tags = ("session",)

    @post("/options", status_code=200, summary="What to ask a passkey", responses=told(*_OPTIONS))
    async def options(self, request: AnyRequest, reception: NamedDependency[Reception]) -> OptionsBody:
        """For `navigator.credentials.get`; the same for everybody. 404 at an address that can have no passkeys."""
        reception.limits.passkey.take(request, "")
        return OptionsBody(options=await reception.passkeys.to_sign_in(_place(request, reception)))

    @post(status_code=200, summary="Sign in with a passkey", responses=told(*_ANSWER))
    async def begin(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[UsePasskey]
    ) -> Response[SessionBody]:
        """Set the session cookie for whoever holds the passkey."""
        reception.limits.passkey.take(request, "")
        account = await use_passkey(
            reception.passkeys, _place(request, reception), data.credential, now=reception.clock()
        )
        return await reception.welcome(request, account, device=data.device, proof=Proof.PASSKEY)


class PasskeyController(Controller):
    """One's own passkeys."""

    path = "/passkeys"
    tags = ("account",)

    @get(summary="My passkeys", responses=told(errors.SIGN_IN_NEEDED))
    async def mine(self, request: AnyRequest, reception: NamedDependency[Reception]) -> PasskeysBody:
        """Oldest first."""
        visit = await reception.sessions.signed_in(request)
        return PasskeysBody(passkeys=[_passkey(row) for row in await queries.passkeys_of(visit.person.id)])

    @post(
        "/options", status_code=200, summary="How to make a passkey", responses=told(*_OPTIONS, errors.SIGN_IN_NEEDED)
    )
    async def options(self, request: AnyRequest, reception: NamedDependency[Reception]) -> OptionsBody:
        """For `navigator.credentials.create`."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.change.take(request, visit.person.id)
        known = [row["credential"] for row in await queries.passkeys_of(visit.person.id)]
        if len(known) >= MOST:
            raise Problem(errors.CONFLICT)
        return OptionsBody(options=await reception.passkeys.to_make(_place(request, reception), visit.person, known))

    @post(summary="Add a passkey", responses=told(*_ANSWER, errors.SIGN_IN_NEEDED, errors.CONFLICT))
    async def add(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[AddPasskey]
    ) -> PasskeyBody:
        """Keep a new one; there may be several, and the second one is what helps when the first is lost."""
        visit = await reception.sessions.signed_in(request)
        key = await add_passkey(
            reception.passkeys,
            _place(request, reception),
            visit,
            data.credential,
            name=data.name,
            now=reception.clock(),
        )
        return await _one(visit.person.id, key)

    @patch(
        "/{passkey:str}",
        summary="Rename a passkey",
        responses=told(errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, errors.NOT_FOUND),
    )
    async def rename(
        self,
        request: AnyRequest,
        passkey: FromPath[str],
        reception: NamedDependency[Reception],
        data: JSONBody[RenamePasskey],
    ) -> PasskeyBody:
        """The name is for its owner alone."""
        visit = await reception.sessions.signed_in(request)
        await rename_passkey(visit, passkey, data.name)
        return await _one(visit.person.id, passkey)

    @delete(
        "/{passkey:str}",
        summary="Remove a passkey",
        responses=bare(204, "It opens nothing any more.")
        | told(errors.SIGN_IN_NEEDED, errors.NOT_FOUND, errors.LAST_CREDENTIAL, errors.TOO_MANY_REQUESTS),
    )
    async def remove(
        self,
        request: AnyRequest,
        passkey: FromPath[str],
        reception: NamedDependency[Reception],
        anyway: Anyway = None,
    ) -> Response[None]:
        """The last way in is removed only with `anyway`."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.change.take(request, visit.person.id)
        await remove_passkey(visit, passkey, anyway=anyway is True, now=reception.clock())
        return Response(None, status_code=204)


def _place(request: AnyRequest, reception: Reception) -> Place:
    if place := reception.passkeys.at(request):
        return place
    raise Problem(errors.NOT_FOUND)


async def _one(account: str, key: str) -> PasskeyBody:
    found = next((row for row in await queries.passkeys_of(account) if row["id"] == key), None)
    if found is None:
        raise Problem(errors.NOT_FOUND)
    return _passkey(found)


def _passkey(row: dict[str, Any]) -> PasskeyBody:
    created: date = row["created"].date()
    return PasskeyBody(id=row["id"], name=row["name"], created=created, used=row["used"], synced=bool(row["synced"]))
