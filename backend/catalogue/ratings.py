"""What people think of what everybody can see: stars and words, one rating for each person and thing.

    in the person's own space                      in the commons
    all:rating:<kind>~<key>          ──▶           all:opinions:<kind>~<key>       (written by the server)

The key of a rating is the thing itself, so one person has one; rating again changes it, deleting it takes it back. What
everybody gets is one document for each thing: how many stars on average, from how many people, and the newest words,
each under the name its author chose for it. No id of an account or a member is in it (decision 0020).
"""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct, field

from backend.kit.keys import KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import Language

SAID: Final = 20
"""Words of so many people travel to every device; the newest."""

Thing = Literal["interlinker", "schema", "published-process"]
Stars = Annotated[int, Meta(ge=1, le=5)]
Words = Annotated[str, Meta(max_length=1_000)]
Name = Annotated[str, Meta(max_length=100)]


class Rating(Envelope, kw_only=True):
    """What one person thinks of one thing of the commons; its key is `<type>~<key>` of that thing."""

    stars: Stars
    text: Words = ""
    name: Name = ""
    """How the person wants to be named beside these words; empty: not at all."""


class Opinion(Struct):
    """The words of one person about one thing."""

    key: Annotated[str, Meta(max_length=64)]
    """Keyed digest of person and thing: the same person has another one at every other thing."""
    stars: Stars
    text: Words
    name: Name
    lang: Language
    month: Annotated[str, Meta(pattern=r"^\d{4}-\d\d$")]


class Opinions(Envelope, kw_only=True):
    """What people think of one thing, together."""

    count: Annotated[int, Meta(ge=1)]
    """How many people gave stars."""
    mean: Annotated[float, Meta(ge=1, le=5)]
    said: Annotated[list[Opinion], Meta(max_length=SAID)] = field(default_factory=list[Opinion])


_ACCOUNT: Final = frozenset({Who.ACCOUNT})
_SERVER: Final = frozenset({Who.SERVER})

RATING: Final = DocumentType(
    name="rating",
    key=KeyRule("{name}~{text}"),
    purpose="Keeps what a person thinks of a building block, a schema or a public process.",
    struct=Rating,
    spaces=frozenset({SpaceKind.PERSON}),
    partition=Partition.ALL,
    create=_ACCOUNT,
    edit=_ACCOUNT,
    delete=_ACCOUNT,
    members={
        "stars": Member(Merge.LATEST),
        "text": Member(Merge.HARD, Personal.FREE_TEXT),
        "name": Member(Merge.LATEST, Personal.NAME),
    },
    ground=Ground.CONSENT,
    retention_days=None,
    erasure=Erasure.TOMBSTONE,
    export=True,
)
OPINIONS: Final = DocumentType(
    name="opinions",
    key=KeyRule("{name}~{text}"),
    purpose="Shows everybody how a building block, a schema or a public process was found, in stars and in words.",
    struct=Opinions,
    spaces=frozenset({SpaceKind.COMMONS}),
    partition=Partition.ALL,
    create=_SERVER,
    edit=_SERVER,
    delete=_SERVER,
    members={
        "count": Member(Merge.OURS_ALONE),
        "mean": Member(Merge.OURS_ALONE),
        "said": Member(Merge.OURS_ALONE, Personal.FREE_TEXT),
    },
    ground=Ground.CONSENT,
    retention_days=None,
    erasure=Erasure.BLANK,
    export=False,
)
