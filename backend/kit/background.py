"""Work that goes on beside the server for as long as it runs."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

PAUSE_SECONDS = 5.0
_log = structlog.get_logger("interlink")


async def keep_running(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run `work` until cancelled; a fault of it is logged, and after a pause it begins again."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 — one fault must not end what everybody relies on
            _log.error("background work failed", work=name, error=type(error).__name__, exc_info=error)
        await asyncio.sleep(PAUSE_SECONDS)
