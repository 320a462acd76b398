"""An open house and a browser in front of it, in this very process: real files, real SQLite, no port."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from backend.accounts.actions import create_account
from backend.app import create_app
from backend.house import House, open_house
from backend.kit.settings import Settings

ADDRESS = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery"
OURS = {"x-interlink": "1"}


@asynccontextmanager
async def a_house(data: Path, **settings: Any) -> AsyncGenerator[House]:
    """Open everything the program opens, in this folder."""
    async with open_house(Settings(data=data, **settings)) as house:
        yield house


def a_browser(house: House, *, address: str = ADDRESS, client: str = "127.0.0.1", **headers: str) -> httpx.AsyncClient:
    """Speak to the house's application as a browser on one of its pages does."""
    transport = httpx.ASGITransport(create_app(house), raise_app_exceptions=False, client=(client, 50_000))
    return httpx.AsyncClient(transport=transport, base_url=address, headers={**OURS, **headers})


async def an_account(email: str = "ilze@example.org", **members: Any) -> str:
    """Make somebody who can sign in with `PASSWORD`."""
    known = {"name": "Ilze", "password": PASSWORD, "language": "lv", "now": datetime.now(UTC)}
    return await create_account(email=email, **(known | members))


async def sign_in(browser: httpx.AsyncClient, email: str = "ilze@example.org", **body: Any) -> httpx.Response:
    """Send the sign-in form."""
    whole = {"email": email, "password": PASSWORD, "device": "phone"} | body
    return await browser.post("/api/v1/session", json=whole)
