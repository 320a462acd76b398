"""What the engine asks its house: who reads which partitions, may this be written, and what to index.

The engine knows nothing of people or processes. Three hooks answer for it:

- `Hooks.access` and `Hooks.databases` turn a request into an `Access`: one person at one database, for one request.
- `Access.reading` says, inside the reader's own snapshot, which partitions may be read, with the two counters
  of gained and lost rights; `Access.judge` says whether one revision may be written, inside the write transaction.
- an `Index` function keeps what the house derives from documents (the tree that rights follow) in the same file and
  the same transaction as the document itself, so it can never lag behind.

`judge` and an `Index` run on the writer's thread while everybody else waits: they look at the transaction and at values
prepared before, never at a network, another database or a lock.

Where the house's first sketch differs: `index` is not a member of `Hooks` but is given to the store when it is opened
(`SqliteStore(path, index=...)`), because the server's own writes must be indexed too; its signature is the same.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from msgspec import Struct

from sync.document import Document, partition
from sync.store import NOTHING, Index, Indexed, ReadTransaction, WriteTransaction, no_index

__all__ = [
    "ACCEPT",
    "NOTHING",
    "Accept",
    "Access",
    "Hold",
    "Hooks",
    "Index",
    "Indexed",
    "Meter",
    "OpenAccess",
    "Reading",
    "Refuse",
    "Verdict",
    "no_index",
    "no_meter",
]


class Reading(Struct, frozen=True):
    """What one reader may read of one database, in one snapshot.

    `partitions` None means everything. `gained` moves when a right opens a partition that already holds documents: the
    reader's feed then starts again. `lost` is only told (wake-up feed, `GET /db/<space>`). Both only ever grow.
    """

    partitions: frozenset[str] | None = None
    gained: int = 0
    lost: int = 0

    def sees(self, partition: str) -> bool:
        """Whether documents of this partition may be read."""
        return self.partitions is None or partition in self.partitions

    def seen(self, identifiers: Iterable[str]) -> list[str]:
        """Those of the documents whose partition may be read, each once."""
        names, parts = dict.fromkeys(identifiers), self.partitions
        return list(names) if parts is None else [name for name in names if partition(name) in parts]


class Accept(Struct, frozen=True, tag=True):
    """The revision may be written."""


class Hold(Struct, frozen=True, tag=True):
    """Not to be decided before `waits_for` (the id of a document) arrives: kept outside the database, acknowledged."""

    waits_for: str


class Refuse(Struct, frozen=True, tag=True):
    """A lasting no: told to the author as `<word>: <sentence>` and never sent again."""

    word: str
    sentence: str


Verdict = Accept | Hold | Refuse
ACCEPT = Accept()


class Access(Protocol):
    """One person at one database, for one request."""

    @property
    def principal(self) -> str:
        """Key of this person's `_local` documents and held revisions; "" for everybody who is not signed in."""
        ...

    def reading(self, tx: ReadTransaction) -> Reading:
        """What may be read, in the snapshot of `tx`."""
        ...

    def judge(self, tx: WriteTransaction, new: Document, stored: Document | None) -> Verdict:
        """Whether `new` may be written over the winning revision `stored` (None: the document is unknown).

        A passing no (rate, quota) is a `SyncError` with 429 or 503 and ends the whole request.
        """
        ...


class Hooks(Protocol):
    """How the door learns who is asking. `request` is the door's connection (a Litestar `Request`)."""

    async def access(self, request: Any, database: str) -> Access:
        """Who asks. Raises `SyncError` 401 or 403; an unreadable database is `NO_DATABASE`, like a missing one."""
        ...

    async def databases(self, request: Any) -> list[tuple[str, Access]]:
        """The databases of the person who asks, for `_db_updates` and `_all_dbs`.

        The same `Access` object as before says that its rights are as before: a waiting device looks no further.
        """
        ...

    async def administers(self, request: Any) -> bool:
        """Whether databases may be created, deleted, compacted and purged over HTTP by this request."""
        ...


Meter = Callable[[Any, Access, int, int], None]
"""`meter(request, access, documents, size)`: may so many documents and bytes come in now?

Asked before anything is written; a no is a `SyncError` TOO_MANY with `retry_after`, and ends the whole request.
"""


def no_meter(_request: Any, _access: Access, _documents: int, _size: int) -> None:
    """Let everything in."""


class OpenAccess:
    """Everybody may everything: the engine alone, on loopback."""

    principal = ""

    def reading(self, tx: ReadTransaction) -> Reading:  # noqa: ARG002
        return Reading()

    def judge(self, tx: WriteTransaction, new: Document, stored: Document | None) -> Verdict:  # noqa: ARG002
        return ACCEPT
