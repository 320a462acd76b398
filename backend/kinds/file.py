"""Photos and files that people keep together under one name."""

from typing import Annotated, Final

from msgspec import Meta, field

from backend.kinds.contract import FREE_TEXT, Asset, kind
from backend.kit.types import Member, Merge, Personal
from backend.kit.words import FileRef

MAX_FILES: Final = 20
MAX_EARLIER: Final = 100
MAX_NOTE: Final = 5_000
"""Characters."""


class SharedFile(Asset, kw_only=True):
    """Files and what they are."""

    files: Annotated[list[FileRef], Meta(max_length=MAX_FILES)] = field(default_factory=list[FileRef])
    earlier: Annotated[list[FileRef], Meta(max_length=MAX_EARLIER)] = field(default_factory=list[FileRef])
    """Files that newer ones took the place of, the newest last: they stay reachable."""
    note: Annotated[str, Meta(max_length=MAX_NOTE)] = ""


FILE: Final = kind(
    "file",
    "Keeps photos and files that members share.",
    SharedFile,
    files=Member(Merge.UNION, Personal.MEDIA, named_by="sha256"),
    earlier=Member(Merge.UNION, Personal.MEDIA, named_by="sha256"),
    note=FREE_TEXT,
)
