"""A task that calls for people, who answers the call, and which answer each of them gets.

    <item>:need:<key>                          what, where, when, how many      by who may create there
    <item>:claim:<occurrence>-<member>         «I'll help», or not any more     by the member
    <item>:place:<occurrence>-<member>         confirmed, waiting list, too late by the server (`places.py`)
    <item>:attendance:<occurrence>-<member>    who came, and thanks              by an administrator

A need is changed by its author, by whom it names to turn to, and by who may delete there; who may only create makes
needs of their own. An *occurrence* is one time at which the need is met: a need that comes every Tuesday has one for
each Tuesday. All four lie in the partition of the item, so who may open the task sees who comes.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, field

from backend.kit.keys import KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import check_year

MAX_OCCURRENCES: Final = 104
"""Two years of weeks."""
MAX_PLACES: Final = 500
LONGEST: Final = timedelta(days=31)

Key = Annotated[str, Meta(pattern=r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
MemberId = Annotated[str, Meta(min_length=1, max_length=26)]
Moment = Annotated[datetime, Meta(tz=True)]
Line = Annotated[str, Meta(max_length=200)]
Note = Annotated[str, Meta(max_length=2_000)]
Words = Annotated[list[Annotated[str, Meta(min_length=1, max_length=60)]], Meta(max_length=20)]
Minutes = Annotated[int, Meta(ge=0, le=7 * 24 * 60)]

Outcome = Literal["confirmed", "waiting", "late", "uninvited", "cancelled", "withdrawn", "handed"]
"""What became of a claim.

late: all places and the waiting list were taken, or the time was over. uninvited: the need asks other teams. handed:
the place went to whom the claimant named.
"""


class Place(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Where people meet. The distance is computed on the device; nobody's position is ever sent."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    address: Line = ""
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None


class Occurrence(Struct, forbid_unknown_fields=True):
    """One time at which help is needed."""

    id: Key
    start: Moment
    end: Moment

    def __post_init__(self) -> None:
        check_year(self.start)
        check_year(self.end)
        if not timedelta() < self.end - self.start <= LONGEST:
            raise ValueError("an occurrence ends after it begins, within a month")


class Need(Envelope, kw_only=True):
    """A call for people."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    text: Annotated[str, Meta(max_length=5_000)] = ""
    place: Place | None = None
    occurrences: Annotated[list[Occurrence], Meta(min_length=1, max_length=MAX_OCCURRENCES)]
    zone: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_+/-]+$", max_length=60)]
    """IANA time zone in which the times are meant and told: `Europe/Riga`."""
    places: Annotated[int, Meta(ge=1, le=MAX_PLACES)]
    """How many people each occurrence needs."""
    waiting: Annotated[int, Meta(ge=0, le=MAX_PLACES)] = 0
    """How long the waiting list of each occurrence may grow."""
    skills: Words = field(default_factory=list[str])
    teams: Annotated[list[Annotated[str, Meta(max_length=26)]], Meta(max_length=50)] = field(default_factory=list[str])
    """Whose members may answer; empty: everybody who may open the task."""
    deadline: Moment | None = None
    """After it nobody can answer any more; None: until it begins."""
    contact: MemberId | None = None
    """The member to turn to; who is named when nobody is found in time."""
    safety: Note = ""
    """What to know before coming, for one's own safety and that of others."""
    urgency: Literal["now", "soon", "planned"] = "planned"
    cancelled: bool = False
    reason: Note = ""
    """Why it was cancelled."""

    def __post_init__(self) -> None:
        check_year(self.deadline)


class Claim(Envelope, kw_only=True):
    """A member's word on one occurrence: the first that arrives while there is a place gets it."""

    need: Key
    state: Literal["asked", "started", "done", "withdrawn"]
    note: Note = ""
    hand_to: MemberId | None = None
    """The member who may have the place instead, as soon as they ask with `takes_from`."""
    takes_from: MemberId | None = None
    minutes: Minutes | None = None
    """How long it took, in the volunteer's own words."""


class Placed(Envelope, kw_only=True):
    """The server's answer to one claim."""

    need: Key
    member: MemberId
    outcome: Outcome
    turn: int
    """Its place in the order of arrival, a number of the store; the waiting list is in this order."""
    claim: str
    """Revision of the claim that this answers."""


class Attendance(Envelope, kw_only=True):
    """What the coordinator says afterwards."""

    need: Key
    member: MemberId
    came: bool
    minutes: Minutes | None = None
    thanks: Note = ""


