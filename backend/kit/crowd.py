"""How many requests of one session are answered at the same time, and how many feeds it may keep waiting.

A waiting feed costs little, a request a moment of the processor; a program gone wild would open thousands of either. A
session is what the client shows to sign in, whether or not it is good for anything. All sessions of one household or
office together have `SITE` times as much, and so have those who show none. Whoever has too many is told to come again.
"""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import parse_qs

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send
from msgspec.json import encode

from backend.kit import errors
from backend.kit.problems import PROBLEM_TYPE, render
from backend.kit.ratelimit import site_of

SITE = 50
RETRY_SECONDS = 5
_WAITING = {"longpoll", "continuous", "live", "eventsource"}


class Crowd:
    """ASGI middleware; paths below `door` are answered in the door's own words."""

    def __init__(self, app: ASGIApp, *, cookie: str, door: str, feeds: int, requests: int) -> None:
        self._app = app
        self._cookie = cookie
        self._door = door
        self._most = {"feed": feeds, "request": requests}
        self._here = Counter[tuple[str, str]]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        kind = "feed" if self._waits(scope) else "request"
        most = self._most[kind]
        places = {(kind, f"site {site_of(scope['client'][0] if scope['client'] else '')}"): most * SITE}
        if session := self._session(scope):
            places[(kind, session)] = most
        if any(self._here[place] >= limit for place, limit in places.items()):
            await self._refuse(scope, send)
            return
        with self._inside(list(places)):
            await self._app(scope, receive, send)

    @contextmanager
    def _inside(self, places: list[tuple[str, str]]) -> Generator[None]:
        self._here.update(places)
        try:
            yield
        finally:
            self._here.subtract(places)
            for place in places:
                if not self._here[place]:
                    del self._here[place]

    def _waits(self, scope: HTTPScope) -> bool:
        if not self._at_door(scope) or b"feed=" not in scope["query_string"]:
            return False
        return not _WAITING.isdisjoint(parse_qs(scope["query_string"].decode("latin-1")).get("feed", ()))

    def _at_door(self, scope: HTTPScope) -> bool:
        return scope["path"] == self._door or scope["path"].startswith(f"{self._door}/")

    def _session(self, scope: HTTPScope) -> str:
        headers = Headers.from_scope(scope)
        for one in headers.get("cookie", "").split(";"):
            name, _, value = one.strip().partition("=")
            if name == self._cookie:
                return value
        return headers.get("authorization", "")

    async def _refuse(self, scope: HTTPScope, send: Send) -> None:
        kind = errors.TOO_MANY_REQUESTS
        body, headers = render(kind, Headers.from_scope(scope).get("accept-language"), {"seconds": RETRY_SECONDS})
        headers |= {"content-type": PROBLEM_TYPE}
        if self._at_door(scope):
            body = encode({"error": kind.code, "reason": "Too many requests at the same time; come again."})
            headers = {"content-type": "application/json"}
        headers |= {"content-length": str(len(body)), "retry-after": str(RETRY_SECONDS)}
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": kind.status, "headers": raw})
        await send({"type": "http.response.body", "body": body, "more_body": False})
