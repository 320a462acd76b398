"""Applications to join over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from backend.people.schemas.words import MAX_REASON, Id, Reason

ApplicationState = Literal["waiting", "accepted", "declined"]


class NewApplication(Struct, rename="camel", forbid_unknown_fields=True):
    """Asking to join a public process, or a team of a public organisation; one of the two."""

    reason: Annotated[str, Meta(min_length=1, max_length=MAX_REASON, pattern=r"\S")]
    process: Id | None = None
    team: Id | None = None


class ApplicationAnswer(Struct, rename="camel", forbid_unknown_fields=True):
    """Yes or no, with a sentence."""

    accept: bool
    answer: Reason = ""
    team: Id | None = None
    """For a process: which of its teams the person joins; needed when more than one takes part."""


class ApplicationBody(Struct, rename="camel"):
    """An application as its applicant and those who answer it see it."""

    id: str
    process: str | None
    process_name: dict[str, str] | None
    team: str | None
    team_name: dict[str, str] | None
    name: str
    """Of the applicant."""
    mine: bool
    reason: str
    state: ApplicationState
    created: datetime
    answer: str
    answered: datetime | None


class ApplicationsBody(Struct, rename="camel"):
    """A page of applications, newest first; those that wait come before the others."""

    applications: list[ApplicationBody]
    next: Annotated[str | None, Meta(description="Send it as `after` for the next page.")] = None
