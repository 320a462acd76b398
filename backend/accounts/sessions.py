"""The session of a device: who is signed in, over weeks without a network.

The device holds a random token in a cookie that no script can read; the server holds only its keyed digest. Signing
in always makes a new token and ends the session the same cookie had before. Cookie and session live for 400 days,
the longest that browsers allow, because a field worker may be away for long and must not find their work locked.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from backend.accounts import queries
from backend.accounts.domain import Person
from backend.accounts.tables import Session
from backend.kit.clock import Clock
from backend.kit.ids import new_ulid

LIFETIME = timedelta(days=400)
TOKEN_BYTES = 32
MAX_TOKEN = 100
_CACHED = "person"


class Sessions:
    """Makes, reads and ends sessions; one for the whole program."""

    def __init__(self, *, key: bytes, secure: bool, clock: Clock) -> None:
        self._key = key
        self._secure = secure
        self._clock = clock
        self.cookie = cookie_name(secure=secure)

    async def person(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Person | None:
        """Return who sent a request; asked once per request."""
        state: dict[str, Any] = connection.scope["state"]
        if _CACHED not in state:
            state[_CACHED] = await self._find(connection.cookies)
        return state[_CACHED]

    async def again(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Person | None:
        """Return who sent a request that has been open for a while: the session may have ended meanwhile."""
        connection.scope["state"].pop(_CACHED, None)
        return await self.person(connection)

    async def begin(self, account: str, device: str, cookies: Mapping[str, str]) -> Cookie:
        """Sign an account in on a device and return the cookie to set."""
        await self.end(cookies)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        await Session(
            id=new_ulid(now.timestamp()),
            token=self._digest(token),
            account=account,
            device=device,
            created=now,
            expires=now + LIFETIME,
        ).save()
        await Session.delete().where(Session.expires < now)
        return self._cookie(token, LIFETIME)

    async def end(self, cookies: Mapping[str, str]) -> Cookie:
        """End the session of a cookie, if it is one, and return the cookie that takes it from the device."""
        if token := cookies.get(self.cookie):
            await Session.delete().where(Session.token == self._digest(token))
        return self._cookie("", timedelta(0))

    async def _find(self, cookies: Mapping[str, str]) -> Person | None:
        token = cookies.get(self.cookie)
        if not token or len(token) > MAX_TOKEN:
            return None
        return await queries.person_of_token(self._digest(token), self._clock())

    def _digest(self, token: str) -> str:
        return hmac.new(self._key, token.encode(), hashlib.sha256).hexdigest()

    def _cookie(self, value: str, age: timedelta) -> Cookie:
        seconds = int(age.total_seconds())
        return Cookie(self.cookie, value=value, max_age=seconds, secure=self._secure, httponly=True, samesite="lax")


def cookie_name(*, secure: bool) -> str:
    """Name the session cookie; `__Host-` makes browsers refuse it from anybody but this very host, by https only."""
    return "__Host-interlink" if secure else "interlink"
