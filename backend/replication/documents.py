"""What a person keeps in their own space: drafts, and work that was not accepted. Nobody else ever reads it.

In a person's space `author` and `by` are the account's id, because a person is a member of many processes.
"""

from typing import Annotated, Any, Final

from msgspec import Meta, field

from backend.contributions.documents import MAX_FILES, MAX_TEXT
from backend.kit.keys import KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import FileRef


class Draft(Envelope, kw_only=True):
    """What is still being written: a contribution (key `<space>~<item>`), or a form (`<space>~<item>~<form>`)."""

    text: Annotated[str, Meta(max_length=MAX_TEXT)]
    """Its words; of a form, what its person would call it."""
    files: Annotated[list[FileRef], Meta(max_length=MAX_FILES)] = field(default_factory=list[FileRef])
    form: Annotated[dict[str, Any], Meta(max_length=60)] | None = None
    """What stands in the fields of a form, by their names."""


class Rescued(Envelope, kw_only=True):
    """A revision that was refused, whole, with the reason; its key is `<space>~<document id>~<revision>`."""

    document: dict[str, Any]
    reason: Annotated[str, Meta(max_length=50)]
    """The word of the refusal: what programs compare."""
    sentence: Annotated[str, Meta(max_length=1_000)]
    """The reason in the person's language."""
    title: Annotated[str, Meta(max_length=500)] = ""
    """What the person would call it: the name of the task, the first words."""


_ACCOUNT: Final = frozenset({Who.ACCOUNT})

DRAFT: Final = DocumentType(
    name="draft",
    key=KeyRule("{space}~{text}"),
    purpose="Keeps what a person has begun to write, on all devices of that person.",
    struct=Draft,
    spaces=frozenset({SpaceKind.PERSON}),
    partition=Partition.ALL,
    create=_ACCOUNT,
    edit=_ACCOUNT,
    delete=_ACCOUNT,
    members={
        "text": Member(Merge.HARD, Personal.FREE_TEXT),
        "files": Member(Merge.UNION, Personal.MEDIA, named_by="sha256"),
        "form": Member(Merge.HARD, Personal.FREE_TEXT),
    },
    ground=Ground.PUBLIC_TASK,
    retention_days=365,
    erasure=Erasure.TOMBSTONE,
    export=True,
)
RESCUED: Final = DocumentType(
    name="rescued",
    key=KeyRule("{space}~{text}"),
    purpose="Keeps work that was not accepted, with the reason, so that its author can recover it.",
    struct=Rescued,
    spaces=frozenset({SpaceKind.PERSON}),
    partition=Partition.ALL,
    create=_ACCOUNT | {Who.SERVER},
    edit=_ACCOUNT,
    delete=_ACCOUNT,
    members={
        "document": Member(Merge.FIXED, Personal.FREE_TEXT),
        "reason": Member(Merge.FIXED),
        "sentence": Member(Merge.FIXED),
        "title": Member(Merge.FIXED, Personal.FREE_TEXT),
    },
    ground=Ground.PUBLIC_TASK,
    retention_days=365,
    erasure=Erasure.TOMBSTONE,
    export=True,
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (DRAFT, RESCUED)
