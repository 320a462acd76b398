"""A town with a push service in it: people with phones that take notices, and what their phones read."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from backend.accounts.tables import Session
from backend.notices.courier import Courier
from backend.notices.domain import Kind, Notice, Words
from backend.notices.tables import Delivery, PushSubscription
from push import Policy
from tests.backend.accounts.town import Moment, Town, a_town
from tests.push_service import Device, PushService, Received, Reply, a_push_service

WORDS = {"en": Words("Help is needed", "Library, at six"), "lv": Words("Vajadzīga palīdzība", "Bibliotēkā, sešos")}


@dataclass
class Phone:
    """A browser that somebody is signed in on, and the push service's side of it."""

    post: "Post"
    browser: httpx.AsyncClient
    path: str
    device: Device = field(default_factory=Device)
    account: str = ""
    session: str = ""

    async def subscribes(self, **changes: Any) -> httpx.Response:
        key = (await self.browser.get("/push")).json()["publicKey"]
        body = {"subscription": self.device.subscription(self.post.service.endpoint(self.path)), "publicKey": key}
        return await self.browser.put("/push/subscription", json=body | changes)

    @property
    def received(self) -> list[Received]:
        return self.post.service.told(self.path)

    def reads(self) -> list[dict[str, Any]]:
        """The notifications that came, decrypted."""
        return [self.device.reads(one.body) for one in self.received]

    def answers(self, *replies: Reply) -> None:
        """The push service says these about this phone, one after the other, the last one for ever."""
        left = list(replies)
        self.post.service.replies[self.path] = lambda _: left.pop(0) if len(left) > 1 else left[0]

    async def log(self) -> list[dict[str, Any]]:
        return (await self.browser.get("/push")).json()["deliveries"]

    async def states(self) -> list[str]:
        """What became of each notice, oldest first."""
        mine = Delivery.select(Delivery.state).where(Delivery.session == self.session)
        return [row["state"] for row in await mine.order_by(Delivery.queued, Delivery.id)]

    async def is_registered(self) -> bool:
        return await PushSubscription.exists().where(PushSubscription.session == self.session)


@dataclass
class Post:
    """The town, its push service, and one courier."""

    town: Town
    service: PushService
    courier: Courier
    _phones: int = 0

    async def phone(self, email: str = "ilze@example.org", *, browser: httpx.AsyncClient | None = None) -> Phone:
        """A phone of somebody new, who switched notices on."""
        self._phones += 1
        browser = browser or await self.town.newcomer(email=email)
        phone = Phone(self, browser, f"/p/{self._phones}")
        assert (await phone.subscribes()).status_code == 204
        [row] = await Session.select(Session.id, Session.account).order_by(Session.id, ascending=False).limit(1)
        phone.session, phone.account = row["id"], row["account"]
        return phone

    async def tells(self, phone: Phone, name: str = "n1", **members: Any) -> int:
        return await self.town.house.notices.outbox.put(a_notice(name, **members), account=phone.account)

    async def carries(self) -> int:
        return await self.courier.carry_due()

    def another_courier(self, **how: Any) -> Courier:
        notices, policy = self.town.house.notices, Policy(frozenset({self.service.allow}))
        return Courier(notices.outbox, notices.devices.keys, policy, self.town.clock, spread=lambda: 0.0, **how)


def a_notice(name: str = "n1", **members: Any) -> Notice:
    known: dict[str, Any] = {"kind": Kind.NEEDED, "thing": f"need {name}", "path": "/needs/1", "words": WORDS}
    return Notice(id=name, **(known | members))


@asynccontextmanager
async def a_post(data: Path, clock: Callable[..., Any] = Moment) -> AsyncIterator[Post]:
    """Open a house that may call the push service beside it."""
    async with a_push_service() as service, a_town(data, clock(), push_allow=service.allow) as town:
        post = Post(town, service, None)
        post.courier = post.another_courier()
        yield post
