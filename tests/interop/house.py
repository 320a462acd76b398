"""A small house in this process: our door on loopback, a tree kept by an index, persons whose rights a test changes.

all:task:<id>                 an item; every member reads `all`
<id>:contribution:<key>       made in an item; readable by who may read the item
"""

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Awaitable
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from litestar import Litestar

from sync.database import Database
from sync.door import routes
from sync.errors import NO_DATABASE, UNAUTHORIZED, SyncError
from sync.hooks import ACCEPT, Hold, Indexed, Reading, Refuse, no_meter
from sync.limits import OPEN
from sync.stores.sqlite import SqliteStore


def index(tx, _database, _before, after):
    """Remember items; what is made in an item that came (again) gets new numbers, so that readers hear of it."""
    if after is None or not after.id.startswith("all:task:"):
        return Indexed()
    item = after.id.rpartition(":")[2]
    tx.index_put(f"item/{item}", b"")
    return Indexed(frozenset({item}))


class Person:
    """Reads `all` and the items named in `items` (None: every item there is)."""

    def __init__(self, principal: str, *items: str):
        self.principal = principal
        self.items: set[str] | None = set(items) or None
        self.all = True
        self.refuses_all = False
        self.gained = self.lost = 0

    def reading(self, tx):
        known = {key.partition("/")[2] for key, _ in tx.index_range("item/")}
        readable = known if self.items is None else known & self.items
        return Reading(frozenset({"all", *readable} if self.all else ()), self.gained, self.lost)

    def judge(self, tx, new, stored):
        if new.content.get("bad") or self.refuses_all:
            return Refuse("content", "That is not allowed.")
        if new.partition != "all" and tx.index_get(f"item/{new.partition}") is None:
            return Hold(f"all:task:{new.partition}")
        return ACCEPT


class House:
    """The running door. `asked` lists the requests since it was emptied: (method, last part of the path, body)."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.persons: dict[str, Person] = {}
        self.asked: list[tuple[str, str, bytes]] = []
        self.before_request = lambda _name: None
        self.meter = no_meter
        self.lost_answers: list[str] = []
        self.signed_out = False
        self.written: list[asyncio.Future[Any]] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def person(self, principal: str, *items: str) -> Person:
        person = self.persons[principal] = Person(principal, *items)
        return person

    def do(self, work: Awaitable[Any]) -> Any:
        """Do something in the server's loop."""

        async def wrapped():
            return await work

        return asyncio.run_coroutine_threadsafe(wrapped(), self._loop).result(30)

    def write(self, *documents: dict[str, Any]) -> None:
        self.do(Database(self.store, "home").write([*documents]))

    def get(self, identifier: str) -> dict[str, Any] | None:
        found = Database(self.store, "home").get(identifier)
        return dict(found.content) if found else None

    def ids(self) -> set[str]:
        return {one.id for one in Database(self.store, "home").all()}

    def meanwhile(self, *documents: dict[str, Any]) -> None:
        """Write as soon as the loop finds time; called in the loop."""
        self.written.append(asyncio.ensure_future(Database(self.store, "home").write([*documents])))

    def gain(self, person: Person, *items: str) -> None:
        """Open items to a person, and let waiting feeds know."""
        person.items = None if person.items is None else person.items | {*items}
        person.gained += 1
        self._loop.call_soon_threadsafe(self.store.waiting.rights_changed, "home")

    def lose(self, person: Person) -> None:
        person.all, person.items = False, {"-"}
        person.lost += 1
        self._loop.call_soon_threadsafe(self.store.waiting.rights_changed, "home")

    def release(self, access: Person) -> None:
        """Judge what is held again, as the house does after an item came."""
        home = Database(self.store, "home")
        for held in home.held():
            self.do(home.release(held, access))

    def backup(self) -> None:
        """Copy the file while the server goes on."""
        self.folder.with_name("backup").mkdir()
        copy = sqlite3.connect(self.folder.with_name("backup") / "spaces.db")
        with closing(sqlite3.connect(self.folder / "spaces.db")) as original, closing(copy):
            original.backup(copy)

    def restore(self) -> None:
        self._stop()
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder.with_name("backup"), self.folder)
        self._start()
        self.do(self.store.renew())

    async def access(self, request, database):
        if self.signed_out:
            raise SyncError(UNAUTHORIZED)
        person = self.persons.get(request.headers.get("person", ""))
        if person is None:
            raise SyncError(NO_DATABASE)
        return person

    async def databases(self, request):
        return [("home", self.persons[request.headers["person"]])]

    async def administers(self, _request):
        return False

    def _metered(self, *what: Any) -> None:
        self.meter(*what)

    def _door(self):
        return routes(self.store, self, limits=OPEN, meter=self._metered)

    def _start(self) -> None:
        async def start():
            self.store = SqliteStore(self.folder / "spaces.db", index=index)
            await self.store.create("home")
            app = Litestar([self._door()], openapi_config=None, logging_config=None)

            async def recording(scope, receive, send):
                if scope["type"] != "http":
                    return await app(scope, receive, send)
                name, body = scope["path"].rpartition("/")[2], []
                self.before_request(name)

                async def heard():
                    message = await receive()
                    body.append(message.get("body", b""))
                    return message

                async def swallowed(_message):
                    """The answer is lost; uvicorn then breaks the request off."""

                lost = name in self.lost_answers
                if lost:
                    self.lost_answers.remove(name)
                try:
                    await app(scope, heard, swallowed if lost else send)
                finally:
                    self.asked.append((scope["method"], name, b"".join(body)))

            self.server = uvicorn.Server(
                uvicorn.Config(
                    recording, host="127.0.0.1", port=self.port, log_level="critical", timeout_graceful_shutdown=1
                )
            )
            self.served = asyncio.create_task(self.server.serve())
            while not self.server.started:  # noqa: ASYNC110 — uvicorn has no event for it
                await asyncio.sleep(0.01)
            self.port = self.server.servers[0].sockets[0].getsockname()[1]

        self.do(start())

    def _stop(self) -> None:
        async def stop():
            self.server.should_exit = True
            self.store.waiting.close()
            await self.served
            await self.store.close()

        self.do(stop())

    port = 0

    @contextmanager
    def running(self):
        self.folder.mkdir()
        self._thread.start()
        self._start()
        try:
            yield self
        finally:
            self._stop()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)
            self._loop.close()
