"""Forgetting what was superseded long ago, a little at a time, once a day.

A superseded version is kept as long as a device may still be offline with work that began from it: the merge needs it
as the common ancestor, and the gate compares with it. While a conflict lives everything of that document is kept.
"""

import asyncio
from datetime import timedelta

import structlog

from backend.kit.clock import Clock
from sync.compaction import compact
from sync.store import Store

KEPT = timedelta(days=90)
"""The longest time that somebody is offline and still finds what they began from."""
EVERY_SECONDS = 24 * 3600.0
FIRST_SECONDS = 600.0
"""After the start, when everybody comes back at once, there is more urgent work."""
REST_SECONDS = 0.05
"""Between two steps, so that this takes a small part of the machine."""
_log = structlog.get_logger("interlink")


class Upkeep:
    """Compacts all databases; beside the server goes `keep_running("upkeep", Upkeep(…).run)`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        """Compact once a day until cancelled."""
        await asyncio.sleep(FIRST_SECONDS)
        while True:
            forgotten = await self.once(REST_SECONDS)
            _log.info("superseded versions forgotten", versions=forgotten)
            await asyncio.sleep(EVERY_SECONDS)

    async def once(self, rest: float = 0) -> int:
        """Compact everything; return how many versions were forgotten."""
        before = int((self._clock() - KEPT).timestamp())
        forgotten = 0
        for name in self._store.names():
            if self._store.exists(name):  # it may have been removed while others were compacted
                forgotten += await compact(self._store, name, before=before, pause=rest)
        return forgotten
