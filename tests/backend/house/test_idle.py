"""A server that waits for people carries no library of a rare errand in its memory."""

import asyncio
import subprocess
import sys

from tests.houses import a_house

IDLE = """
import asyncio, sys
from pathlib import Path
import backend.__main__
from backend.app import create_app
from backend.house import open_for_work, open_house
from backend.kit.settings import Settings

async def idle():
    async with open_house(Settings(data=Path(sys.argv[1]))) as house, open_for_work(house):
        create_app(house)
        await asyncio.sleep(0)

asyncio.run(idle())
print(*sys.modules)
"""
RARE = {
    "black": "migrations, once in a release",
    "fontTools": "certificates",
    "fpdf": "certificates",
    "icalendar": "calendars that people subscribe to",
    "PIL": "share images",
    "pydantic": "nothing of ours: Piccolo brings it",
    "segno": "QR codes",
    "webauthn": "passkeys",
}
"""Libraries that take a megabyte and more each, and what they are loaded for."""


async def test_a_server_that_waits_for_people_has_loaded_no_library_of_a_rare_errand(tmp_path):
    async with a_house(tmp_path):
        pass  # the first start migrates; every later one finds everything made
    command = [sys.executable, "-c", IDLE, str(tmp_path)]
    found = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)

    assert "litestar" in found.stdout.split()
    assert not RARE.keys() & set(found.stdout.split())
