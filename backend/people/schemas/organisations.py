"""Organisations over HTTP."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from backend.people.domain import TeamCreation, TeamKind
from backend.people.schemas.words import Description, Name


class NewOrganisation(Struct, rename="camel", forbid_unknown_fields=True):
    """What an organisation is made from; whoever makes it administers it."""

    name: Name
    description: Description = {}
    public: bool = False
    """Whether everybody who is signed in finds it and its teams."""
    default_team_kind: TeamKind = "citizen"
    team_creation: TeamCreation = "administrators"


class OrganisationChange(Struct, rename="camel", forbid_unknown_fields=True):
    """What changes; what is not sent stays."""

    name: Name | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    public: bool | UnsetType = UNSET
    default_team_kind: TeamKind | UnsetType = UNSET
    team_creation: TeamCreation | UnsetType = UNSET


class OrganisationAdministrator(Struct, rename="camel"):
    """Somebody who administers an organisation."""

    account: str
    name: str


class OrganisationBody(Struct, rename="camel"):
    """An organisation as one person sees it."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    public: bool
    default_team_kind: TeamKind
    team_creation: TeamCreation
    logo: str | None
    """Address of the picture; another one after every change of it."""
    teams: int
    """How many teams it has."""
    administrator: bool
    """Whether I administer it."""
    member: bool
    """Whether I am in one of its teams or administer it."""
    may_create_teams: bool
    administrators: list[OrganisationAdministrator] | UnsetType = UNSET
    """Told to its members only."""


class OrganisationsBody(Struct, rename="camel"):
    """A page of organisations, oldest first."""

    organisations: list[OrganisationBody]
    next: Annotated[str | None, Meta(description="Send it as `after` for the next page.")] = None
