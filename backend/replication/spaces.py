"""`kit.spaces.Spaces` over the store: how rooms write documents without knowing the engine."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from backend.files.actions import Shelf
from backend.files.domain import Address
from backend.kit.spaces import Body
from sync.database import Database
from sync.intake import read_document
from sync.limits import OPEN
from sync.store import Store


class StoredSpaces:
    """Trusted reading and writing by the server itself."""

    def __init__(self, store: Store, shelf: Shelf) -> None:
        self._store = store
        self._shelf = shelf

    async def create(self, name: str) -> None:
        """Make a space; nothing happens when it is there already."""
        await self._store.create(name)

    async def exists(self, name: str) -> bool:
        """Say whether the space was made."""
        return self._store.exists(name)

    async def read(self, space: str, document_id: str) -> dict[str, Any] | None:
        """Return the winning revision of one document; None when there is none or it was deleted."""
        found = Database(self._store, space).get(document_id)
        return found.as_dict() if found else None

    async def list(self, space: str, partition: str, kind: str, begins: str = "") -> list[dict[str, Any]]:
        """Return the winning revisions of one type in one partition whose keys begin so, in the order of their ids."""
        pages = Database(self._store, space).pages(f"{partition}:{kind}:{begins}")
        return [one.as_dict() for page in pages for one in page]

    async def write(self, space: str, docs: Sequence[Body]) -> int:
        """Write documents and return how many new revisions that made.

        When a document was made is not what it says: one that differs from the winner in `at` alone is left alone.
        """
        database = Database(self._store, space)
        written = await database.write([_settled(database, dict(one)) for one in docs])
        return sum(one.new for one in written)

    async def put_file(self, space: str, partition: str, content: bytes, media_type: str) -> str:
        """Keep a file readable exactly as its partition is, and return its SHA-256."""
        digest = hashlib.sha256(content).hexdigest()
        await self._shelf.put(Address(space, partition, digest), content, media_type)
        return digest

    async def admit(self, space: str, document: Body) -> None:
        """Store one revision exactly as its author's device made it, `_rev` and all; twice is once."""
        await Database(self._store, space).replicate_one(read_document(msgspec.json.encode(dict(document)), OPEN))

    async def copy_file(self, source: tuple[str, str], target: tuple[str, str], sha256: str) -> bool:
        """Make a file readable in a second (space, partition) too; False when it has not arrived in the first."""
        address = Address(*source, sha256)
        stored = await self._shelf.whole(address)
        if stored is None:
            return False
        content = await asyncio.to_thread(self._shelf.path(address).read_bytes)
        await self._shelf.put(Address(*target, sha256), content, stored.media_type)
        return True


def _settled(database: Database, document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with the moment of the stored one when nothing else is new."""
    stored = database.get(document["_id"])
    if stored is None or document.get("_deleted"):
        return document
    said = {name: value for name, value in document.items() if name not in ("_id", "_rev", "at")}
    known = {name: value for name, value in stored.content.items() if name != "at"}
    return document | {"at": stored.content.get("at")} if said == known else document
