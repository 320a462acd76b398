"""What is replicated of a process: the process itself, the items of its tree, and what of it everybody may see.

Statuses are true in tasks only; the progress of objectives, phases and the process is derived from them, here and on
the device alike. Only administrators change the tree, except that who may create in a task may say how far it is.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, field

from backend.kit.keys import KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import FileRef, Label, Language, Text
from backend.people.domain import PartnerKind

Status = Literal["awaiting", "in_progress", "finished"]
Key = Annotated[str, Meta(pattern=r"^[0-9A-HJKMNP-TV-Z]{26}$")]
ParentKey = Annotated[str, Meta(pattern=r"^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26}$")]
"""The parent of a phase is the process, whose id is in lower case."""
Order = Annotated[str, Meta(pattern=r"^[A-Za-z][0-9A-Za-z]{1,60}$")]
"""Sorts byte by byte among the siblings (`order.py`); what is put before the first one begins with a capital."""
Keys = Annotated[list[Key], Meta(max_length=200)]
Names = Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(max_length=50)]
Share = Annotated[float, Meta(ge=0, le=1)]
Tags = Annotated[list[Annotated[str, Meta(min_length=1, max_length=100)]], Meta(max_length=30)]
Effort = Annotated[int, Meta(ge=0, le=5)]
"""How demanding something is: 0 not at all, 5 very."""
Answer = Annotated[str, Meta(max_length=40)]
GovernanceKind = Literal["C2C", "C2G", "G2C", "G+G"]


class Governance(Struct, kw_only=True):
    """Who gives the service to whom, as INTERLINK names it (C citizens, G administrations)."""

    kind: GovernanceKind
    answers: Annotated[dict[Answer, Answer], Meta(max_length=20)] = field(default_factory=dict[str, str])
    """What was answered to each question that led there, both by their keys."""


class Process(Envelope, kw_only=True):
    """One co-production process; its space holds exactly one."""

    name: Label
    aim: Text | None = None
    description: Text | None = None
    place: Annotated[str, Meta(max_length=200)] = ""
    organisation: Annotated[str, Meta(max_length=200)] = ""
    status: Literal["in_progress", "finished"] = "in_progress"
    public: bool = False
    languages: Annotated[list[Language], Meta(max_length=50)]
    schema: Annotated[str, Meta(max_length=100)] | None = None
    """Key of the schema in the commons that its tree was copied from."""
    logo: FileRef | None = None
    idea: Text | None = None
    """What is to be tried."""
    challenges: Text | None = None
    """What stands in the way."""
    requirements: Text | None = None
    """What it takes."""
    tags: Tags = field(default_factory=list[str])
    governance: Governance | None = None
    archived: bool = False
    """Put away by its administrators: still readable, and it can be brought back."""


class Item(Envelope, kw_only=True):
    """What phases, objectives and tasks have in common."""

    parent: ParentKey
    order: Order
    name: Label
    description: Text | None = None
    after: Keys = field(default_factory=list[str])
    """What should be finished first."""
    key: Annotated[str, Meta(max_length=200)] | None = None
    """Key of the same item in the schema."""
    disabled: bool = False


class Phase(Item, kw_only=True):
    """A phase; its parent is the process."""

    codelivery: bool = False


class Objective(Item, kw_only=True):
    """An objective; its parent is a phase."""


class Task(Item, kw_only=True):
    """A task; its parent is an objective."""

    status: Status = "awaiting"
    profiles: Names = field(default_factory=list[str])
    """Problem profiles: which INTERLINKERs help."""
    start: date | None = None
    due: date | None = None
    teams: Names = field(default_factory=list[str])
    """Keys of the teams that see to it."""
    management: Effort | None = None
    """How demanding it is to lead,"""
    development: Effort | None = None
    """to make,"""
    exploitation: Effort | None = None
    """and to keep going."""


class PublishedTask(Struct):
    """A task as everybody may see it."""

    name: Label
    status: Status


class PublishedObjective(Struct):
    """An objective as everybody may see it, with the partners that took part."""

    name: Label
    took_part: list[PartnerKind]
    tasks: list[PublishedTask]


class PublishedPhase(Struct):
    """A phase as everybody may see it."""

    name: Label
    status: Status
    progress: Share
    objectives: list[PublishedObjective]


class People(Struct):
    """How many people of each partner have contributed."""

    gov: int = 0
    cit: int = 0
    com: int = 0


class PublishedProcess(Envelope, kw_only=True):
    """What everybody may see of a public process; made from its space, never edited."""

    name: Label
    aim: Text | None = None
    place: str
    languages: list[Language]
    people: People
    progress: Share
    phases: list[PublishedPhase]
    updated: datetime
    """When the process or its tree last changed."""


_ADMINISTRATORS: Final = frozenset({Who.ADMINISTRATOR})
_SERVER: Final = frozenset({Who.SERVER})
_LATEST: Final = Member(Merge.LATEST)
_TEXT: Final = Member(Merge.PER_LANGUAGE)
_SET: Final = Member(Merge.UNION)
_ALONE: Final = Member(Merge.OURS_ALONE)
_ITEM: Final = {
    "parent": Member(Merge.HARD),
    "order": _LATEST,
    "name": _TEXT,
    "description": _TEXT,
    "after": _SET,
    "key": Member(Merge.FIXED),
    "disabled": _LATEST,
}


def _tree_item(name: str, purpose: str, struct: type[Any], /, **members: Member) -> DocumentType[Any]:
    return DocumentType(
        name=name,
        purpose=purpose,
        struct=struct,
        spaces=frozenset({SpaceKind.PROCESS}),
        partition=Partition.ALL,
        create=_ADMINISTRATORS,
        edit=_ADMINISTRATORS,
        delete=_ADMINISTRATORS,
        members=members,
        ground=Ground.PUBLIC_TASK,
        retention_days=None,
        erasure=Erasure.DISOWN,
        export=False,
    )


PROCESS: Final = replace(
    _tree_item(
        "process",
        "Tells the members what the process is about.",
        Process,
        name=_TEXT,
        aim=_TEXT,
        description=_TEXT,
        place=_LATEST,
        organisation=_LATEST,
        status=Member(Merge.FURTHEST),
        public=_LATEST,
        languages=_SET,
        schema=Member(Merge.FIXED),
        logo=Member(Merge.LATEST, Personal.MEDIA),
        idea=_TEXT,
        challenges=_TEXT,
        requirements=_TEXT,
        tags=_SET,
        governance=Member(Merge.HARD),
        archived=_LATEST,
    ),
    create=_SERVER,
    delete=_SERVER,
    key=KeyRule("{owner}"),
)
PHASE: Final = _tree_item("phase", "Divides the process into phases.", Phase, **_ITEM, codelivery=_LATEST)
OBJECTIVE: Final = _tree_item("objective", "Says what a phase is to reach.", Objective, **_ITEM)
TASK: Final = _tree_item(
    "task",
    "Says what is to be done, by when and by which teams.",
    Task,
    **_ITEM,
    status=Member(Merge.FURTHEST, edit=frozenset({Who.CREATE})),
    profiles=_SET,
    start=_LATEST,
    due=_LATEST,
    teams=_SET,
    management=_LATEST,
    development=_LATEST,
    exploitation=_LATEST,
)
PUBLISHED_PROCESS: Final = DocumentType(
    name="published-process",
    key=KeyRule("{id}"),
    purpose="Shows everybody how far a public process is, without naming anyone.",
    struct=PublishedProcess,
    spaces=frozenset({SpaceKind.COMMONS}),
    partition=Partition.ALL,
    create=_SERVER,
    edit=_SERVER,
    delete=_SERVER,
    members=dict.fromkeys(
        ("name", "aim", "place", "languages", "people", "progress", "phases", "updated"),
        _ALONE,
    ),
    ground=Ground.NOT_PERSONAL,
    retention_days=None,
    erasure=Erasure.KEEP,
    export=False,
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (PROCESS, PHASE, OBJECTIVE, TASK, PUBLISHED_PROCESS)
