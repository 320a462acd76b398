from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from backend.house import House
from tests.houses import a_browser, a_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with a_house(tmp_path / "data", static=a_built_pwa(tmp_path / "pwa")) as house:
        yield house


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with a_browser(house) as browser:
        yield browser


def a_built_pwa(folder: Path) -> Path:
    """A folder as Vite leaves it."""
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Interlink</title>" + "<!-- a page -->" * 100)
    (folder / "assets" / "index-4f9a1c.js").write_text("export const answer = 42;\n" * 100)
    (folder / "service-worker.js").write_text("self.addEventListener('fetch', () => {});")
    (folder / "manifest.webmanifest").write_text('{"name": "Interlink"}')
    (folder / "font.woff2").write_bytes(b"wOF2" + bytes(2000))
    return folder
