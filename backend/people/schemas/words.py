"""Forms that several bodies share."""

from typing import Annotated, Literal

from msgspec import Meta

from backend.kit.words import Language

Id = Annotated[str, Meta(pattern=r"^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26}$")]
"""A ULID: accounts and processes in lower case, everything else in upper case."""

Name = Annotated[dict[Language, Annotated[str, Meta(pattern=r"\S", max_length=200)]], Meta(min_length=1, max_length=50)]
"""A name in one or more languages, none of them empty."""

Description = Annotated[dict[Language, Annotated[str, Meta(max_length=5_000)]], Meta(max_length=50)]
"""A description in one or more languages; may be missing in all of them."""

Role = Literal["member", "observer"]
"""What somebody is invited as; observers read and change nothing."""

MAX_REASON = 1_000
Reason = Annotated[str, Meta(max_length=MAX_REASON)]
