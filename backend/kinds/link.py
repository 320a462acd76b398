"""A place on the web or a mailbox, with a word on what is there."""

from typing import Annotated, Final

from msgspec import Meta

from backend.kinds.contract import FREE_TEXT, Asset, kind

MAX_ADDRESS: Final = 2_000
MAX_NOTE: Final = 5_000
"""Characters."""
Address = Annotated[str, Meta(max_length=MAX_ADDRESS, pattern=r"^(https?://[^\s<>\"/]|mailto:)[^\s<>\"]+$")]
"""The web or a mailbox; an address that a browser would run (`javascript:`, `data:`) is none."""


class Link(Asset, kw_only=True):
    """Where something is that is not kept here."""

    url: Address
    note: Annotated[str, Meta(max_length=MAX_NOTE)] = ""


LINK: Final = kind(
    "link",
    "Leads to something outside that members work with.",
    Link,
    url=FREE_TEXT,
    note=FREE_TEXT,
)
