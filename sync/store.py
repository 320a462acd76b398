"""The contract of a store: rows, bodies and small areas inside transactions. CouchDB's behaviour stands above it, once.

A store holds many databases and gives out one rising number per change, over all of them. A row is the state of one
document; its number is its place in the feed, so a document has exactly one place, that of its newest change.

- A read transaction is a snapshot: nothing it shows was written after `number`.
- A write transaction is one request: it is kept whole or not at all, sees its own writes, and its caller is answered
  only after it is durable.
- Rows are found by id, by range of ids, and by range of numbers within partitions; the last costs what is found, not
  what exists.

Memory and SQLite keep the same written contract: `tests/sync/store_contract.py`.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct

from sync.document import Document
from sync.rows import Body, FeedEntry, Held, Info, Local, Row, Single, Span
from sync.waiting import Waiting

if TYPE_CHECKING:
    from sync.recent import Recent

Result = TypeVar("Result")
PENDING = 10_000
"""To count further would cost more than the page the count stands on."""


class ReadTransaction(Protocol):
    """One database in one snapshot. Hooks use `winner` and `index_*`."""

    database: str
    number: int

    def winner(self, identifier: str) -> Document | None:
        """The winning revision (a deleted one too), or None."""
        ...

    def index_get(self, key: str) -> bytes | None: ...
    def index_range(self, prefix: str, *, after: str = "", limit: int = -1) -> list[tuple[str, bytes]]:
        """Entries whose key begins with `prefix` and lies behind `after`, in order of keys; a limit below 0 is none."""
        ...

    def info(self, partitions: frozenset[str] | None = None) -> Info:
        """The database as one sees it who reads these partitions: their documents and their newest number only."""
        ...

    def row(self, identifier: str) -> Row | None: ...
    def rows(self, identifiers: Sequence[str]) -> dict[str, Row]: ...
    def bodies(self, keys: Collection[int]) -> dict[int, Body]: ...
    def singles(self, identifiers: Collection[str]) -> dict[str, Single]:
        """Those of the documents that were never edited, have no attachments, and whose content is here."""
        ...

    def sender(self, key: int) -> str | None:
        """Who brought a body, also when its content was forgotten; None for an unknown one."""
        ...

    def senders(self, keys: Collection[int]) -> dict[int, str]:
        """The same for many; unknown ones are left out."""
        ...

    def changed(
        self,
        partitions: frozenset[str] | None,
        after: int,
        upto: int,
        limit: int,
        *,
        descending: bool = False,
    ) -> list[Row]:
        """Rows of these partitions with `after < number <= upto`, in order of numbers."""
        ...

    def pending(self, partitions: frozenset[str] | None, after: int) -> int:
        """How many rows of these partitions lie behind `after`; counting ends at `PENDING`."""
        ...

    def range(self, span: Span, partitions: frozenset[str] | None) -> list[Row]: ...
    def blob(self, digest: str) -> bytes | None: ...
    def local(self, principal: str, identifier: str) -> Local | None: ...
    def local_count(self, principal: str) -> int:
        """How many `_local` documents this principal has."""
        ...

    def held(self, *, waits_for: str | None = None, before: int | None = None, limit: int = 1000) -> list[Held]:
        """Held revisions, oldest first; `before` in seconds since 1970."""
        ...

    def held_count(self, principal: str) -> int:
        """How many revisions are held for this principal."""
        ...

    def held_by(self, principal: str, identifiers: Collection[str]) -> set[tuple[str, str]]:
        """Which `(id, rev)` of these ids are held for this principal."""
        ...


class WriteTransaction(ReadTransaction, Protocol):
    """One database in one request that is kept whole or not at all. Hooks use `winner` and `index_*`."""

    def index_put(self, key: str, value: bytes) -> None: ...
    def index_delete(self, key: str) -> None: ...
    def add_body(self, body: Body) -> int:
        """Keep a body; the answer is its key."""
        ...

    def drop_bodies(self, keys: Collection[int]) -> None:
        """Forget these bodies and who brought them: their revisions are gone too."""
        ...

    def forget_content(self, keys: Collection[int]) -> None:
        """Forget what these bodies say (`bodies` leaves them out), not who brought them: their names stay known."""
        ...

    def save(self, row: Row, before: Row | None) -> None:
        """Keep the row under a new number, which it then carries; `before` is the stored one it takes the place of."""
        ...

    def remove(self, row: Row) -> None:
        """Forget a document (purge)."""
        ...

    def renumber(self, partitions: frozenset[str]) -> None:
        """Give all rows of these partitions new numbers, in their old order."""
        ...

    def add_blob(self, digest: str, data: bytes) -> None: ...
    def drop_blobs(self, keep: Collection[str]) -> None:
        """Forget every blob of the database whose digest is not to be kept."""
        ...

    def put_local(self, principal: str, identifier: str, local: Local) -> None: ...
    def delete_local(self, principal: str, identifier: str) -> bool: ...
    def hold(self, held: Held) -> None: ...
    def drop_held(self, held: Held) -> None: ...
    def set_revs_limit(self, limit: int) -> None: ...


class Indexed(Struct, frozen=True):
    """What an index function asks for: the rows of these partitions get new numbers in this transaction.

    So every reader of a moved or returned subtree is told of it again and fetches only what it lacks.
    """

    renumber: frozenset[str] = frozenset()


NOTHING = Indexed()

Index = Callable[[WriteTransaction, str, Document | None, Document | None], Indexed]
"""`index(tx, database, before, after)`: called in the document's own transaction after its winning revision changed."""


def no_index(_tx: WriteTransaction, _database: str, _before: Document | None, _after: Document | None) -> Indexed:
    """Index nothing."""
    return NOTHING


class Store(Protocol):
    """Many databases in one durable place. Open it once; call from one event loop."""

    @property
    def uuid(self) -> str:
        """Names this life of the store; a restored backup gets another one, or devices would trust old checkpoints."""
        ...

    @property
    def number(self) -> int:
        """The newest durable number."""
        ...

    @property
    def index(self) -> Index:
        """The house's index function, for trusted writes and the door alike."""
        ...

    @property
    def waiting(self) -> Waiting:
        """Who waits for changes here."""
        ...

    @property
    def recent(self) -> "Recent":
        """What changed lately, from memory."""
        ...

    async def create(self, name: str) -> bool:
        """Make an empty database; False when it exists."""
        ...

    async def delete(self, name: str) -> bool: ...
    def names(self) -> list[str]: ...
    def exists(self, name: str) -> bool: ...
    def read(self, name: str) -> AbstractContextManager[ReadTransaction]:
        """A snapshot, read on the spot; short and bounded. Raises `SyncError` NO_DATABASE."""
        ...

    def write(self, name: str, work: Callable[[WriteTransaction], Result]) -> Awaitable[Result]:
        """Run `work` in a write transaction and answer with its result once that is durable."""
        ...

    def feed(self, since: int, limit: int = 1000) -> list[FeedEntry]:
        """Changes of all databases behind `since`, in order, for followers."""
        ...

    async def changed(self, since: int) -> int:
        """Wait until there is a change behind `since`; the answer is the newest number."""
        ...

    async def renew(self) -> None:
        """After a restore: another uuid, another epoch for every database, no `_local` documents."""
        ...

    async def close(self) -> None: ...
