"""The quality profile of a module: what one must know of a building block or a schema before relying on it."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

Line = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Words = Annotated[str, Meta(max_length=2_000)]


class Quality(Struct, kw_only=True):
    """What its makers say of a module; what has no default is asked for before it is published."""

    version: Annotated[str, Meta(min_length=1, max_length=50, pattern=r"\S")]
    owner: Line
    """Who looks after it: an organisation or a team."""
    accessibility: Literal["tested", "partly", "not_tested"]
    privacy: Literal["no_personal_data", "described", "unknown"]
    """Whether personal data is kept, and whether the record of it is written."""
    offline: bool
    """Whether it can be used without a network."""
    reviewed: date
    """When somebody last looked whether all this is true."""
    interface: Words = ""
    """What it takes and gives: formats, standards, interfaces."""
    support: Words = ""
    """Who answers questions and reports of harm, how, and how fast."""
    evidence: Words = ""
    """Where it was tried, and what came of it."""
