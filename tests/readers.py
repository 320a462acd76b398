"""Readers of live feeds, as far as a test must know that one of them is there."""

import asyncio

from sync.waiting import Waiting

PATIENCE = 30  # seconds


async def somebody_waits(waiting: Waiting) -> None:
    """Wait until a reader has looked at everything and sleeps: what is written from now on must wake it."""
    async with asyncio.timeout(PATIENCE):
        while not _sleeping(waiting):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def _sleeping(waiting: Waiting) -> bool:
    readers = (*waiting._everything, *(one for many in waiting._watchers.values() for one in many))
    return any(one._future for one in readers)
