"""Invitations over HTTP. The secret of a link never stands in an address the server sees: links carry it behind `#`."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct, field

from backend.kit.words import Language
from backend.people.domain import TeamKind
from backend.people.schemas.words import Id, Role

MAX_DAYS = 90
MAX_USES = 10_000
MAX_EMAILS = 100
MAX_TOKEN = 100

Email = Annotated[str, Meta(min_length=3, max_length=200, pattern=r"^\S+@\S+\.\S+$")]


class NewInvitation(Struct, rename="camel", forbid_unknown_fields=True):
    """An invitation to a process, to a team, or to a process as a member of one of its teams."""

    process: Id | None = None
    team: Id | None = None
    """For a process: which of its teams they join; needed when more than one takes part. Not for observers."""
    role: Role = "member"
    """Observers are invited to a process only."""
    expires_days: Annotated[int, Meta(ge=1, le=MAX_DAYS)] = 14
    uses: Annotated[int, Meta(ge=1, le=MAX_USES)] = 1
    """How many people may join by it."""
    emails: Annotated[list[Email], Meta(max_length=MAX_EMAILS)] = field(default_factory=list[str])
    """Who is sent the link; never kept."""
    language: Language | None = None
    """Of the mails; mine when it is not sent."""
    until: datetime | None = None
    """When the access of observers ends."""


class InvitationBody(Struct, rename="camel"):
    """An invitation as those see it who may make one."""

    id: str
    link: str
    qr: str
    """The link as a QR code, in SVG."""
    process: str | None
    team: str | None
    role: Role
    created: datetime
    expires: datetime
    until: datetime | None
    uses: int
    used: int
    revoked: bool
    open: bool
    """Whether somebody can still join by it."""
    by: str | None
    """Name of who made it."""
    mailed: int = 0
    """How many mails are on their way; told once, when it is made."""


class InvitationsBody(Struct, rename="camel"):
    """Invitations, newest first."""

    invitations: list[InvitationBody]
    next: Annotated[str | None, Meta(description="Send it as `after` for the next page.")] = None


class Token(Struct, rename="camel", forbid_unknown_fields=True):
    """What stands behind the `#` of a link."""

    token: Annotated[str, Meta(min_length=1, max_length=MAX_TOKEN)]


class InvitedPhase(Struct, rename="camel"):
    """One phase of the process."""

    name: dict[str, str]
    status: str
    """awaiting, in_progress or finished."""
    progress: float
    """0 to 1."""


class InvitedProcess(Struct, rename="camel"):
    """What one is invited to, as far as it is told before joining."""

    id: str
    name: dict[str, str]
    aim: dict[str, str] | None
    place: str
    languages: list[str]
    phases: list[InvitedPhase]


class InvitedTeam(Struct, rename="camel"):
    """The team one would join."""

    name: dict[str, str]
    kind: TeamKind


class InvitedBy(Struct, rename="camel"):
    """The organisation behind the team."""

    id: str
    name: dict[str, str]
    logo: str | None


class LookBody(Struct, rename="camel"):
    """What an invitation is about, for who holds the link; no account needed."""

    process: InvitedProcess | None
    team: InvitedTeam | None
    organisation: InvitedBy | None
    invited_as: Role
    expires: datetime
    places: int
    """How many people may still join."""
    already_in: bool
    """Whether the person who is signed in here has joined already."""


class AcceptedBody(Struct, rename="camel"):
    """Where the person is now."""

    process: str | None
    space: str | None
    team: str | None
    task: str | None
    """The first open task they may contribute to."""
