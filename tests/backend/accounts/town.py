"""A house with a clock that a test moves, browsers in front of it, and the mails that people find in their post."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from backend.app import create_app
from backend.house import House, open_house
from backend.kit.settings import Settings
from tests.backend.postgresql import rows_of
from tests.houses import OURS

ADDRESS = "http://localhost:8000"
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"


@dataclass
class Moment:
    """The clock of the house."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 21, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def later(self, **how: float) -> None:
        self.at += timedelta(**how)


@dataclass
class Town:
    """The house, and people in front of it."""

    house: House
    clock: Moment
    arrived: list[Path] = field(default_factory=list)
    """The letters looked at so far, in the order in which they came; those of one second have names in any order."""

    @cached_property
    def app(self) -> Any:
        """The web application, made when somebody first comes to it."""
        return create_app(self.house)

    def browser(self, client: str = "127.0.0.1", **headers: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=True, client=(client, 50_000))
        known = {**OURS, "user-agent": PHONE} | headers
        return httpx.AsyncClient(transport=transport, base_url=f"{ADDRESS}/api/v1", headers=known)

    def program(self, token: str = "", **headers: str) -> httpx.AsyncClient:
        """A client without cookies."""
        return self.browser(**({"authorization": f"Bearer {token}"} if token else {}), **headers)

    async def mails(self) -> list[str]:
        """What lies in the folder of mails, oldest first."""
        await self.house.post.carry_due()
        folder = self.house.settings.data / "mail"
        self.arrived += sorted(set(folder.glob("*.txt")) - set(self.arrived))
        return [file.read_text() for file in self.arrived]

    async def code(self) -> str:
        """The six digits of the last mail."""
        return re.search(r"\b(\d{6})\b", (await self.mails())[-1])[1]

    async def newcomer(self, name: str = "Ilze", email: str = "ilze@example.org") -> httpx.AsyncClient:
        """Somebody who has just made an account with their address."""
        browser = self.browser()
        asked = {"email": email, "language": "lv", "device": f"{name}'s phone"}
        assert (await browser.post("/session/code", json=asked)).status_code == 202
        used = {"email": email, "code": await self.code(), "device": f"{name}'s phone", "name": name, "language": "lv"}
        (await browser.put("/session/code", json=used)).raise_for_status()
        return browser


@asynccontextmanager
async def a_town(data: Path, clock: Moment | None = None, **settings: Any) -> AsyncIterator[Town]:
    """Open a house with settings of its own."""
    clock = clock or Moment()
    async with open_house(Settings(data=data, **settings | await rows_of(data)), clock) as house:
        yield Town(house, clock)
