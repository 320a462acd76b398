"""The words of this room: people, teams and memberships as values."""

from typing import Literal

from msgspec import Struct

TeamKind = Literal["citizen", "public_administration", "nonprofit_organization", "forprofit_organization"]
"""What a team is, and so which role its members play; INTERLINK's four kinds."""

PartnerKind = Literal["gov", "cit", "com"]
"""The three kinds of partners of a co-production, as they are drawn: administration, citizens, companies."""

TeamCreation = Literal["administrators", "members", "anyone"]
"""Who may make teams of an organisation: who administers it, who is in one of its teams, or anybody who finds it."""

PARTNER_OF: dict[TeamKind, PartnerKind] = {
    "citizen": "cit",
    "public_administration": "gov",
    "nonprofit_organization": "com",
    "forprofit_organization": "com",
}


Names = dict[str, str]
"""The same name in one or more languages."""


def in_language(names: Names, language: str) -> str:
    """Return a name in a language; in another one where it has none in this, nothing where it has none at all."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


class MembershipOf(Struct, frozen=True):
    """One person's membership in one process."""

    process: str
    account: str
    member: str
    name: str
    administrator: bool
    gained: int
    lost: int


class TeamOf(Struct, frozen=True):
    """A team with the accounts of its members, in the order in which they joined."""

    id: str
    names: Names
    kind: TeamKind
    accounts: tuple[str, ...]
    organisation: str | None = None
    observers: bool = False


class GrantOf(Struct, frozen=True):
    """A grant with its id, as the mirror document shows it."""

    id: str
    team: str
    target: str | None
    access: bool
    create: bool
    delete: bool
