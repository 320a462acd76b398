"""Forms that many types of document share: texts in several languages, references to people, documents and files."""

from datetime import date
from typing import Annotated, Final

from msgspec import Meta, Struct

Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
"""A BCP 47 language tag: `lv`, `pt-BR`."""

Text = Annotated[dict[Language, Annotated[str, Meta(max_length=100_000)]], Meta(min_length=1, max_length=50)]
"""The same text in one or more languages."""

Label = Annotated[dict[Language, Annotated[str, Meta(max_length=500)]], Meta(min_length=1, max_length=50)]
"""A name in one or more languages."""


MemberId = Annotated[str, Meta(pattern=r"^[0-9A-Za-z]{1,40}$")]
"""The random id of a person in one process."""

DocumentRef = Annotated[str, Meta(pattern=r"^[0-9A-Za-z]{26}(:[a-z-]{1,40}:[0-9A-Za-z-]{1,100})?$")]
"""The id of a document that belongs to an item, or the key of the item (or the process) alone."""

YEARS: Final = range(2000, 2201)
"""Between these every day can be reckoned with, in every time zone."""


def check_year(day: date | None) -> None:
    """Refuse a day or moment that nobody can mean, and that would break reckoning. Raises ValueError."""
    if day is not None and day.year not in YEARS:
        raise ValueError(f"a year is from {YEARS.start} to {YEARS.stop - 1}")


class FileRef(Struct, kw_only=True, omit_defaults=True):
    """A file that belongs to a document; its bytes lie under `/api/v1/files/<space>/<partition>/<sha256>`."""

    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    type: Annotated[str, Meta(pattern=r"^[a-z]+/[A-Za-z0-9.+-]+$", max_length=100)]
    """Media type."""
    size: Annotated[int, Meta(ge=0)]
    """Bytes."""
    name: Annotated[str, Meta(max_length=200)]
    alt: Annotated[str, Meta(max_length=1_000)] | None = None
    """What the picture shows, for who cannot see it."""
    width: Annotated[int, Meta(ge=1)] | None = None
    height: Annotated[int, Meta(ge=1)] | None = None