_LATEST: Final = Member(Merge.LATEST)
_ALONE: Final = Member(Merge.OURS_ALONE)
_ADMINISTRATOR: Final = frozenset({Who.ADMINISTRATOR})
_SERVER: Final = frozenset({Who.SERVER})
_FIVE_YEARS: Final = 5 * 365

NEED: Final = DocumentType(
    name="need",
    purpose="Calls for people who help with a task, and says where, when and how many.",
    struct=Need,
    spaces=frozenset({SpaceKind.PROCESS}),
    partition=Partition.ITEM,
    create=frozenset({Who.CREATE}),
    edit=frozenset({Who.AUTHOR, Who.CONTACT, Who.DELETE}),
    delete=frozenset({Who.AUTHOR, Who.DELETE}),
    members={
        "name": Member(Merge.HARD),
        "text": Member(Merge.HARD, Personal.FREE_TEXT),
        "place": _LATEST,
        "occurrences": Member(Merge.UNION, named_by="id"),
        "zone": _LATEST,
        "places": _LATEST,
        "waiting": _LATEST,
        "skills": Member(Merge.UNION),
        "teams": Member(Merge.UNION),
        "deadline": _LATEST,
        "contact": Member(Merge.LATEST, Personal.PSEUDONYM),
        "safety": Member(Merge.HARD),
        "urgency": _LATEST,
        "cancelled": _LATEST,
        "reason": Member(Merge.LATEST, Personal.FREE_TEXT),
    },
    ground=Ground.PUBLIC_TASK,
    retention_days=_FIVE_YEARS,
    erasure=Erasure.DISOWN,
    export=True,
)
CLAIM: Final = DocumentType(
    name="claim",
    key=KeyRule("{ulid}-{author}"),
    purpose="Carries a member's word that they help at one time, or cannot after all.",
    struct=Claim,
    spaces=frozenset({SpaceKind.PROCESS}),
    partition=Partition.ITEM,
    create=frozenset({Who.ACCESS}),
    edit=frozenset({Who.AUTHOR}),
    delete=frozenset({Who.AUTHOR}),
    members={
        "need": Member(Merge.FIXED),
        "state": _LATEST,
        "note": Member(Merge.LATEST, Personal.FREE_TEXT),
        "hand_to": Member(Merge.LATEST, Personal.PSEUDONYM),
        "takes_from": Member(Merge.LATEST, Personal.PSEUDONYM),
        "minutes": Member(Merge.LATEST, Personal.ACTIVITY),
    },
    ground=Ground.PUBLIC_TASK,
    retention_days=_FIVE_YEARS,
    erasure=Erasure.TOMBSTONE,
    export=True,
)
PLACED: Final = DocumentType(
    name="place",
    key=KeyRule("{ulid}-{name}"),
    purpose="Answers a claim: confirmed, waiting list or too late.",
    struct=Placed,
    spaces=frozenset({SpaceKind.PROCESS}),
    partition=Partition.ITEM,
    create=_SERVER,
    edit=_SERVER,
    delete=_SERVER,
    members={
        "need": _ALONE,
        "member": Member(Merge.OURS_ALONE, Personal.PSEUDONYM),
        "outcome": _ALONE,
        "turn": _ALONE,
        "claim": _ALONE,
    },
    ground=Ground.PUBLIC_TASK,
    retention_days=_FIVE_YEARS,
    erasure=Erasure.TOMBSTONE,
    export=True,
)
ATTENDANCE: Final = DocumentType(
    name="attendance",
    key=KeyRule("{ulid}-{name}"),
    purpose="Says who came to help and for how long, so that they are thanked and can have a certificate.",
    struct=Attendance,
    spaces=frozenset({SpaceKind.PROCESS}),
    partition=Partition.ITEM,
    create=_ADMINISTRATOR,
    edit=_ADMINISTRATOR,
    delete=_ADMINISTRATOR,
    members={
        "need": Member(Merge.FIXED),
        "member": Member(Merge.FIXED, Personal.PSEUDONYM),
        "came": Member(Merge.HARD),
        "minutes": Member(Merge.HARD, Personal.ACTIVITY),
        "thanks": Member(Merge.LATEST, Personal.FREE_TEXT),
    },
    ground=Ground.PUBLIC_TASK,
    retention_days=_FIVE_YEARS,
    erasure=Erasure.TOMBSTONE,
    export=True,
)


def screen_of(process: str, item: str, need: str, occurrence: str) -> str:
    """Return the address of the screen of a need in the app, at one of its occurrences."""
    return f"/processes/{process}/tasks/{item}/needs/{need}?at={occurrence}"


TYPES: Final[tuple[DocumentType[Any], ...]] = (NEED, CLAIM, PLACED, ATTENDANCE)
