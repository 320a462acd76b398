"""The building blocks with what people think of them, read once a minute however many strangers come."""

import asyncio
from datetime import datetime, timedelta

from backend.catalogue.documents import INTERLINKER
from backend.catalogue.ratings import OPINIONS
from backend.kit.clock import Clock
from backend.kit.ids import split_id
from backend.kit.spaces import ALL, COMMONS, Spaces
from backend.public.first import Block

KEPT = timedelta(minutes=1)


class Blocks:
    """What the catalogue's first page is made from."""

    def __init__(self, spaces: Spaces, clock: Clock) -> None:
        self._spaces, self._clock = spaces, clock
        self._reading = asyncio.Lock()
        self._read: tuple[datetime, list[Block]] | None = None

    async def now(self) -> list[Block]:
        """Return all building blocks, as they were a minute ago at the latest."""
        async with self._reading:
            at = self._clock()
            if self._read is None or at - self._read[0] >= KEPT:
                self._read = at, await self._all()
            return self._read[1]

    async def _all(self) -> list[Block]:
        listed = await self._spaces.list(COMMONS, ALL, INTERLINKER.name)
        rated = {one["_id"]: OPINIONS.read(one) for one in await self._spaces.list(COMMONS, ALL, OPINIONS.name)}
        return [
            Block(name.key, INTERLINKER.read(one), rated.get(f"{ALL}:{OPINIONS.name}:{INTERLINKER.name}~{name.key}"))
            for one in listed
            if (name := split_id(one["_id"]))
        ]
