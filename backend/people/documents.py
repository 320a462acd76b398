"""What devices must know of the rows of a process: its members, teams and grants, written by the server alone.

A person appears under a random member id with the name they chose, from their first contribution on, not from joining:
a process with a million followers does not send a million names to every phone.
"""

from typing import Annotated, Any, Final

from msgspec import Meta, field

from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Upcast, Who
from backend.kit.words import Label
from backend.people.domain import PartnerKind, TeamKind


class MemberDocument(Envelope, kw_only=True):
    """A member of the process as the others see them; its key is the member id."""

    name: Annotated[str, Meta(max_length=200)]
    """Display name; empty for who asked to be forgotten."""
    kind: PartnerKind
    roles: list[str] = field(default_factory=list[str])
    """`administrator`, and nothing else yet."""


class TeamDocument(Envelope, kw_only=True):
    """A team that has rights in the process; its key is the team's id."""

    name: Label
    kind: TeamKind
    members: list[str] = field(default_factory=list[str])
    """Member ids."""


class GrantDocument(Envelope, kw_only=True):
    """What one team may do on the process or on one item of its tree."""

    team: str
    target: str | None = None
    """Key of the item; none: the whole process."""
    access: bool
    create: bool
    delete: bool


_SERVER: Final = frozenset({Who.SERVER})
_ALONE: Final = Member(Merge.OURS_ALONE)


def _mirror(
    name: str,
    purpose: str,
    struct: type[Any],
    erasure: Erasure,
    members: dict[str, Member],
    upcasts: tuple[Upcast, ...] = (),
) -> DocumentType[Any]:
    return DocumentType(
        name=name,
        purpose=purpose,
        struct=struct,
        spaces=frozenset({SpaceKind.PROCESS}),
        partition=Partition.ALL,
        create=_SERVER,
        edit=_SERVER,
        delete=_SERVER,
        members=members,
        ground=Ground.PUBLIC_TASK,
        retention_days=None,
        erasure=erasure,
        export=False,
        upcasts=upcasts,
    )


def _named_in_one_language(team: dict[str, Any]) -> dict[str, Any]:
    """Make a team of version 1, whose name was a string, one whose name is by language."""
    return team | {"name": {team["lang"]: team["name"]}}


MEMBER: Final = _mirror(
    "member",
    "Names those who contributed, as they chose to be named.",
    MemberDocument,
    Erasure.BLANK,
    {"name": Member(Merge.OURS_ALONE, Personal.NAME), "kind": _ALONE, "roles": _ALONE},
)
TEAM: Final = _mirror(
    "team",
    "Tells which teams work together and who is in them.",
    TeamDocument,
    Erasure.DISOWN,
    {"name": _ALONE, "kind": _ALONE, "members": Member(Merge.OURS_ALONE, Personal.PSEUDONYM)},
    (_named_in_one_language,),
)
GRANT: Final = _mirror(
    "grant",
    "Lets a device show what its person may do before the server is asked.",
    GrantDocument,
    Erasure.KEEP,
    dict.fromkeys(("team", "target", "access", "create", "delete"), _ALONE),
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (MEMBER, TEAM, GRANT)
