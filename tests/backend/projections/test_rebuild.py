"""`interlink rebuild`, as an operator calls it."""

import asyncio
from pathlib import Path

from click.testing import CliRunner

from backend.cli import cli
from sync.database import Database
from sync.stores.sqlite import SqliteStore
from tests.backend.world import a_process, a_world

STRAY = "all:published-process:01arz3ndektsv4rrffq69g5fav"


def rebuilt(data: Path) -> str:
    done = CliRunner().invoke(cli, ["rebuild", "--data", str(data)])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_rebuild_puts_right_what_is_wrong_and_nothing_else(tmp_path: Path) -> None:
    async def a_public_process() -> None:
        async with a_world(tmp_path) as world:
            await a_process(world, await world.person("Jānis"))
            process = world.stored(f"all:process:{world.process}")
            await world.spaces.write(world.space, [{**process, "public": True}])

    async def stray() -> None:
        store = SqliteStore(tmp_path / "spaces.db")
        await Database(store, "commons").write([{"_id": STRAY, "type": "published-process"}])
        await store.close()

    asyncio.run(a_public_process())
    assert "1 documents" in rebuilt(tmp_path)
    assert "everything was right" in rebuilt(tmp_path)
    asyncio.run(stray())
    assert "1 documents" in rebuilt(tmp_path)
    assert "everything was right" in rebuilt(tmp_path)
