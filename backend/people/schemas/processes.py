"""The people of one process and what they may do there, over HTTP."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from backend.people.access import Verb
from backend.people.domain import PartnerKind, TeamKind
from backend.people.schemas.words import Id

MAX_CHANGES = 500


class ProcessTeam(Struct, rename="camel"):
    """A team that takes part."""

    id: str
    name: dict[str, str]
    kind: TeamKind
    organisation: dict[str, str] | None
    """Name of its organisation."""
    people: int
    administrator: bool
    """Whether I may change the team itself."""
    observers: bool
    """Whether it is the team of those who only look on."""


class ProcessMember(Struct, rename="camel"):
    """A person who takes part."""

    member: str
    name: str
    kind: PartnerKind
    teams: list[str]
    administrator: bool
    me: bool
    account: str | UnsetType = UNSET
    """Told to administrators of the process."""
    last_sync: datetime | UnsetType = UNSET
    """When the person's phone last synced this process; told to administrators, of people who agreed to it."""
    waiting: int | UnsetType = UNSET
    """How much waits on their phones, likewise."""


class PeopleBody(Struct, rename="camel"):
    """Who takes part; the teams come with the first page."""

    teams: list[ProcessTeam]
    members: list[ProcessMember]
    next: Annotated[str | None, Meta(description="Send it as `after` for the next page.")] = None


class GrantBody(Struct, rename="camel"):
    """What one team may do on the process (target null) or on one item of its tree."""

    id: str
    team: str
    target: str | None
    access: bool
    create: bool
    delete: bool


class GrantsBody(Struct, rename="camel"):
    """All grants of a process, and the number of this state of them."""

    version: int
    grants: list[GrantBody]


class GrantChange(Struct, rename="camel", forbid_unknown_fields=True):
    """One cell: its three flags, or (remove) «as above it» again."""

    team: Id
    target: Id | None = None
    access: bool = False
    create: bool = False
    delete: bool = False
    remove: bool = False


class GrantChanges(Struct, rename="camel", forbid_unknown_fields=True):
    """Changes to the grants that `version` names; all of them or none."""

    version: int
    changes: Annotated[list[GrantChange], Meta(min_length=1, max_length=MAX_CHANGES)]


class Effect(Struct, rename="camel"):
    """What one change opens or closes for people."""

    team: str
    item: str | None
    """The changed target; null is the whole process."""
    verb: Verb
    people: int
    """How many people gain or lose it somewhere in the item or below."""
    documents: int
    """How many documents they can read from now on, or no more (with `access`; otherwise 0)."""
    waiting: int = 0
    """Of people who lose, how many have unsent work on a phone, as far as they share it."""
    last_seen: datetime | None = None
    """When the phone of these that was silent longest last synced."""


class PreviewBody(Struct, rename="camel"):
    """Who would gain and lose what; nothing has changed yet."""

    gains: list[Effect]
    loses: list[Effect]
    people_changed: int


class RightReason(Struct, rename="camel"):
    """One grant that speaks of this item for this person."""

    team: str
    team_name: dict[str, str]
    target: str | None
    flag: Verb
    allows: bool
    decides: bool
    """Whether it is one of those that decide: the deepest ones of this flag."""


class RightsBody(Struct, rename="camel"):
    """What a person may do on an item, and why."""

    member: str
    item: str | None
    administrator: bool
    """Administrators may everything, whatever the grants say."""
    access: bool
    create: bool
    delete: bool
    reasons: list[RightReason]


class AuditLine(Struct, rename="camel"):
    """One change of who belongs and who may what: no content, no address."""

    at: datetime
    what: str
    """The word of the event, such as `grant_changed`."""
    by: str | None
    """Name of who did it in this process; null for the server itself, or for who is gone."""
    about: str | None = None
    """Name of whom it concerns."""
    thing: str | None = None
    """Id of the team or invitation it was done to."""
    me: bool = False
    """Whether it concerns or was done by me."""


class AuditBody(Struct, rename="camel"):
    """A page of the audit, newest first."""

    lines: list[AuditLine]
    next: Annotated[str | None, Meta(description="Send it as `after` for the next page.")] = None
