"""A page of text, written in Markdown."""

from typing import Annotated, Final

from msgspec import Meta

from backend.kinds.contract import FREE_TEXT, Asset, kind

MAX_TEXT: Final = 100_000
"""Characters: fifty printed pages, and as much as the app shows."""


class Page(Asset, kw_only=True):
    """A text that several people write, one after the other."""

    text: Annotated[str, Meta(max_length=MAX_TEXT)] = ""
    """Markdown."""


PAGE: Final = kind("page", "Carries a text that members write together.", Page, text=FREE_TEXT)
