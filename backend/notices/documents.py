"""What a person is told and what they wish about it, as documents of their own space. Nobody else ever reads them.

    all:notice:<notice>    what they are told          by the server
    all:read:<notice>      seen, done, or «later»      by the person, offline too
    all:wishes:self        how they want to be told    by the person, offline too

The sentence of a notice is made where it is read, in the language of who reads it, from its *word* and its *facts*: the
device has `told_<word>`, the server the same words for push and mail (`words.py`). Facts name a need, a place and a
time; never a person, and nothing that somebody said.
"""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, field

from backend.kit.keys import KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import Label, check_year
from backend.notices.domain import Kind

KEEP_DAYS: Final = 90
"""So long a notice stays in the inbox."""
SELF: Final = "self"
"""Key of the one document of wishes."""

Moment = Annotated[datetime, Meta(tz=True)]
Id = Annotated[str, Meta(max_length=200)]
Road = Literal["push", "mail", "inbox"]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of the day on the wall, `21:00`."""
Skill = Annotated[str, Meta(min_length=1, max_length=60)]


class Facts(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What the sentence of a notice names, as far as it names it."""

    name: Label | None = None
    """Of the need, the task or the thing, in the languages it has."""
    place: Annotated[str, Meta(max_length=200)] = ""
    start: Moment | None = None
    end: Moment | None = None
    zone: Annotated[str, Meta(max_length=60)] = ""
    """IANA zone in which the times are told; empty: that of the device."""
    process: Label | None = None
    days: Annotated[int, Meta(ge=0)] | None = None
    count: Annotated[int, Meta(ge=0)] | None = None


class About(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Ids that an answer from the lock screen is made of, as far as the kind has them; no names."""

    item: Id = ""
    """Key of the task, phase, objective or process."""
    need: Id = ""
    """Key of the need."""
    occurrence: Id = ""
    member: Id = ""
    """Who is told, by their id in the space."""
    assignment: Id = ""
    """Key of the assignment."""


class NoticeDocument(Envelope, kw_only=True):
    """One thing a person is told; the inbox shows it, push and mail only carry it."""

    kind: Kind
    word: Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,39}$")]
    """Which sentence says it: `told_<word>` on the device, `title.<word>` on the server."""
    space: Annotated[str, Meta(max_length=64)]
    thing: Id
    """Id of the document it is about; of one time of a need `<need>~<occurrence>`."""
    path: Annotated[str, Meta(pattern=r"^/", max_length=500)]
    """What a tap opens."""
    facts: Facts = field(default_factory=Facts)
    about: About = field(default_factory=About)
    told: Moment
    until: Moment
    """When it is of no more use."""
    withdrawn: bool = False
    """It is no longer so: the need was filled, moved or cancelled."""


class Read(Envelope, kw_only=True):
    """What the person did with one notice, on whichever device; its key is that of the notice."""

    state: Literal["read", "done", "later"]
    """later: tell me again in a few hours."""


class QuietHours(Struct, forbid_unknown_fields=True):
    """Hours of the night, by the clock on the wall; they may go past midnight."""

    start: Clock
    end: Clock


class WishesDocument(Envelope, kw_only=True):
    """How a person wants to be told things; what they do not say stays as everybody has it."""

    zone: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_+/-]+$", max_length=60)] = "UTC"
    """IANA name of the zone in which they live; the device tells it."""
    quiet: QuietHours | None = field(default_factory=lambda: QuietHours("21:00", "08:00"))
    cap: Annotated[int, Meta(ge=0, le=20)] = 2
    """How often a day they may be asked for something."""
    off_until: Moment | None = None
    """Off duty until then."""
    roads: Annotated[dict[Annotated[str, Meta(max_length=40)], Road], Meta(max_length=40)] = field(
        default_factory=dict[str, Road]
    )
    """By which road a kind comes; push where nothing is said."""
    muted: Annotated[list[Id], Meta(max_length=500)] = field(default_factory=list[str])
    """Of what they want to hear nothing: names of spaces, keys of items, ids of needs."""
    digest: Literal["none", "daily", "weekly"] = "none"
    """Whether what went to the inbox only is told together once a day, or on Mondays."""
    digest_at: Clock = "08:00"
    skills: Annotated[list[Skill], Meta(max_length=20)] = field(default_factory=list[str])
    """What they like to help with."""

    def __post_init__(self) -> None:
        check_year(self.off_until)


_ACCOUNT: Final = frozenset({Who.ACCOUNT})
_SERVER: Final = frozenset({Who.SERVER})
_OURS: Final = Member(Merge.OURS_ALONE)
_OURS_TELLING: Final = Member(Merge.OURS_ALONE, Personal.ACTIVITY)
_LATEST: Final = Member(Merge.LATEST)

NOTICE: Final = DocumentType(
    name="notice",
    key=KeyRule("{name}"),
    purpose="Tells a person what happened that concerns them, and what they are asked for.",
    struct=NoticeDocument,
    spaces=frozenset({SpaceKind.PERSON}),
    partition=Partition.ALL,
    create=_SERVER,
    edit=_SERVER,
    delete=_SERVER,
    members={
        "kind": _OURS_TELLING,
        "word": _OURS,
        "space": _OURS_TELLING,
        "thing": _OURS_TELLING,
        "path": _OURS_TELLING,
        "facts": _OURS_TELLING,
        "about": Member(Merge.OURS_ALONE, Personal.PSEUDONYM),
        "told": _OURS_TELLING,
        "until": _OURS,
        "withdrawn": _OURS,
    },
    ground=Ground.PUBLIC_TASK,
    retention_days=KEEP_DAYS,
    erasure=Erasure.TOMBSTONE,
    export=True,
)
READ: Final = DocumentType(
    name="read",
    key=KeyRule("{name}"),
    purpose="Keeps which notices a person has seen, so that all their devices know.",
    struct=Read,
    spaces=frozenset({SpaceKind.PERSON}),
    partition=Partition.ALL,
    create=_ACCOUNT,
    edit=_ACCOUNT,
    delete=_ACCOUNT | _SERVER,
    members={"state": Member(Merge.LATEST, Personal.ACTIVITY)},
    ground=Ground.PUBLIC_TASK,
    retention_days=KEEP_DAYS,
    erasure=Erasure.TOMBSTONE,
    export=True,
)
WISHES: Final = DocumentType(
    name="wishes",
    key=KeyRule(SELF),
    purpose="Keeps how, when and of what a person wants to be told, and what they like to help with.",
    struct=WishesDocument,
    spaces=frozenset({SpaceKind.PERSON}),
    partition=Partition.ALL,
    create=_ACCOUNT,
    edit=_ACCOUNT,
    delete=_ACCOUNT,
    members={
        "zone": Member(Merge.LATEST, Personal.ACTIVITY),
        "quiet": _LATEST,
        "cap": _LATEST,
        "off_until": Member(Merge.LATEST, Personal.ACTIVITY),
        "roads": _LATEST,
        "muted": Member(Merge.UNION),
        "digest": _LATEST,
        "digest_at": _LATEST,
        "skills": Member(Merge.UNION, Personal.FREE_TEXT),
    },
    ground=Ground.CONSENT,
    retention_days=None,
    erasure=Erasure.TOMBSTONE,
    export=True,
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (NOTICE, READ, WISHES)
