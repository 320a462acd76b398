"""What people make in an item of the tree. One author each, so two devices never write the same one."""

from typing import Annotated, Any, Final

from msgspec import Meta, field

from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import FileRef

MAX_TEXT: Final = 20_000
"""Characters."""
MAX_FILES: Final = 10


class Contribution(Envelope, kw_only=True):
    """Words, photos and files that a person adds to a task, an objective or a phase (or the process)."""

    text: Annotated[str, Meta(max_length=MAX_TEXT)]
    files: Annotated[list[FileRef], Meta(max_length=MAX_FILES)] = field(default_factory=list[FileRef])
    reply_to: Annotated[str, Meta(max_length=200)] | None = None
    """Id of the contribution this one answers."""


CONTRIBUTION: Final = DocumentType(
    name="contribution",
    purpose="Carries what members contribute to the work of a process.",
    struct=Contribution,
    spaces=frozenset({SpaceKind.PROCESS}),
    partition=Partition.ITEM,
    create=frozenset({Who.CREATE}),
    edit=frozenset({Who.AUTHOR}),
    delete=frozenset({Who.AUTHOR, Who.DELETE}),
    members={
        "text": Member(Merge.HARD, Personal.FREE_TEXT),
        "files": Member(Merge.UNION, Personal.MEDIA, named_by="sha256"),
        "reply_to": Member(Merge.FIXED),
    },
    ground=Ground.PUBLIC_TASK,
    retention_days=5 * 365,
    erasure=Erasure.DISOWN,
    export=True,
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (CONTRIBUTION,)
