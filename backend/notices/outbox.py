"""The outbox: what people are to be told, as rows, until it has gone out.

    put ──▶ one row per device (natural key: a notice is told once on each) ──▶ courier
                └─ replaces what waits about the same thing

A notice that is put is kept: it survives the end of the program, and whoever puts it again changes nothing.
"""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from backend.kit.clock import Clock
from backend.kit.languages import DEFAULT
from backend.kit.transactions import transaction
from backend.notices import queries
from backend.notices.domain import LONGEST_ID, MANNERS, Notice, State
from backend.notices.queries import Target
from backend.notices.tables import Delivery
from push import (
    Action,
    ForbiddenEndpointError,
    InvalidMessageError,
    Message,
    Notification,
    Policy,
    Urgency,
    check_endpoint,
    topic_of,
)


class Outbox:
    """Takes notices; one for the whole program."""

    def __init__(self, clock: Clock, policy: Policy, origin: str | None) -> None:
        """Take the clock, what may be called, and the web origin people know us by (None on this machine alone)."""
        self._clock = clock
        self._policy = policy
        self._origin = origin or ""
        self.more = asyncio.Event()
        """Set when there may be something to send."""

    async def put(self, notice: Notice, *, account: str, session: str | None = None) -> int:
        """Queue a notice for all devices of a person that take notices, or for one of them; return for how many.

        Raises InvalidMessageError when it is too large for a push message (3,993 bytes) or has no proper id.
        """
        return await self._queue(notice, account, await queries.targets(account, session))

    async def replace(self, notice: Notice, *, account: str) -> int:
        """Queue what takes the place of `notice.of` on the devices that show it; return for how many."""
        return await self._queue(notice, account, await queries.showing(account, notice.of, self._clock()))

    async def _queue(self, notice: Notice, account: str, to: Sequence[Target]) -> int:
        language = await queries.language_of(account)
        if language is None:
            return 0
        payload = self._payload(notice, language)
        now, manner = self._clock(), MANNERS[notice.kind]
        until = min(now + manner.lasts, notice.until or now + manner.lasts)
        devices = to if until > now else ()
        rows = [
            Delivery(
                id=f"{one.session}-{notice.id}",
                session=one.session,
                notice=notice.id,
                kind=notice.kind,
                topic=topic_of(notice.thing),
                origin=origin,
                payload=payload.decode(),
                urgency=Urgency.LOW if notice.of else manner.urgency,
                lasts=int((until - now).total_seconds()),
                due=now,
                expires=until,
                lease=now,
                touched=now,
                queued=now,
            )
            for one in devices
            if (origin := self._origin_of(one))
        ]
        if rows:
            await self._keep(rows)
            self.more.set()
        return len(rows)

    async def again(self, notice: str, *, account: str, waiting: bool = False) -> bool:
        """Forget that a notice went to a person's devices, or only what waits of it; say whether there was any."""
        mine = (Delivery.notice == notice) & (Delivery.session.account == account)
        found = mine & (Delivery.state == State.QUEUED) if waiting else mine
        ids = [row["id"] for row in await Delivery.select(Delivery.id).where(found)]
        if ids:
            await Delivery.delete().where(Delivery.id.is_in(ids))
        return bool(ids)

    async def cancel(self, thing: str, *, account: str | None = None) -> None:
        """Take back what waits about a thing, for one person or for everybody. What is out already stays out."""
        waiting = (Delivery.topic == topic_of(thing)) & (Delivery.state == State.QUEUED)
        if account is not None:
            waiting &= Delivery.session.account == account
        ids = [row["id"] for row in await Delivery.select(Delivery.id).where(waiting)]
        if ids:
            gone: dict[Any, Any] = {Delivery.state: State.CANCELLED, Delivery.payload: ""}
            await Delivery.update(gone).where(Delivery.id.is_in(ids) & (Delivery.state == State.QUEUED))

    def _payload(self, notice: Notice, language: str) -> bytes:
        if not 0 < len(notice.id) <= LONGEST_ID or not notice.path.startswith("/"):
            raise InvalidMessageError("A notice has an id of 1 to 64 characters and a path from the root.")
        known = notice.of or notice.id  # what a device reports of, and answers
        spoken = language if language in notice.words else DEFAULT
        words = notice.words[spoken]
        shown = Notification(
            title=words.title,
            body=words.body,
            navigate=f"{self._origin}{notice.path}",
            lang=spoken,
            tag=topic_of(notice.thing),
            actions=tuple(
                Action(answer, title, f"{self._origin}{_answering(known, answer)}")
                for answer, title in words.buttons.items()
            ),
            data={**notice.about, "notice": known, "kind": notice.kind},
            silent=bool(notice.of),
        )
        return Message(shown.payload(), ttl=0).payload  # is it small enough?

    def _origin_of(self, device: Target) -> str | None:
        """Return the push service of a device; None when it may not be called any more."""
        try:
            return check_endpoint(device.endpoint, self._policy).origin
        except ForbiddenEndpointError:
            return None

    async def _keep(self, rows: list[Delivery]) -> None:
        """Write what is not there yet; only that takes the place of older ones."""
        async with transaction(Delivery):
            known = await Delivery.select(Delivery.id).where(Delivery.id.is_in([row.id for row in rows]))
            there = {one["id"] for one in known}
            fresh = [row for row in rows if row.id not in there]
            if not fresh:
                return
            older = (
                (Delivery.topic == fresh[0].topic)
                & (Delivery.state == State.QUEUED)
                & Delivery.session.is_in([row.session for row in fresh])
            )
            await Delivery.update({Delivery.state: State.REPLACED, Delivery.payload: ""}).where(older)
            await Delivery.insert(*fresh).on_conflict(target=Delivery.id, action="DO NOTHING")


def _answering(notice: str, answer: str) -> str:
    """Return the screen on which an answer is proposed, for a browser that opens the button itself (Safari)."""
    return f"/inbox/{quote(notice, safe='')}?answer={answer}"
