"""The real engine under a simulated house: real door and store, rights that change, crashes, forgetting, restores."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from litestar import Litestar
from simulation.rules import TASK, judge, readable

from sync.compaction import compact
from sync.database import Database
from sync.document import Document
from sync.door import routes
from sync.hooks import Access, Indexed, Reading, Refuse, Verdict
from sync.limits import Limits
from sync.stores.memory import MemoryStore
from sync.stores.sqlite import SqliteStore

EVERYBODY = "everybody"
"""Reads everything, to compare; writes nothing."""
MEMORY = Path("/dev/shm")
NOT_TOLD = "a moved subtree is not told again"
FORGETS = "a crash forgets what was acknowledged"
SAME_LIFE = "a restored backup passes for the life it was taken from"


class Person:
    """One person's rights. `gained` and `lost` count what was given and taken."""

    def __init__(self, name: str) -> None:
        self.principal = name
        self.grants: set[str] = set()
        self.gained = self.lost = 0

    def reading(self, tx: Any) -> Reading:
        if self.principal == EVERYBODY:
            return Reading()
        moves = int(tx.index_get("moves") or b"0")
        return Reading(readable(self.principal, self.grants, _parents(tx)), self.gained, self.lost + moves)

    def judge(self, tx: Any, new: Document, stored: Document | None) -> Verdict:
        return judge(self.principal, self.grants, _parents(tx), new.id, new.content)


class Server:
    """A house of these people over a store that can be crashed. `broken` names a rule it is to break, to be caught."""

    def __init__(self, people: Mapping[str, Person], *, durable: bool, broken: str = "") -> None:
        self.people = {**people, EVERYBODY: Person(EVERYBODY)}
        self._broken = broken
        self._durable = durable
        self._folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None, prefix="interlink-"))
        self._lives = 0
        self._backup: list[tuple[Person, set[str], int, int]] = []

    async def open(self) -> None:
        self.store = self._opened()
        await self.store.create("home")
        self._build()

    async def close(self) -> None:
        await self.store.close()
        shutil.rmtree(self._folder)

    async def crash(self) -> None:
        """The next life gets what lay on the disk in this moment, without a goodbye."""
        if not self._durable:
            return
        before, old = self._file(), self.store
        self._lives += 1
        for end in ("",) if self._broken == FORGETS else ("", "-wal"):
            shutil.copy(f"{before}{end}", f"{self._file()}{end}")
        self.store = self._opened()
        self._build()
        await old.close()
        before.unlink()

    async def back_up(self) -> None:
        """Keep what lies on the disk, documents and rights, for a restore."""
        if not self._durable:
            return
        for end in ("", "-wal"):
            shutil.copy(f"{self._file()}{end}", f"{self._folder / 'backup'}{end}")
        self._backup = [(one, {*one.grants}, one.gained, one.lost) for one in self.people.values()]

    async def restore(self) -> bool:
        """Go back to the last backup, which begins another life; False when there is none."""
        if not self._backup:
            return False
        before, old = self._file(), self.store
        self._lives += 1
        for end in ("", "-wal"):
            shutil.copy(f"{self._folder / 'backup'}{end}", f"{self._file()}{end}")
        self.store = self._opened()
        if self._broken != SAME_LIFE:
            await self.store.renew()
        for person, grants, gained, lost in self._backup:
            person.grants.clear()
            person.grants.update(grants)
            person.gained, person.lost = gained, lost
        self._build()
        await old.close()
        before.unlink()
        return True

    async def forget(self) -> None:
        """Compact: what was superseded loses its content."""
        await compact(self.store, "home")

    async def judge_again(self) -> set[str]:
        """Judge what is held, as the house does when an item came and by the hour; whose work was refused."""
        database, refused = Database(self.store, "home"), set[str]()
        for held in database.held():
            verdict = await database.release(held, self.people[held.principal])
            if isinstance(verdict, Refuse):
                refused.add(held.principal)
                await database.drop(held)
        return refused

    async def answers(self, person: str, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """One request at the real door."""
        address, _, query = path.partition("?")
        status, parts = 0, list[bytes]()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            nonlocal status
            status = message.get("status", status)
            parts.append(message.get("body", b""))

        scope = {
            "type": "http",
            "method": method,
            "path": unquote(f"/db/{address}"),
            "raw_path": f"/db/{address}".encode(),
            "query_string": query.encode(),
            "headers": [(b"content-type", b"application/json"), (b"person", person.encode())],
            "scheme": "http",
            "http_version": "1.1",
            "root_path": "",
            "server": ("door", 80),
            "client": ("device", 1),
        }
        await self._app(scope, receive, send)
        return status, b"".join(parts)

    async def access(self, request: Any, database: str) -> Access:
        return self.people[request.headers["person"]]

    async def databases(self, request: Any) -> list[tuple[str, Access]]:
        return [("home", self.people[request.headers["person"]])]

    async def administers(self, request: Any) -> bool:
        return False

    def _build(self) -> None:
        self._app = Litestar([routes(self.store, self, limits=Limits())], openapi_config=None)

    def _file(self) -> Path:
        return self._folder / f"{self._lives}.db"

    def _opened(self) -> Any:
        return SqliteStore(self._file(), index=self._index) if self._durable else MemoryStore(index=self._index)

    def _index(self, tx: Any, database: str, before: Document | None, after: Document | None) -> Indexed:
        """Where each task lies. A task that arrives or moves takes all below it to a new place in the feed."""
        if after is None or after.deleted or not after.id.startswith(TASK):
            return Indexed()
        task, parent = after.id.removeprefix(TASK), str(after.content["parent"])
        old = tx.index_get(f"task/{task}")
        if old == parent.encode():
            return Indexed()
        tx.index_put(f"task/{task}", parent.encode())
        if old is not None:
            tx.index_put("moves", b"%d" % (int(tx.index_get("moves") or b"0") + 1))
        parents = _parents(tx)
        below = {one for one in parents if task in _outwards(one, parents)}
        return Indexed() if self._broken == NOT_TOLD else Indexed(frozenset(below))


def _outwards(task: str, parents: Mapping[str, str]) -> list[str]:
    """Like `way`, but a loop counts as lying in all of itself: what comes out of a loop must be told of, too."""
    found: list[str] = []
    while task in parents and task not in found:
        found.append(task)
        task = parents[task]
    return found


def _parents(tx: Any) -> dict[str, str]:
    return {key.removeprefix("task/"): value.decode() for key, value in tx.index_range("task/")}
