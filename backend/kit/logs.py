"""Log lines: structured, for people or for programs, and without anybody's data in them.

A request is logged with its method, the *template* of its route, status and duration: paths hold ids of processes
and documents, query strings may hold anything, so neither is written. Addresses of people are not written either.
"""

import logging
import sys
import time
from typing import Literal

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

_QUIET = ("aiosqlite", "httpcore", "httpx", "piccolo", "uvicorn.access", "uvicorn.error")
_WHERE = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
"""Where a fault happened, without the values of variables: those are people's passwords and words."""
_access = structlog.get_logger("interlink.access")


def set_up_logs(look: Literal["console", "json"], level: str) -> None:
    """Send every log line, also those of libraries, to standard error in one form."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    rendering: list[structlog.types.Processor] = (
        [structlog.processors.ExceptionRenderer(_WHERE), structlog.processors.JSONRenderer()]
        if look == "json"
        else [_for_people()]
    )
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _for_people() -> structlog.dev.ConsoleRenderer:
    colours = sys.stderr.isatty()
    return structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)


class AccessLog:
    """ASGI middleware: one line for each request. What is below `mounted` has no template; it is all one route."""

    def __init__(self, app: ASGIApp, *, mounted: str) -> None:
        self._app = app
        self._mounted = mounted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0
        below = f"{self._mounted}/…" if scope["path"].startswith(self._mounted) else "-"

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            route = scope.get("path_template") or below
            _access.info("request", method=scope["method"], route=route, status=status, ms=milliseconds)
