"""The contract of a kind: what everything made in an item has in common, and what a new kind must say.

A *kind* is a type of document that people make something with: a page, a checklist, a discussion. One thing so made is
an *asset*. It is one document, `<item>:<kind>:<ulid>`, in the partition of its item, so who may see the item sees it.

    this room, `<kind>.py`        what is kept, within which limits, how two versions of it become one
    pwa/src/kinds/<kind>/         how it looks, how one makes it, its texts, its summary in lists, its exports

The rights are the same for every kind, so that nobody has to learn them twice: who may add in an item may make assets
there and edit all of them; whose it is may delete it, and so may who has the flag `delete` there. Archiving is an edit
like any other and loses nothing.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from msgspec import Meta

from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who

Name = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
"""One line that says something."""


class Asset(Envelope, kw_only=True):
    """What every asset has, whatever its kind."""

    name: Name
    made_from: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    """Key of the INTERLINKER that it was made from."""
    archived: bool = False
    """Put aside: still there, but no longer among what is worked on."""


FREE_TEXT: Final = Member(Merge.HARD, Personal.FREE_TEXT)
"""Words of one's own: where two people changed them apart, a person chooses."""
_COMMON: Final[Mapping[str, Member]] = {
    "name": FREE_TEXT,
    "made_from": Member(Merge.FIXED),
    "archived": Member(Merge.LATEST),
}


def kind(name: str, purpose: str, struct: type[Asset], /, **members: Member) -> DocumentType[Any]:
    """Return the declaration of a kind; `members` are those that its struct adds to an asset's.

    `purpose` is one sentence for the privacy register. Raises TypeError when struct and members differ.
    """
    return DocumentType(
        name=name,
        purpose=purpose,
        struct=struct,
        spaces=frozenset({SpaceKind.PROCESS}),
        partition=Partition.ITEM,
        create=frozenset({Who.CREATE}),
        edit=frozenset({Who.CREATE}),
        delete=frozenset({Who.AUTHOR, Who.DELETE}),
        members={**_COMMON, **members},
        ground=Ground.PUBLIC_TASK,
        retention_days=5 * 365,
        erasure=Erasure.DISOWN,
        export=True,
    )
