"""No other site can act in the name of somebody who is signed in here (OWASP ASVS 5.0, 3.5.1 to 3.5.3).

A browser adds our cookie to whatever page asks, so a request that changes something must prove that it comes from
our own pages: it carries `X-Interlink: 1` (a header that another origin cannot add without a preflight, which we
never allow) **and** says by `Sec-Fetch-Site` or, where a browser does not know that one, by `Origin` that it is
ours. Nothing is stored, so a device that was offline for weeks still passes.

Who sends no cookie has no authority that a stranger's page could borrow: CouchDB clients without sign-in pass at the
door. Under `/api` the proof is asked all the same, because signing somebody in *under the attacker's name* begins
without a cookie; only a request with its own `Authorization` is free of it. Cookie and `Authorization` together are
refused: which one counts would be a guess.
"""

from http import HTTPMethod
from urllib.parse import urlsplit

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from backend.kit import errors
from backend.kit.errors import Kind
from backend.kit.problems import PROBLEM_TYPE, render

HEADER = "x-interlink"
COUCHDB_SESSION = "/_session"
"""Where CouchDB's replicator asks for a cookie before it uses the credential in its address; nothing is done there."""
SAFE = frozenset({HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS})


class CrossSiteGuard:
    """ASGI middleware that refuses what did not come from our own pages."""

    def __init__(self, app: ASGIApp, *, cookie: str, origin: str | None, door: str) -> None:
        self._app = app
        self._cookie = cookie
        self._origin = origin
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = self._verdict(scope, scope["method"]) if scope["type"] == ScopeType.HTTP else None
        if kind is None:
            await self._app(scope, receive, send)
            return
        body, headers = render(kind, Headers.from_scope(scope).get("accept-language"), {})
        headers |= {"content-type": PROBLEM_TYPE, "content-length": str(len(body))}
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": kind.status, "headers": raw})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    def _verdict(self, scope: Scope, method: str) -> Kind | None:
        headers = Headers.from_scope(scope)
        cookie = self._has_cookie(headers)
        if cookie and "authorization" in headers:
            return errors.TWO_CREDENTIALS
        if method in SAFE or not (cookie or self._asked_anyway(scope, headers)):
            return None
        if headers.get(HEADER) == "1" and same_site(
            headers, self._origin or f"{scope['scheme']}://{headers.get('host')}"
        ):
            return None
        return errors.CROSS_SITE

    def _has_cookie(self, headers: Headers) -> bool:
        sent = headers.get("cookie", "").split(";")
        return any(one.strip().partition("=")[0] == self._cookie for one in sent)

    def _asked_anyway(self, scope: Scope, headers: Headers) -> bool:
        path = scope["path"]
        at_the_door = path in (self._door, COUCHDB_SESSION) or path.startswith(f"{self._door}/")
        return "authorization" not in headers and not at_the_door


def same_site(headers: Headers, own_origin: str) -> bool:
    """Say whether the browser names our own pages as the origin; a client that names none is no browser."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or _normal(origin) == _normal(own_origin)


def _normal(origin: str) -> tuple[str, str, int | None]:
    parts = urlsplit(origin)
    try:
        port = parts.port
    except ValueError:
        port = -1
    return parts.scheme, parts.hostname or "", port or {"http": 80, "https": 443}.get(parts.scheme)
