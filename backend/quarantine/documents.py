"""Refused work on its way to an administrator and back, as documents, so that each step works without a network.

    in the author's own space                        in the process, partition `admin`
    all:handover:<space>~<id>~<rev>            ──▶   admin:quarantined:<member>~<id>~<rev>      (written by the server)
    all:handover-answer:<same key>             ◀──   admin:quarantine-decision:<same key>       (by an administrator)

The author hands over, the server shows it to the administrators, one of them decides, the server carries it out and
tells the author. Nobody else ever sees the work before it was let in.
"""

from typing import Annotated, Any, Final, Literal

from msgspec import Meta, field

from backend.contributions.documents import MAX_FILES
from backend.kit.keys import KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import FileRef

MAX_NOTE: Final = 1_000
"""Characters of a note or an answer."""

Outcome = Literal["waiting", "accepted", "declined", "withdrawn", "impossible"]
"""impossible: there is no place for it (any more), or it came from nobody who ever was a member."""

Note = Annotated[str, Meta(max_length=MAX_NOTE)]
Files = Annotated[list[FileRef], Meta(max_length=MAX_FILES)]


class Handover(Envelope, kw_only=True):
    """One refused revision that its author gives to the administrators of its process."""

    space: Annotated[str, Meta(max_length=64)]
    document: dict[str, Any]
    """As it was refused; of an edit only what the author changed."""
    reason: Annotated[str, Meta(max_length=50)]
    """The word of the refusal."""
    sentence: Annotated[str, Meta(max_length=1_000)]
    title: Annotated[str, Meta(max_length=500)] = ""
    note: Note = ""
    """What the author says to the administrators."""
    files: Files = field(default_factory=list[FileRef])
    """The files of the document, which travel through the author's own space."""


class HandoverAnswer(Envelope, kw_only=True):
    """What became of a handover; the author's devices close the matter by it."""

    outcome: Outcome
    answer: Note = ""


class Quarantined(Envelope, kw_only=True):
    """Handed-over work as the administrators of the process see it."""

    member: Annotated[str, Meta(max_length=26)]
    name: Annotated[str, Meta(max_length=200)]
    """Display name of who handed it over, who may have left the process."""
    document: dict[str, Any]
    reason: Annotated[str, Meta(max_length=50)]
    title: Annotated[str, Meta(max_length=500)] = ""
    note: Note = ""
    files: Files = field(default_factory=list[FileRef])
    outcome: Outcome = "waiting"
    answer: Note = ""


class QuarantineDecision(Envelope, kw_only=True):
    """An administrator's word on handed-over work; the first that arrives counts."""

    accept: bool
    answer: Note = ""


_ACCOUNT: Final = frozenset({Who.ACCOUNT})
_SERVER: Final = frozenset({Who.SERVER})
_ADMINISTRATOR: Final = frozenset({Who.ADMINISTRATOR})
_HANDED_OVER: Final = {
    "document": Member(Merge.FIXED, Personal.FREE_TEXT),
    "reason": Member(Merge.FIXED),
    "title": Member(Merge.FIXED, Personal.FREE_TEXT),
    "note": Member(Merge.FIXED, Personal.FREE_TEXT),
    "files": Member(Merge.FIXED, Personal.MEDIA),
}

HANDOVER: Final = DocumentType(
    name="handover",
    key=KeyRule("{space}~{text}"),
    purpose="Carries work that was not accepted from its author to the administrators of the process.",
    struct=Handover,
    spaces=frozenset({SpaceKind.PERSON}),
    partition=Partition.ALL,
    create=_ACCOUNT,
    edit=_ACCOUNT,
    delete=_ACCOUNT,
    members={**_HANDED_OVER, "space": Member(Merge.FIXED), "sentence": Member(Merge.FIXED)},
    ground=Ground.PUBLIC_TASK,
    retention_days=365,
    erasure=Erasure.TOMBSTONE,
    export=True,
)
HANDOVER_ANSWER: Final = DocumentType(
    name="handover-answer",
    key=KeyRule("{space}~{text}"),
    purpose="Tells an author what the administrators decided about work that was handed to them.",
    struct=HandoverAnswer,
    spaces=frozenset({SpaceKind.PERSON}),
    partition=Partition.ALL,
    create=_SERVER,
    edit=_SERVER,
    delete=_ACCOUNT | _SERVER,
    members={"outcome": Member(Merge.OURS_ALONE), "answer": Member(Merge.OURS_ALONE, Personal.FREE_TEXT)},
    ground=Ground.PUBLIC_TASK,
    retention_days=365,
    erasure=Erasure.TOMBSTONE,
    export=True,
)
QUARANTINED: Final = DocumentType(
    name="quarantined",
    purpose="Shows administrators work that was not accepted and that its author handed to them.",
    struct=Quarantined,
    spaces=frozenset({SpaceKind.PROCESS}),
    partition=Partition.ADMIN,
    create=_SERVER,
    edit=_SERVER,
    delete=_SERVER,
    members={
        **_HANDED_OVER,
        "member": Member(Merge.FIXED, Personal.PSEUDONYM),
        "name": Member(Merge.OURS_ALONE, Personal.NAME),
        "outcome": Member(Merge.OURS_ALONE),
        "answer": Member(Merge.OURS_ALONE, Personal.FREE_TEXT),
    },
    ground=Ground.PUBLIC_TASK,
    retention_days=365,
    erasure=Erasure.TOMBSTONE,
    export=True,
)
QUARANTINE_DECISION: Final = DocumentType(
    name="quarantine-decision",
    purpose="Carries an administrator's decision about handed-over work.",
    struct=QuarantineDecision,
    spaces=frozenset({SpaceKind.PROCESS}),
    partition=Partition.ADMIN,
    create=_ADMINISTRATOR,
    edit=_ADMINISTRATOR,
    delete=_ADMINISTRATOR,
    members={"accept": Member(Merge.HARD), "answer": Member(Merge.HARD, Personal.FREE_TEXT)},
    ground=Ground.PUBLIC_TASK,
    retention_days=365,
    erasure=Erasure.DISOWN,
    export=True,
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (HANDOVER, HANDOVER_ANSWER, QUARANTINED, QUARANTINE_DECISION)
