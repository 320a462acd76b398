"""`all:published-process:<id>` in the commons for each public process, and none for the others."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from backend.contributions.documents import CONTRIBUTION
from backend.kit.clock import Clock
from backend.kit.envelope import written_by_server
from backend.kit.ids import DocumentId, key_of, split_id
from backend.kit.spaces import ALL, COMMONS, SpaceKind, Spaces, process_of, space_of
from backend.people.documents import MEMBER
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, PUBLISHED_PROCESS, TASK
from backend.projections.outline import Material, outline
from sync.database import Database
from sync.document import Document
from sync.rows import FeedEntry
from sync.store import Store

_SHOWN = frozenset({PROCESS.name, PHASE.name, OBJECTIVE.name, TASK.name, CONTRIBUTION.name, MEMBER.name})


class _Signed(Struct):
    """All that is read of a contribution."""

    author: str


class PublishedProcesses:
    """Publishes the outlines of public processes."""

    name = "published"
    kinds = _SHOWN

    def __init__(self, store: Store, spaces: Spaces, clock: Clock) -> None:
        self._store = store
        self._spaces = spaces
        self._clock = clock

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Publish again each process that these changes touch."""
        touched: dict[str, str] = {}
        for entry in entries:
            if entry.database not in touched and (owner := _owner(entry)):
                touched[entry.database] = owner
        await self._publish(list(touched.values()))

    async def forget(self) -> None:
        """Take back what is published of processes that are not public (any more)."""
        published = await self._spaces.list(COMMONS, ALL, PUBLISHED_PROCESS.name)
        await self._publish([name.key for one in published if (name := split_id(one["_id"]))])

    async def _publish(self, processes: Sequence[str]) -> None:
        await self._spaces.write(COMMONS, [await self._document(one) for one in processes])

    async def _document(self, process: str) -> dict[str, Any]:
        material = await self._material(process)
        if material is None:
            return {"_id": str(DocumentId(ALL, PUBLISHED_PROCESS.name, process)), "_deleted": True}
        lang = next(iter(material.process.name))
        return written_by_server(PUBLISHED_PROCESS, process, outline(material), lang=lang, at=self._clock())

    async def _material(self, process: str) -> Material | None:
        """Return the documents of a process; None when it is not public."""
        space = space_of(SpaceKind.PROCESS, process)
        database = Database(self._store, space)
        found = database.get(str(DocumentId(ALL, PROCESS.name, process))) if self._store.exists(space) else None
        if found is None or not found.content.get("public"):
            return None
        documents: dict[str, list[Document]] = {kind: [] for kind in _SHOWN}
        async for one in _all(database):
            name = split_id(one.id)
            if name and name.type in documents:
                documents[name.type].append(one)
        return Material(
            PROCESS.read(found.as_dict()),
            [PHASE.read(one.as_dict()) for one in documents[PHASE.name]],
            [OBJECTIVE.read(one.as_dict()) for one in documents[OBJECTIVE.name]],
            [TASK.read(one.as_dict()) for one in documents[TASK.name]],
            [
                (one.partition, msgspec.json.decode(one.body, type=_Signed).author)
                for one in documents[CONTRIBUTION.name]
            ],
            {key_of(one.id): MEMBER.read(one.as_dict()).kind for one in documents[MEMBER.name]},
        )


def _owner(entry: FeedEntry) -> str | None:
    """Return the process a change belongs to, when it can be seen in its outline."""
    name = split_id(entry.id)
    return process_of(entry.database) if name and name.type in _SHOWN else None


async def _all(database: Database) -> AsyncIterator[Document]:
    """Yield all documents, page by page; between two pages everybody else has their turn."""
    for page in database.pages():
        for one in page:
            yield one
        await asyncio.sleep(0)
