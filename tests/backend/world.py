"""A small world for the rooms that work with documents: real rows, a real store, people, one process.

process ── prepare ── listen ── interview, walk
                   └─ decide ── choose
        └─ deliver ── build  ── paint
"""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from backend.accounts.domain import Person
from backend.accounts.tables import Account
from backend.catalogue.documents import SCHEMA
from backend.files.actions import Shelf
from backend.kit.envelope import written_by_server
from backend.kit.ids import new_owner_id, new_ulid
from backend.kit.settings import Settings
from backend.kit.spaces import COMMONS, SpaceKind, space_of
from backend.people import queries
from backend.people.access import Grant
from backend.people.actions import add_grant, add_member, add_team
from backend.people.mirror import mirror_rights
from backend.processes.actions import start_process
from backend.processes.schemas import StartProcess
from backend.replication.doorkeeper import Doorkeeper
from backend.replication.index import index
from backend.replication.spaces import StoredSpaces
from backend.rows import open_rows
from sync.database import Database
from sync.intake import read_document
from sync.limits import OPEN
from sync.stores.sqlite import SqliteStore
from sync.writing import Outcome
from tests.backend.postgresql import rows_of


def _named(name: str, **more: Any) -> dict[str, Any]:
    return {
        "key": name.lower(),
        "name": {"en": name, "lv": f"{name} (lv)"},
        "description": {"en": f"How to {name.lower()}."},
        "after": [],
        **more,
    }


def _task(name: str, **more: Any) -> dict[str, Any]:
    return _named(name, **{"profiles": [], **more})


def _objective(name: str, *tasks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return _named(name, tasks=list(tasks), **{"profiles": ["UND_1"], **more})


def _phase(name: str, *objectives: dict[str, Any], **more: Any) -> dict[str, Any]:
    return _named(name, objectives=list(objectives), **{"codelivery": False, **more})


PHASES = [
    _phase(
        "Prepare",
        _objective("Listen", _task("Interview", profiles=["ORG_2"]), _task("Walk", after=["interview"])),
        _objective("Decide", _task("Choose"), after=["listen"]),
    ),
    _phase("Deliver", _objective("Build", _task("Paint")), after=["prepare"], codelivery=True),
]


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_days(self, days: int) -> None:
        self.at += timedelta(days=days)


@dataclass
class World:
    """Everything a test needs to write as somebody and to look at what came of it."""

    data: Path
    store: SqliteStore
    shelf: Shelf
    spaces: StoredSpaces
    doorkeeper: Doorkeeper
    clock: Clock
    process: str = ""
    items: dict[str, str] = field(default_factory=dict)
    """Key of each item of the process by its key in the schema."""

    @property
    def space(self) -> str:
        return space_of(SpaceKind.PROCESS, self.process)

    async def person(self, name: str) -> Person:
        """Somebody with an account and no password: computing one takes longer than most tests."""
        account = Account(
            id=new_owner_id(), email=f"{name.lower()}@example.org", name=name, language="en", created=self.clock()
        )
        await account.save()
        return Person(account.id, name, "en")

    async def joins(
        self,
        person: Person,
        *,
        target: str | None = None,
        access: bool = True,
        create: bool = True,
        delete: bool = False,
    ) -> str:
        """Make somebody a member with a team and a grant of their own; the answer is the member id."""
        member = await add_member(process=self.process, account=person.id, name=person.name)
        team = await add_team(name=f"{person.name}'s", kind="citizen", accounts=[person.id])
        grant = Grant(team, target, access=access, create=create, delete=delete)
        await add_grant(process=self.process, grant=grant)
        await mirror_rights(self.spaces, self.process, self.clock())
        return member

    async def member(self, person: Person) -> str:
        found = await queries.membership(person.id, self.process)
        assert found
        return found.member

    async def sends(self, person: Person, *documents: dict[str, Any], space: str | None = None) -> list[Outcome]:
        """Push documents as a device does; the answer names the refused ones."""
        name = space or self.space
        access = await self.doorkeeper.access(person, name, "en")
        assert access
        read = [read_document(json.dumps(one).encode(), OPEN) for one in documents]
        return await Database(self.store, name).replicate(read, access)

    async def sees(self, person: Person) -> frozenset[str]:
        """Which partitions of the process somebody reads."""
        access = await self.doorkeeper.access(person, self.space, "en")
        assert access
        with self.store.read(self.space) as tx:
            return access.reading(tx).partitions or frozenset()

    def stored(self, identifier: str, space: str | None = None) -> dict[str, Any] | None:
        found = Database(self.store, space or self.space).get(identifier)
        return found.as_dict() if found else None

    def held(self) -> list[str]:
        return [one.id for one in Database(self.store, self.space).held()]


@asynccontextmanager
async def a_world(data: Path) -> AsyncIterator[World]:
    """Open a world with the commons and one schema in it, and no people yet."""
    clock = Clock()
    async with open_rows(Settings(data=data, **await rows_of(data)), clock()):
        store = SqliteStore(data / "spaces.db", index=index)
        shelf = Shelf(data / "files", clock)
        try:
            world = World(data, store, shelf, StoredSpaces(store, shelf), Doorkeeper(store), clock)
            await world.spaces.create(COMMONS)
            await world.spaces.write(COMMONS, [a_schema(clock())])
            yield world
        finally:
            await store.close()


async def a_process(world: World, founder: Person) -> None:
    """Start the world's process."""
    started = await start_process(world.spaces, founder, StartProcess("garden", "lv", "Mūsu dārzs"), world.clock())
    world.process = started.id
    for kind in ("phase", "objective", "task"):
        for one in await world.spaces.list(world.space, "all", kind):
            world.items[one["key"]] = one["_id"].split(":")[2]


def a_schema(at: datetime) -> dict[str, Any]:
    members = {
        "name": {"en": "A garden for all", "lv": "Dārzs visiem"},
        "licence": "public_domain",
        "tags": {},
        "languages": ["en", "lv"],
        "phases": PHASES,
    }
    return written_by_server(SCHEMA, "garden", members, lang="en", at=at)


def written(member: str, kind: str, key: str = "", /, *, partition: str = "all", **members: Any) -> dict[str, Any]:
    """A new document as a member's device writes it, with its first revision."""
    return revised(
        {
            "_id": f"{partition}:{kind}:{key or new_ulid()}",
            "type": kind,
            "v": 1,
            "lang": "en",
            "author": member,
            "by": member,
            "device": "phone",
            "at": "2026-11-21T12:00:00Z",
            **members,
        }
    )


def contribution(member: str, item: str, text: str = "I was there.", **members: Any) -> dict[str, Any]:
    return written(member, "contribution", partition=item, text=text, **members)


def revised(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The next revision of a document, with these changes."""
    told = {name: value for name, value in document.items() if name not in ("_rev", "_revisions")} | changes
    before = document.get("_rev")
    ids = document["_revisions"]["ids"] if "_revisions" in document else [before.split("-")[1]] if before else []
    start = int(before.split("-")[0]) + 1 if before else 1
    digest = hashlib.md5(json.dumps([told, ids], sort_keys=True).encode()).hexdigest()
    return {**told, "_rev": f"{start}-{digest}", "_revisions": {"start": start, "ids": [digest, *ids]}}


def deleted(document: dict[str, Any]) -> dict[str, Any]:
    """The deletion of a document: id, revision and nothing else."""
    return revised({name: document[name] for name in ("_id", "_rev", "_revisions") if name in document}, _deleted=True)
