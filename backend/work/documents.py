"""Who is asked to do what, and who did what: assignments, credits, and what administrators answer to credits.

A credit cannot be changed once it is written, only taken back and written anew: an approval is then always about the
very words that were approved. Every administrator answers in a document of their own, so two who answer apart do not
meet in one; a credit is approved when one of them says so.
"""

from datetime import date
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, field

from backend.kit.keys import RANDOM, KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import DocumentRef, MemberId, check_year

MAX_TEXT: Final = 1_000
"""Characters of what is asked, done or answered."""
MAX_PEOPLE: Final = 50
MAX_TEAMS: Final = 20
MAX_MINUTES: Final = 60 * 1_000
"""Nobody works longer than a thousand hours on one thing."""

TeamId = Annotated[str, Meta(pattern=r"^[0-9A-Za-z]{1,40}$")]


class Assignment(Envelope, kw_only=True):
    """A task or an asset that people or teams are asked to take care of, with words."""

    about: DocumentRef
    """Id of the document, or the key of the item itself."""
    people: Annotated[list[MemberId], Meta(max_length=MAX_PEOPLE)] = field(default_factory=list[str])
    teams: Annotated[list[TeamId], Meta(max_length=MAX_TEAMS)] = field(default_factory=list[str])
    text: Annotated[str, Meta(max_length=MAX_TEXT)] = ""
    due: date | None = None
    state: Literal["open", "done", "withdrawn"] = "open"

    def __post_init__(self) -> None:
        check_year(self.due)


class Credit(Envelope, kw_only=True):
    """«I did something here»: what its author did for a thing, in their own words."""

    about: DocumentRef
    """Id of the document, or the key of the item itself."""
    text: Annotated[str, Meta(max_length=MAX_TEXT)] = ""
    part: Literal["managing", "making", "delivering"]
    minutes: Annotated[int, Meta(ge=1, le=MAX_MINUTES)] | None = None
    """How long it took, when they want to say it."""


class Approval(Envelope, kw_only=True):
    """What one administrator answers to one credit; its key is `<credit>-<member>`."""

    about: DocumentRef
    """Id of the credit."""
    approved: bool
    text: Annotated[str, Meta(max_length=MAX_TEXT)] = ""


_AUTHOR: Final = frozenset({Who.AUTHOR})
_ADMINISTRATORS: Final = frozenset({Who.ADMINISTRATOR})
_CREATE: Final = frozenset({Who.CREATE})
_MODERATED: Final = _AUTHOR | {Who.DELETE}
_FIXED: Final = Member(Merge.FIXED)


def _work(
    name: str,
    purpose: str,
    struct: type[Any],
    /,
    *,
    create: frozenset[Who],
    edit: frozenset[Who],
    delete: frozenset[Who],
    key: KeyRule = RANDOM,
    **members: Member,
) -> DocumentType[Any]:
    return DocumentType(
        name=name,
        purpose=purpose,
        struct=struct,
        spaces=frozenset({SpaceKind.PROCESS}),
        partition=Partition.ITEM,
        create=create,
        edit=edit,
        delete=delete,
        members={"about": Member(Merge.FIXED, here=True), **members},
        ground=Ground.PUBLIC_TASK,
        retention_days=5 * 365,
        erasure=Erasure.DISOWN,
        export=True,
        key=key,
    )


ASSIGNMENT: Final = _work(
    "assignment",
    "Asks members and teams to take care of something, with words.",
    Assignment,
    create=_CREATE,
    edit=_AUTHOR | _ADMINISTRATORS,
    delete=_MODERATED,
    people=Member(Merge.UNION, Personal.PSEUDONYM),
    teams=Member(Merge.UNION),
    text=Member(Merge.HARD, Personal.FREE_TEXT),
    due=Member(Merge.LATEST),
    state=Member(Merge.LATEST, edit=_CREATE),
)
CREDIT: Final = _work(
    "credit",
    "Lets members say what they did, so that it is seen and can be approved.",
    Credit,
    create=_CREATE,
    edit=_AUTHOR,
    delete=_MODERATED,
    text=Member(Merge.FIXED, Personal.FREE_TEXT),
    part=_FIXED,
    minutes=Member(Merge.FIXED, Personal.ACTIVITY),
)
APPROVAL: Final = _work(
    "approval",
    "Tells members what administrators answer to what they say they did.",
    Approval,
    create=_ADMINISTRATORS,
    edit=_ADMINISTRATORS,
    delete=_ADMINISTRATORS,
    key=KeyRule("{ulid}-{author}"),
    approved=Member(Merge.LATEST),
    text=Member(Merge.HARD, Personal.FREE_TEXT),
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (ASSIGNMENT, CREDIT, APPROVAL)
