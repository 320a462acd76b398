"""A list of things to tick.

Items are named and each has its own place, so two people who tick, add or move different items offline meet without a
conflict, and so do one who ticks an item and one who mends its words. Only two who write the same item anew choose.
Their order is a fractional index (`processes/order.py`): to move one item changes that item alone.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct, field

from backend.kinds.contract import Asset, kind
from backend.kit.types import Member, Merge, Personal
from backend.processes.documents import Order

MAX_ITEMS: Final = 1_000
"""Twice what the app lets one person make, so that what two added apart still fits when it meets."""
MAX_ITEM: Final = 500
"""Characters."""


class ChecklistItem(Struct, kw_only=True):
    """One thing to do."""

    id: Annotated[str, Meta(pattern=r"^[0-9A-Za-z]{1,26}$")]
    text: Annotated[str, Meta(max_length=MAX_ITEM, pattern=r"\S")]
    done: bool = False
    order: Order


class Checklist(Asset, kw_only=True):
    """Things to do, ticked by whoever did them."""

    items: Annotated[list[ChecklistItem], Meta(max_length=MAX_ITEMS)] = field(default_factory=list[ChecklistItem])


CHECKLIST: Final = kind(
    "checklist",
    "Lists what is to be done and what is done already.",
    Checklist,
    items=Member(Merge.UNION, Personal.FREE_TEXT, named_by="id", within={"text": Merge.HARD}),
)
