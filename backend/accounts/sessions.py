"""The session of a device: who is signed in, over weeks without a network.

A browser holds a random token in a cookie that no script can read; a program without cookies holds one of its own and
sends it as `Authorization: Bearer <token>`, or as Basic with the account's id for CouchDB's replicator (RFC 6750, RFC
7617). The server holds only its keyed digest. A cookie's token is worth nothing in the header, and the other way round.

Signing in always makes a new token and ends the session the same cookie had before. Cookie and session live for 400
days, the longest that browsers allow, because a field worker may be away for long and must not find their work locked.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from msgspec import Struct

from backend.accounts import queries
from backend.accounts.devices import described
from backend.accounts.domain import Person, Proof, Scope, Visit
from backend.accounts.tables import Session
from backend.kit import errors
from backend.kit.clock import Clock
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid

LIFETIME = timedelta(days=400)
FRESH = timedelta(minutes=15)
"""How long a sign-in counts as proof for what cannot be undone."""
TOKEN_BYTES = 32
MAX_TOKEN = 100
MAX_HEADER = 300
_CACHED = "visit"
_FOR_ALL = ("/api/v1/session", "/api/v1/spaces", "/api/v1/files/", "/api/v1/meta")
"""What a program that replicates needs beside the door."""
Connection = ASGIConnection[Any, Any, Any, Any]


class Begun(Struct, frozen=True):
    """A session that has just begun."""

    session: str
    token: str
    cookie: Cookie


class Sessions:
    """Makes, reads and ends sessions; one for the whole program."""

    def __init__(self, *, key: bytes, secure: bool, clock: Clock) -> None:
        self._key = key
        self.secure = secure
        self._clock = clock
        self.cookie = cookie_name(secure=secure)

    async def visit(self, connection: Connection) -> Visit | None:
        """Return the session of a request, also one that is lost or disabled; asked once per request."""
        state: dict[str, Any] = connection.scope["state"]
        if _CACHED not in state:
            state[_CACHED] = await self._find(connection)
        return state[_CACHED]

    async def person(self, connection: Connection) -> Person | None:
        """Return who sent a request; None when nobody is signed in, or not for this."""
        found = await self.visit(connection)
        return found.person if found and _good(found, connection.scope["path"]) else None

    async def again(self, connection: Connection) -> Person | None:
        """Return who sent a request that has been open for a while: the session may have ended meanwhile."""
        connection.scope["state"].pop(_CACHED, None)
        return await self.person(connection)

    async def signed_in(self, connection: Connection) -> Visit:
        """Return the session of a request. Raises Problem 401 or 403 when it is not good for this."""
        found = await self.visit(connection)
        if found is None or found.lost:
            raise Problem(errors.SIGN_IN_NEEDED)
        if found.disabled:
            raise Problem(errors.ACCOUNT_DISABLED)
        if not _good(found, connection.scope["path"]):
            raise Problem(errors.CREDENTIAL_SCOPE)
        return found

    async def freshly(self, connection: Connection) -> Visit:
        """Return the session of somebody who proved within 15 minutes who they are. Raises Problem 401 or 403.

        An account without any way to prove it again (a name and nothing else) is taken as it is.
        """
        found = await self.signed_in(connection)
        if not self.is_fresh(found) and (await queries.ways(found.person.id)).any:
            raise Problem(errors.SIGN_IN_AGAIN)
        return found

    def is_fresh(self, visit: Visit) -> bool:
        """Say whether a session began so lately that it counts as proof."""
        return self._clock() - visit.began <= FRESH and visit.proved != Proof.SESSION

    async def begin(
        self, account: str, device: str, cookies: Mapping[str, str], *, proof: Proof = Proof.PASSWORD, agent: str = ""
    ) -> Begun:
        """Sign an account in on a browser, and end the session its cookie had before."""
        await self.end(cookies)
        name, kind = described(agent)
        session, token = await self._keep(
            account=account, device=device, name=name, kind=kind, scope=Scope.BROWSER, proved=proof
        )
        return Begun(session, token, self._cookie(token, LIFETIME))

    async def begin_program(
        self, account: str, name: str, *, device: str = "", scope: Scope = Scope.APP, proof: Proof = Proof.SESSION
    ) -> tuple[str, str]:
        """Make a program's way in and return its id and its token."""
        return await self._keep(account=account, device=device, name=name, kind="program", scope=scope, proved=proof)

    async def end(self, cookies: Mapping[str, str]) -> Cookie:
        """End the session of a cookie, if it is one, and return the cookie that takes it from the device."""
        if token := cookies.get(self.cookie):
            await Session.delete().where((Session.token == self._digest(token)) & Session.lost.eq(False))
        return self.no_cookie()

    async def forget(self, session: str) -> None:
        """End one session."""
        await Session.delete().where(Session.id == session)

    def no_cookie(self) -> Cookie:
        """Return the cookie that takes the session's from a device."""
        return self._cookie("", timedelta(0))

    async def _keep(self, **members: Any) -> tuple[str, str]:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        row = Session(
            id=new_ulid(now.timestamp()),
            token=self._digest(token),
            created=now,
            seen=now.date(),
            expires=now + LIFETIME,
            **members,
        )
        await row.save()
        await Session.delete().where(Session.expires < now)
        return row.id, token

    async def _find(self, connection: Connection) -> Visit | None:
        account, token = _given(connection)
        by_cookie = token is None
        token = connection.cookies.get(self.cookie) if by_cookie else token
        if not token or len(token) > MAX_TOKEN:
            return None
        now = self._clock()
        found = await queries.visit_of_token(self._digest(token), now)
        if found is None or (found.scope is Scope.BROWSER) is not by_cookie or account not in ("", found.person.id):
            return None
        if found.seen != now.date():
            with suppress(Problem):  # on a full disk people go on reading
                await Session.update({Session.seen: now.date()}).where(Session.id == found.session)
        return found

    def _digest(self, token: str) -> str:
        return hmac.new(self._key, token.encode(), hashlib.sha256).hexdigest()

    def _cookie(self, value: str, age: timedelta) -> Cookie:
        seconds = int(age.total_seconds())
        return Cookie(self.cookie, value=value, max_age=seconds, secure=self.secure, httponly=True, samesite="lax")


def cookie_name(*, secure: bool) -> str:
    """Name the session cookie; `__Host-` makes browsers refuse it from anybody but this very host, by https only."""
    return "__Host-interlink" if secure else "interlink"


def reaches(scope: Scope, path: str) -> bool:
    """Say whether a session of this scope is good for an address."""
    at_the_door = not path.startswith("/api/")
    if scope is Scope.REPLICATION:
        return at_the_door or any(path == one or (one.endswith("/") and path.startswith(one)) for one in _FOR_ALL)
    return scope is not Scope.API or not at_the_door


def _good(visit: Visit, path: str) -> bool:
    return not visit.lost and not visit.disabled and reaches(visit.scope, path)


def _given(connection: Connection) -> tuple[str, str | None]:
    """Return account and token of an `Authorization` header; no token where there is no such header.

    A header that cannot be read is a token that nobody has, so that it never counts for less than a wrong one.
    """
    header = connection.headers.get("authorization")
    if header is None:
        return "", None
    scheme, _, value = header[:MAX_HEADER].strip().partition(" ")
    if scheme.lower() == "bearer":
        return "", value.strip()
    if scheme.lower() != "basic":
        return "", ""
    try:
        account, _, token = base64.b64decode(value.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return account or "-", token
