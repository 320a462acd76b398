"""How much one request may carry. Every list, body and loop of the engine has its bound here."""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Bytes, counts and depths; the defaults suit devices of people."""

    document: int = 1_000_000
    """Bytes of one document's body, attachments not counted."""
    attachment: int = 10_000_000
    batch: int = 10_000_000
    """Bytes of one request."""
    rows: int = 10_000
    """Documents, ids or revisions of one request."""
    page: int = 100_000
    """Rows of one answer; whoever wants more asks again."""
    depth: int = 64
    """How deep arrays and objects of a document may be nested."""
    leap: int = 1_000
    """How far a new revision's generation may lie beyond what is known: `999999999-f` would win for ever."""
    path: int = 1_000
    """Revisions of one history."""
    attachments: int = 100
    identifier: int = 512
    local: int = 100_000
    """Bytes of one `_local` document: a checkpoint with some dozens of lines of history."""
    locals: int = 1_000
    """`_local` documents of one principal in one database; two for each device that replicates."""
    held: int = 10_000
    """Revisions held for one principal in one database."""


OPEN = Limits(
    document=8_000_000,
    attachment=64_000_000,
    batch=100_000_000,
    rows=100_000,
    page=1_000_000,
    leap=999_999_999,
    local=8_000_000,
    locals=1_000_000,
    identifier=16_384,
)
"""For an engine that serves its own machine."""
