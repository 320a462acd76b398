"""The records of a store: the state of a document, its bodies, what is held, a database, a place in the feed."""

from msgspec import Struct


class Row(Struct):
    """State of one document.

    `body` is the key of the winner's body (0: not held here); `tree` is empty while the tree is that one revision;
    `leaves` is empty while the winner is the only leaf, else it is the JSON of all, winner first, ready for the feed.
    """

    id: str
    number: int
    partition: str
    rev: str
    deleted: bool
    body: int
    leaves: str = ""
    tree: bytes = b""


class Body(Struct):
    """Content of one revision. `attachments` is JSON (name → Attachment without data), empty when there are none.

    `sender` is the principal who brought it, `at` when, in seconds since 1970.
    """

    data: bytes
    attachments: bytes = b""
    sender: str = ""
    at: int = 0


class Single(Struct, frozen=True):
    """A document that was never edited and has no attachments: all that there is to say of most."""

    id: str
    rev: str
    deleted: bool
    data: bytes


class Held(Struct):
    """A revision that waits outside the database. `document` is the whole JSON document with `_id` and `_revisions`."""

    id: str
    rev: str
    principal: str
    waits_for: str
    at: int
    document: bytes


class Local(Struct):
    """One principal's `_local` document: a checkpoint. `revision` counts from 1."""

    revision: int
    body: bytes


class Info(Struct):
    """One database. `number` is that of its newest change; the epoch names its life and changes with a restore.

    `base` is the newest number when it was made: readers are told `number - base`, so their feeds begin with 1.
    """

    name: str
    epoch: str
    base: int
    number: int
    documents: int
    deleted: int
    revs_limit: int
    purges: int


class Span(Struct, frozen=True):
    """A range of document ids, in the order of their bytes. `ends_inside`: the last id belongs to it."""

    first: str = ""
    last: str | None = None
    ends_inside: bool = True
    descending: bool = False
    skip: int = 0
    limit: int = 1000
    deleted: bool = False


class FeedEntry(Struct, frozen=True):
    """One change in the feed over all databases."""

    database: str
    number: int
    id: str
    rev: str
    deleted: bool
    branched: bool = False
    """Whether its tree has more leaves than the winner, deleted ones too."""
    body: int = 0
    """Key of the winner's body then."""
