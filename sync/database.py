"""One database of a store: what the server itself, its followers and the door do with it.

The house uses `get`, `all`, `changes`, `write`, `transact`, `held`, `release` and `drop`; reads run on the spot, writes
are answered when they are durable. Trusted writes (no `access`) are not judged but indexed like all others.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import Struct

from sync.document import Document
from sync.hooks import Access, Verdict
from sync.store import FeedEntry, Held, Store, WriteTransaction

Result = TypeVar("Result")


class Written(Struct, frozen=True):
    """One document after `write`; `new` is False when the winner already had this content."""

    id: str
    rev: str
    new: bool


class Database:
    """A handle: cheap to make, holds nothing. A missing database raises `SyncError` NO_DATABASE when it is used."""

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name

    def get(self, identifier: str) -> Document | None:
        """The winning revision; None when it is unknown or deleted."""
        raise NotImplementedError

    def all(self, prefix: str = "", *, after: str = "", limit: int = 1000) -> list[Document]:
        """Winners, not deleted, whose id begins with `prefix` and lies behind `after`, in order of ids."""
        raise NotImplementedError

    def changes(self, since: int = 0, *, limit: int = 1000) -> list[FeedEntry]:
        """Newest change of each document behind `since` (a plain number of the store), in order."""
        raise NotImplementedError

    async def write(self, documents: list[dict[str, Any]]) -> list[Written]:
        """Write the server's own documents in one transaction, each on top of its winner.

        `_id` is required, `_deleted` is obeyed, `_rev` is ignored. A document whose content equals the winner's (or is
        deleted already) writes no revision.
        """
        raise NotImplementedError

    async def transact(self, work: Callable[[WriteTransaction], Result]) -> Result:
        """Run `work` on the writer's thread in one transaction (to build the index again, say)."""
        return await self.store.write(self.name, work)

    def held(self, *, waits_for: str | None = None, before: int | None = None, limit: int = 1000) -> list[Held]:
        """Held revisions, oldest first; `before` in seconds since 1970."""
        raise NotImplementedError

    async def release(self, held: Held, access: Access) -> Verdict:
        """Judge a held revision again.

        Accepted: stored and no longer held. Hold: stays. Refuse: stays until `drop`, so that the caller can first keep
        it for its author.
        """
        raise NotImplementedError

    async def drop(self, held: Held) -> None:
        """Forget a held revision."""
        raise NotImplementedError
