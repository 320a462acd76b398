"""People at the real application: each with a client of their own that keeps the session cookie."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from litestar import Litestar

from backend.accounts.tables import Account
from backend.app import create_app
from backend.house import House, open_house
from backend.kit.settings import Settings
from tests.backend.postgresql import rows_of
from tests.backend.world import Clock, World, a_schema

ORIGIN = "http://127.0.0.1:8000"
OURS = {"x-interlink": "1", "origin": ORIGIN}


@dataclass
class Visits:
    """The application, the world behind it, and who visits."""

    house: House
    world: World
    app: Litestar
    _clients: AsyncExitStack

    async def stranger(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=True)
        return await self._clients.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=OURS)
        )

    async def of(self, email: str) -> httpx.AsyncClient:
        """Somebody's browser, signed in; the way through the password is proved elsewhere."""
        [account] = await Account.select(Account.id).where(Account.email == email)
        cookie = (await self.house.sessions.begin(account["id"], "phone", {})).cookie
        client = await self.stranger()
        client.cookies.set(cookie.key, cookie.value or "")
        return client


@asynccontextmanager
async def visits(data: Path, **settings: Any) -> AsyncIterator[Visits]:
    """Open the application over a new world with the commons and one schema."""
    clock = Clock()
    async with (
        open_house(Settings(data=data, **settings | await rows_of(data)), clock) as house,
        AsyncExitStack() as clients,
    ):
        world = World(data, house.store, house.shelf, house.spaces, house.doorkeeper, clock)
        await world.spaces.create("commons")
        await world.spaces.write("commons", [a_schema(clock())])
        yield Visits(house, world, create_app(house), clients)
