"""Teams and their members over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from backend.people.domain import TeamKind
from backend.people.schemas.words import Description, Id, Name


class NewTeam(Struct, rename="camel", forbid_unknown_fields=True):
    """What a team is made from; whoever makes it administers it and is its first member."""

    name: Name
    kind: TeamKind | UnsetType = UNSET
    """Its role; the organisation's usual one when it is not sent, `citizen` without an organisation."""
    description: Description = {}
    organisation: Id | None = None
    process: Id | None = None
    """A process I administer, which the team is made for: whoever administers that one administers the team too."""


class TeamChange(Struct, rename="camel", forbid_unknown_fields=True):
    """What changes; what is not sent stays."""

    name: Name | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    kind: TeamKind | UnsetType = UNSET


class TeamBody(Struct, rename="camel"):
    """A team as one person sees it."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    kind: TeamKind
    organisation: str | None
    process: str | None
    """The process it was made for."""
    people: int
    member: bool
    """Whether I am in it."""
    administrator: bool
    """Whether I may change it: as its administrator, its organisation's or its process'."""
    applied: bool = False
    """Whether my application to it waits for an answer."""


class TeamsBody(Struct, rename="camel"):
    """A page of teams, oldest first."""

    teams: list[TeamBody]
    next: Annotated[str | None, Meta(description="Send it as `after` for the next page.")] = None


class TeamMemberBody(Struct, rename="camel"):
    """Somebody in a team, as its other members see them."""

    account: str
    name: str
    administrator: bool
    me: bool
    joined: datetime
    until: datetime | None = None
    """When their place in the team ends by itself."""


class TeamMembersBody(Struct, rename="camel"):
    """A page of a team's members, who joined first comes first."""

    members: list[TeamMemberBody]
    next: Annotated[str | None, Meta(description="Send it as `after` for the next page.")] = None


class MemberChange(Struct, rename="camel", forbid_unknown_fields=True):
    """What somebody is in a team."""

    administrator: bool = False


class MembersCsv(Struct, rename="camel", forbid_unknown_fields=True):
    """A list of people as a spreadsheet saves it: a line with the names of its columns, then one line each."""

    csv: Annotated[str, Meta(max_length=2_000_000)]
    preview: bool = True
    """Only tell what would happen."""
    language: Annotated[str, Meta(max_length=35)] | None = None
    """Of the mails; mine when it is not sent."""


CsvOutcome = Literal["joins", "already", "invited", "duplicate", "bad"]


class CsvLine(Struct, rename="camel"):
    """What happens with one line."""

    line: int
    """As a spreadsheet counts: the names of the columns are line 1."""
    email: str
    outcome: CsvOutcome
    sentence: str
    """The same in words, in the language of who asks; says of a bad line what is wrong."""


class CsvBody(Struct, rename="camel"):
    """What happens, or has happened, with each line."""

    preview: bool
    lines: list[CsvLine]
    joins: int
    already: int
    invited: int
    bad: int
    """Bad lines and people named twice; nothing happens for them."""
