"""The real application on loopback, with a process and people whose phones run PouchDB."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from backend.house import open_for_work
from sync.database import Database
from tests.backend.visits import visits
from tests.backend.world import World, a_process
from tests.interop.device import Device, a_device


class Home:
    """A running application. Jānis administers its process; others join with a right on one item or on everything."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._ready, self._over = threading.Event(), asyncio.Event()
        self._phones = ExitStack()
        self.members: dict[str, str] = {}
        self.people: dict[str, Any] = {}

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something in the server's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def joins(self, name: str, item: str | None = None) -> None:
        """Somebody joins, with a right on one item, or on the whole process."""
        self.do(self._joins(name, item))

    async def _joins(self, name: str, item: str | None) -> None:
        self.people[name] = await self.world.person(name)
        target = self.world.items[item] if item else None
        self.members[name] = await self.world.joins(self.people[name], target=target)

    def phone(self, name: str) -> Device:
        """A phone of somebody, signed in."""
        browser = self.do(self._visits.of(f"{name.lower()}@example.org"))
        cookie = "; ".join(f"{one}={value}" for one, value in browser.cookies.items())
        headers = {"Cookie": cookie, "X-Interlink": "1"}
        address = f"http://127.0.0.1:{self._port}/db/{self.world.space}"
        return self._phones.enter_context(a_device(address, headers))

    def address_for(self, name: str) -> str:
        """The process's address for a program of somebody, with a credential of its own in it."""
        browser = self.do(self._visits.of(f"{name.lower()}@example.org"))
        asked = {"name": "a CouchDB", "scope": "replication"}
        told = self.do(browser.post("/api/v1/credentials", json=asked)).raise_for_status().json()
        return f"http://{told['account']}:{told['token']}@127.0.0.1:{self._port}/db/{self.world.space}"

    def ids(self) -> set[str]:
        """The ids of everything in the process."""
        return {one.id for one in Database(self.world.store, self.world.space).all()}

    @contextmanager
    def running(self, data: Path) -> Iterator["Home"]:
        """Serve until the end of the block."""
        self._thread.start()
        life = asyncio.run_coroutine_threadsafe(self._life(data), self._loop)
        life.add_done_callback(lambda _: self._ready.set())
        try:
            assert self._ready.wait(60)
            if life.done():
                life.result()
            yield self
        finally:
            self._phones.close()
            self._loop.call_soon_threadsafe(self._over.set)
            life.result(30)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop.close()

    async def _life(self, data: Path) -> None:
        async with visits(data) as self._visits, open_for_work(self._visits.house):
            self.world: World = self._visits.world
            janis = self.people["Jānis"] = await self.world.person("janis")
            await a_process(self.world, janis)
            self.members["Jānis"] = await self.world.member(janis)
            config = uvicorn.Config(
                self._visits.app, "127.0.0.1", 0, log_config=None, lifespan="off", timeout_graceful_shutdown=1
            )
            server = uvicorn.Server(config)
            served = asyncio.ensure_future(server.serve())
            while not server.started:  # noqa: ASYNC110 — uvicorn has no event for it
                await asyncio.sleep(0.01)
            self._port = server.servers[0].sockets[0].getsockname()[1]
            self._ready.set()
            await self._over.wait()
            server.should_exit = True
            await served
