"""Bodies of this room's HTTP interface."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.kit.ids import ULID_PATTERN
from backend.kit.words import Language
from backend.people.domain import TeamKind


class StartProcess(Struct, forbid_unknown_fields=True):
    """What a process is started from."""

    schema: Annotated[str, Meta(min_length=1, max_length=100, description="Key of a schema in the commons.")] | None
    """None, said in so many words: its tree begins empty."""
    language: Language
    name: Annotated[str, Meta(min_length=1, max_length=200, description="What the process is called.")]
    team_kind: TeamKind = "citizen"
    """What the founder's team is, and so which partner the founder."""
    aim: Annotated[str, Meta(max_length=5_000, description="What it is to reach.")] = ""
    attempt: Annotated[str, Meta(pattern=ULID_PATTERN, description="A ULID, the same each time this is tried.")] = ""
    """Who hears no answer asks again with the same one, and has one process. Left out: each request starts one."""


class StartedProcess(Struct):
    """The new process and where it is replicated from."""

    id: str
    space: str
