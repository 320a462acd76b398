"""Where a file lies, who may have it, and what it is.

A file belongs to a partition of a space and is readable exactly as that partition is. Its name is the SHA-256 of its
content, so sending it twice changes nothing and nobody can put something else in its place. The same photo in two
partitions lies there twice: «we have this already» would tell what is in a partition one may not read.
"""

import re
from datetime import timedelta
from typing import Annotated, Protocol, runtime_checkable

from msgspec import Meta, Struct

from backend.accounts.domain import Person
from backend.kit.spaces import kind_of

MAX_FILE = 10_000_000
"""Bytes of one file."""
MAX_OF_A_PERSON = 1_000_000_000
"""Bytes that one person may keep on a server."""
MIN_FREE = 200_000_000
"""Bytes of disk that stay free for documents, which are worth more than photos."""

KEPT = timedelta(days=90)
"""How long a file stays that no document names any more: as long as versions that were followed by others, and as
somebody may be offline with work that names it. Until then a deletion can be undone, and the other version chosen."""

_SPACE = re.compile(r"[a-z0-9-]{1,64}")
_PARTITION = re.compile(r"[A-Za-z0-9-]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+-]{1,80}")
_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")

_MAGIC = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
)
IMAGES = frozenset(kind for _, _, kind in _MAGIC)
"""What a browser may show; everything else is only ever saved."""
UNKNOWN = "application/octet-stream"


class Address(Struct, frozen=True):
    """Where one file lies."""

    space: str
    partition: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.space}/{self.partition}/{self.sha256}"


def address(space: str, partition: str, sha256: str) -> Address | None:
    """Return the address when it can be one: its parts become names of folders."""
    fits = _SPACE.fullmatch(space) and _PARTITION.fullmatch(partition) and _SHA256.fullmatch(sha256)
    return Address(space, partition, sha256) if fits and kind_of(space) else None


class Right(Struct, frozen=True):
    """What a person may do with the files of one partition."""

    read: bool
    write: bool


@runtime_checkable  # Litestar checks what it injects
class Rights(Protocol):
    """Says who may what; `backend.replication` answers as it does for documents."""

    async def of(self, person: Person | None, space: str, partition: str) -> Right:
        """Return what the person may do with the files of a partition; nothing where there is no such space."""
        ...


class Piece(Struct, frozen=True):
    """A stretch of a file, as `Content-Range` names it (RFC 9110 §14.4); `end` is the first byte behind it."""

    start: Annotated[int, Meta(ge=0)]
    end: int
    total: int


def piece(content_range: str | None, length: int) -> Piece | None:
    """Return which bytes a request brings, without a range all `length` of them; None when it makes no sense."""
    if content_range is None:
        return Piece(0, length, length)
    found = _RANGE.fullmatch(content_range)
    if found is None:
        return None
    start, last, total = (int(number) for number in found.groups())
    fits = start <= last < total and last + 1 - start == length
    return Piece(start, last + 1, total) if fits else None


def media_type(declared: str, beginning: bytes) -> str:
    """Return what a file is: an image by its first bytes, else what its sender says unless that claims an image."""
    for at, magic, kind in _MAGIC:
        if beginning[at : at + len(magic)] == magic:
            return kind
    plain = declared.partition(";")[0].strip().lower()
    return plain if _MEDIA_TYPE.fullmatch(plain) and not plain.startswith("image/") else UNKNOWN
