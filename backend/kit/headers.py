"""The headers of every answer, so that no route can forget one (OWASP ASVS 5.0, 3.4.1 to 3.4.6; 14.3.2).

The policy allows what our own pages need and nothing else: no inline script or style, no other origin, no `eval`,
and DOM sinks take Trusted Types only. A route that needs a stricter one (a file somebody uploaded) sets its own;
what a route set is kept.
"""

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'"
)
_NOBODY_KEEPS = "no-store"
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": _NOBODY_KEEPS,
}
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"
"""Two years of https only; sent when people reach us by https."""


class SecurityHeaders:
    """ASGI middleware: adds each header that the route did not set.

    Nobody keeps an answer unless its route says so, and never what is below the path `private`: CouchDB's own answers
    may be kept as long as they are asked for again, ours hold what one person may see.
    """

    def __init__(self, app: ASGIApp, *, secure: bool, private: str) -> None:
        self._app = app
        self._private = private
        self._headers = {**HEADERS, **({"strict-transport-security": STRICT_TRANSPORT} if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return

        private = scope["path"].startswith(self._private)  # asked now: a mounted application changes the path

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                headers = MutableScopeHeaders.from_message(message)
                if private:
                    headers["cache-control"] = _NOBODY_KEEPS
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
