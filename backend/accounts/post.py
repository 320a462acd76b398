"""The queue of mails: written as rows, carried beside the server, tried again when the mail server is away.

A mail that is asked for costs the request one row, whether or not somebody has the address; so neither answer nor time
tells. Rows go when the mail is carried, refused for good, or too old to help.
"""

import asyncio
from datetime import timedelta

import structlog

from backend.accounts.tables import Mail
from backend.kit.clock import Clock
from backend.kit.ids import new_ulid
from backend.kit.mail import Carrier, Letter, MailError
from backend.kit.texts import say

A_DAY = timedelta(days=1)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
AT_ONCE = 20
LOOK_SECONDS = 30.0
_log = structlog.get_logger("interlink")


class Post:
    """Takes mails, and carries them; one for the whole program."""

    def __init__(self, carrier: Carrier, server: str, clock: Clock) -> None:
        self._carrier = carrier
        self._server = server
        self._clock = clock
        self._more = asyncio.Event()

    async def put(self, to: str, text: str, language: str, *, lasts: timedelta = A_DAY, **values: object) -> None:
        """Queue the mail `mail.<text>` in the recipient's language; it is dropped when it did not go within `lasts`."""
        now = self._clock()
        known = {"server": self._server} | values
        await Mail(
            id=new_ulid(now.timestamp()),
            recipient=to,
            subject=" ".join(say(f"mail.{text}.subject", language, **known).split()),
            body=say(f"mail.{text}.body", language, **known),
            due=now,
            expires=now + lasts,
        ).save()
        self._more.set()

    async def carry_due(self) -> int:
        """Carry what is due and return how many went."""
        now = self._clock()
        await Mail.delete().where(Mail.expires <= now)
        rows = await Mail.select().where(Mail.due <= now).order_by(Mail.due).limit(AT_ONCE)
        return sum([await self._carry(row["id"], row["recipient"], row["subject"], row["body"]) for row in rows])

    async def run(self) -> None:
        """Carry mails as they come, for as long as the program runs."""
        while True:
            self._more.clear()
            while await self.carry_due():
                pass
            try:
                await asyncio.wait_for(self._more.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue

    async def _carry(self, key: str, to: str, subject: str, body: str) -> bool:
        try:
            await self._carrier.carry(Letter(key, to, subject, body, self._clock()))
        except MailError as error:
            _log.warning("mail not delivered", reason=str(error), lasting=error.lasting)
            if not error.lasting:
                await self._later(key)
                return False
        await Mail.delete().where(Mail.id == key)
        return True

    async def _later(self, key: str) -> None:
        [row] = await Mail.select(Mail.tries).where(Mail.id == key)
        pause = min(FIRST_PAUSE * 2 ** min(row["tries"], 10), LONGEST_PAUSE)
        await Mail.update({Mail.tries: row["tries"] + 1, Mail.due: self._clock() + pause}).where(Mail.id == key)
