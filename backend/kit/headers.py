"""The headers of every answer, so that no route can forget one (OWASP ASVS 5.0, 3.4.1 to 3.4.6; 14.3.2).

The policy allows what our own pages need and nothing else: no inline script or style, no other origin, no `eval`,
and DOM sinks take Trusted Types only. A route that needs a stricter one (a file somebody uploaded) sets its own;
what a route set is kept.
"""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
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
        headers = {**HEADERS, **({"strict-transport-security": STRICT_TRANSPORT} if secure else {})}
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return

        private = scope["path"].startswith(self._private)  # asked now: a mounted application changes the path

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = [(name.lower(), value) for name, value in message.get("headers", ())]
                if private:
                    sent = [one for one in sent if one[0] != b"cache-control"]
                known = {name for name, _ in sent}
                message["headers"] = sent + [one for one in self._headers if one[0] not in known]
            await send(message)

        await self._app(scope, receive, send_with_headers)
