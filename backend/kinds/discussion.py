"""A question that people talk about; what they say are comments about it."""

from typing import Annotated, Final

from msgspec import Meta

from backend.kinds.contract import FREE_TEXT, Asset, kind
from backend.kit.types import Member, Merge

MAX_QUESTION: Final = 5_000
"""Characters."""


class Discussion(Asset, kw_only=True):
    """A question, open or closed."""

    question: Annotated[str, Meta(max_length=MAX_QUESTION)] = ""
    closed: bool = False
    conclusion: Annotated[str, Meta(max_length=MAX_QUESTION)] = ""
    """What came of it, said when it is closed."""


DISCUSSION: Final = kind(
    "discussion",
    "Asks the members a question and says whether it is settled.",
    Discussion,
    question=FREE_TEXT,
    closed=Member(Merge.LATEST),
    conclusion=FREE_TEXT,
)
