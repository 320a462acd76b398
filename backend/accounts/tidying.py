"""What of the rows about accounts has had its time goes once an hour: sessions, codes, challenges, old audit."""

import asyncio

from backend.accounts.audit import forget_old
from backend.accounts.tables import Challenge, EmailCode, Mail, Session
from backend.kit.clock import Clock

HOUR = 3600.0


class Tidying:
    """Deletes what the register says is kept no longer."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def run(self) -> None:
        """Tidy now and once an hour, for as long as the program runs."""
        while True:
            await self.once()
            await asyncio.sleep(HOUR)

    async def once(self) -> None:
        """Delete what has had its time."""
        now = self._clock()
        for table in (Session, EmailCode, Challenge, Mail):
            await table.delete().where(table.expires <= now)
        await forget_old(now)
