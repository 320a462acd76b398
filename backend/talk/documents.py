"""What people say about things: comments, what others feel about them, and which threads are settled.

A contribution is the work itself; a comment is the talk about it, or about a task, an asset, a whole process. Each
document has one author, so talk never conflicts: who agrees writes a reaction of their own, who calls a thread settled
writes a resolution of their own, and nobody touches the comment. A thread is settled while any of its resolutions says
so; whoever may write here may open it again by changing what the resolutions say.
"""

from typing import Annotated, Any, Final, Literal

from msgspec import Meta, field

from backend.kit.keys import RANDOM, KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import DocumentRef, MemberId

MAX_TEXT: Final = 5_000
"""Characters of a comment."""
MAX_MENTIONS: Final = 20

Sign = Literal["thanks", "agree", "question", "done"]


class Comment(Envelope, kw_only=True):
    """What somebody says about a thing. In the text people stand as `@<member id>`: names can change and be erased."""

    about: DocumentRef
    """Id of the document it is about, or the key of the item (of the process) itself."""
    text: Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
    reply_to: DocumentRef | None = None
    """Id of the comment that began the thread; threads are one level deep."""
    mentions: Annotated[list[MemberId], Meta(max_length=MAX_MENTIONS)] = field(default_factory=list[str])
    """Who is spoken to."""


class Reaction(Envelope, kw_only=True):
    """One sign that one person gives to one comment; its key is `<comment>-<member>`."""

    about: DocumentRef
    """Id of the comment."""
    sign: Sign


class Resolution(Envelope, kw_only=True):
    """Whether one person calls a thread settled; its key is `<comment>-<member>`."""

    about: DocumentRef
    """Id of the comment that began the thread."""
    resolved: bool


_CREATE: Final = frozenset({Who.CREATE})
_AUTHOR: Final = frozenset({Who.AUTHOR})
_ABOUT: Final = Member(Merge.FIXED, here=True)
_ONE_EACH: Final = KeyRule("{ulid}-{author}")


def _talk(
    name: str,
    purpose: str,
    struct: type[Any],
    /,
    *,
    edit: frozenset[Who] = _AUTHOR,
    erasure: Erasure = Erasure.DISOWN,
    key: KeyRule = RANDOM,
    **members: Member,
) -> DocumentType[Any]:
    return DocumentType(
        name=name,
        purpose=purpose,
        struct=struct,
        spaces=frozenset({SpaceKind.PROCESS}),
        partition=Partition.ITEM,
        create=_CREATE,
        edit=edit,
        delete=_AUTHOR | {Who.DELETE},
        members={"about": _ABOUT, **members},
        ground=Ground.PUBLIC_TASK,
        retention_days=5 * 365,
        erasure=erasure,
        export=True,
        key=key,
    )


COMMENT: Final = _talk(
    "comment",
    "Lets members talk about what they make together.",
    Comment,
    text=Member(Merge.HARD, Personal.FREE_TEXT),
    reply_to=Member(Merge.FIXED, here=True),
    mentions=Member(Merge.UNION, Personal.PSEUDONYM),
)
REACTION: Final = _talk(
    "reaction",
    "Lets members thank, agree or ask without words.",
    Reaction,
    erasure=Erasure.TOMBSTONE,
    key=_ONE_EACH,
    sign=Member(Merge.LATEST),
)
RESOLUTION: Final = _talk(
    "resolution",
    "Says that a thread is settled, so that it can be folded away.",
    Resolution,
    edit=_CREATE,
    key=_ONE_EACH,
    resolved=Member(Merge.LATEST),
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (COMMENT, REACTION, RESOLUTION)
