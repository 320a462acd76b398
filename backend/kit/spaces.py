"""What a room may do with replicated documents, without knowing the engine behind.

A *space* is one replicated database. Rooms that write documents are given a `Spaces`; `backend.replication`
implements it over the store, so only that room imports the engine.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

Body = Mapping[str, Any]
"""A document as JSON gives it, `_id` and (when read) `_rev` included."""

COMMONS = "commons"
ALL = "all"
"""The partition every reader of a space reads."""

SERVER = "server"
"""Author, sender and device of the documents that the server writes."""


class SpaceKind(StrEnum):
    """The kinds of spaces; the name of a space begins with its kind."""

    COMMONS = "commons"
    PROCESS = "process"
    PERSON = "person"


def space_of(kind: SpaceKind, owner: str = "") -> str:
    """Name the space of one process or person; the commons have no owner."""
    return f"{kind}-{owner}" if owner else kind.value


def kind_of(space: str) -> tuple[SpaceKind, str] | None:
    """Take the name of a space apart into its kind and its owner's id; None when no space can have this name."""
    if space == COMMONS:
        return SpaceKind.COMMONS, ""
    kind, _, owner = space.partition("-")
    if not owner or kind not in (SpaceKind.PROCESS, SpaceKind.PERSON):
        return None
    return SpaceKind(kind), owner


def process_of(space: str) -> str | None:
    """Return the id of the process whose space this is; None for every other space."""
    kind = kind_of(space)
    return kind[1] if kind and kind[0] is SpaceKind.PROCESS else None


@runtime_checkable  # Litestar checks what it injects
class Spaces(Protocol):
    """Trusted reading and writing by the server itself: nobody's rights are asked here."""

    async def create(self, name: str) -> None:
        """Make a space; nothing happens when it is there already."""
        ...

    async def exists(self, name: str) -> bool:
        """Say whether the space was made."""
        ...

    async def read(self, space: str, document_id: str) -> dict[str, Any] | None:
        """Return the winning revision of one document; None when there is none or it was deleted."""
        ...

    async def list(self, space: str, partition: str, kind: str, begins: str = "") -> list[dict[str, Any]]:
        """Return the winning revisions of one type in one partition whose keys begin so, in the order of their ids."""
        ...

    async def write(self, space: str, docs: Sequence[Body]) -> int:
        """Write documents on top of whatever is stored and return how many new revisions that made.

        A document whose content equals the stored winner makes none, so writing twice changes nothing. A document with
        `_deleted` true removes. All are written in one transaction, or none.
        """
        ...

    async def put_file(self, space: str, partition: str, content: bytes, media_type: str) -> str:
        """Keep a file readable exactly as its partition is, and return its SHA-256 in hexadecimal."""
        ...

    async def admit(self, space: str, document: Body) -> None:
        """Store one revision exactly as its author's device made it, `_rev` and all; twice is once."""
        ...

    async def copy_file(self, source: tuple[str, str], target: tuple[str, str], sha256: str) -> bool:
        """Make a file readable in a second (space, partition) too; False when it has not arrived in the first."""
        ...
