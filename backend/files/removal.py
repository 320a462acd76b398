"""Removing files that no document has named for a long time, once a day.

Files carry no count of their references: documents are the truth, the rows of references (`reference_rows.py`) follow
them, and what follows may be behind. So nothing is removed before everything that is written has been followed.

    sent ──▶ named ──▶ named by none ──(KEPT)──▶ removed
      └──(a day, and nothing names it)──┘
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from backend.files import queries
from backend.files.actions import Shelf
from backend.files.domain import KEPT, Address
from backend.kit.clock import Clock

EVERY_SECONDS = 24 * 3600.0
FIRST_SECONDS = 900.0
"""After the start, when everybody comes back at once, there is more urgent work."""
_PAGE = 500
_log = structlog.get_logger("interlink")


class Removal:
    """Removes files; beside the server goes `keep_running("files", Removal(…).run)`.

    `followed` waits until the references of everything that is written now are known.
    """

    def __init__(self, shelf: Shelf, followed: Callable[[], Awaitable[None]], clock: Clock) -> None:
        self._shelf = shelf
        self._followed = followed
        self._clock = clock

    async def run(self) -> None:
        """Remove what has had its time once a day, until cancelled."""
        await asyncio.sleep(FIRST_SECONDS)
        while True:
            _log.info("files removed that nothing names", files=await self.once())
            await asyncio.sleep(EVERY_SECONDS)

    async def once(self) -> int:
        """Remove what has had its time; return how many files that were."""
        now = self._clock()
        await self._followed()
        await queries.mark_unreferenced(now)
        removed = 0
        while some := await queries.forgotten(now - KEPT, _PAGE):
            for one in some:
                removed += await self._shelf.remove_forgotten(Address(*one.split("/")), now)
        await self._shelf.tidy(now)
        return removed
