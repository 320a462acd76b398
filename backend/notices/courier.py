"""Carries the outbox to the push services, for as long as the program runs.

    claim ──▶ build, encrypt ──▶ send, many at once ──▶ what came of all that are back, in one transaction ──▶ claim …

At least once: a row is written down as sent after the push service took it, so a program that dies in between sends
that one again, under the same tag, when its lease is over. A bounded number is in the air, so memory does not grow
with the queue, and a push service that answers slowly takes only its own share of the places.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from backend.kit.clock import Clock
from backend.kit.ids import new_ulid
from backend.notices import queries
from backend.notices.domain import State
from backend.notices.effects import Effect, effect
from backend.notices.outbox import Outbox
from backend.notices.queries import Claimed
from push import (
    ForbiddenEndpointError,
    Keyring,
    Message,
    Outcome,
    Policy,
    Refused,
    Sender,
    Urgency,
    build_request,
    read_notification,
    ttl_until,
)

AT_ONCE = 200
PER_ORIGIN = 50
LEASE = timedelta(minutes=1)
"""Longer than a message can be on its way (the sender gives up after 20 seconds)."""
LOOK_SECONDS = 30.0
TIDY_EVERY = timedelta(hours=1)
KEEP_LOG = timedelta(days=30)
_log = structlog.get_logger("interlink")

Settled = tuple[Claimed, Effect, bytes]


class Courier:
    """One worker; several may carry the same outbox."""

    def __init__(
        self,
        outbox: Outbox,
        keys: Keyring,
        policy: Policy,
        clock: Clock,
        *,
        spread: Callable[[], float],
        at_once: int = AT_ONCE,
        per_origin: int = PER_ORIGIN,
    ) -> None:
        """Send nothing yet; `spread` gives random numbers from 0 to 1."""
        self._outbox = outbox
        self._keys = keys
        self._policy = policy
        self._clock = clock
        self._spread = spread
        self._at_once = at_once
        self._per_origin = per_origin
        self._holder = new_ulid(clock().timestamp())
        self._flying: dict[asyncio.Task[Settled], str] = {}
        """What is in the air, and to which push service."""
        self._tidied: datetime | None = None

    async def run(self) -> None:
        """Carry what is due as it comes, until cancelled; what is in the air then is given back."""
        async with self._sender() as sender:
            try:
                while True:
                    self._outbox.more.clear()
                    await self._tidy()
                    if not await self._take(sender):
                        await self._wait()
                    await self._note()
            finally:
                await self._give_back()

    async def carry_due(self) -> int:
        """Carry all that is due now, and return how many messages were tried."""
        tried = 0
        async with self._sender() as sender:
            while await self._take(sender) or self._flying:
                tried += len(self._flying)
                await asyncio.wait(self._flying)
                await self._note()
        return tried

    def _sender(self) -> Sender:
        return Sender(self._policy, now=self._clock, connections=self._at_once, per_origin=self._per_origin)

    async def _take(self, sender: Sender) -> int:
        """Claim as many as there are places for, let them fly, and return how many."""
        free = self._at_once - len(self._flying)
        if free <= 0:
            return 0
        to = Counter(self._flying.values())
        busy = [origin for origin, count in to.items() if count >= self._per_origin]
        rows = await queries.claim(self._holder, self._clock(), LEASE, min(free, self._per_origin), busy)
        for row in rows:
            self._flying[asyncio.create_task(self._carry(sender, row))] = row.origin
        return len(rows)

    async def _carry(self, sender: Sender, row: Claimed) -> Settled:
        try:
            return await self._carried(sender, row)
        except Exception as error:  # noqa: BLE001 — one row must not keep all others from going out
            _log.error("push not sent", notice=row.id[-26:], error=type(error).__name__, exc_info=error)
            return row, Effect(State.FAILED, type(error).__name__), row.payload

    async def _carried(self, sender: Sender, row: Claimed) -> Settled:
        outcome = await self._send(sender, row, self._clock())
        found = effect(outcome, tries=row.tries, shortened=row.shortened, now=self._clock(), spread=self._spread())
        payload = read_notification(row.payload).shortened().payload() if found.shorten else row.payload
        return row, found, payload

    async def _send(self, sender: Sender, row: Claimed, now: datetime) -> Outcome:
        signer = self._keys.signer(row.key)
        if signer is None:
            return Refused(403, "the key of this subscription is lost")
        left = min(ttl_until(row.expires, now), row.lasts)  # never longer than it was meant, whatever the clock says
        message = Message(row.payload, left, Urgency(row.urgency), row.topic)
        try:
            request = build_request(message, row.subscription, signer, self._policy, now)
        except ForbiddenEndpointError as error:
            return Refused(None, str(error))
        return await sender.send(request)

    async def _note(self) -> None:
        """Write down what came of all that are back."""
        back = [one for one in self._flying if one.done()]
        if not back:
            return
        for one in back:
            del self._flying[one]
        settled = [one.result() for one in back]
        for row, found, _ in settled:
            if found.reason:  # whose device it is, and where it is reached, is nobody's business
                _log.info("push not delivered", notice=row.id[-26:], state=found.state, reason=found.reason)
        await queries.settle(settled, self._holder, self._clock())

    async def _wait(self) -> None:
        """Wait until something is back, something new is put, or the next one may be due."""
        more = asyncio.create_task(self._outbox.more.wait())
        due = await queries.next_due(self._clock())
        seconds = LOOK_SECONDS if due is None else (due - self._clock()).total_seconds()
        patience = min(max(seconds, 0.0), LOOK_SECONDS)
        try:
            await asyncio.wait([more, *self._flying], timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        finally:
            more.cancel()

    async def _give_back(self) -> None:
        for one in self._flying:
            one.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)
        self._flying.clear()
        await queries.release(self._holder, self._clock())

    async def _tidy(self) -> None:
        now = self._clock()
        if self._tidied is None or not timedelta(0) <= now - self._tidied < TIDY_EVERY:
            self._tidied = now
            await queries.tidy(now, KEEP_LOG)
