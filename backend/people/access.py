"""May this person do this to that? The one answer, asked by HTTP, replication, files and (later) notices and push.

The rule is INTERLINK's. A *grant* gives a team three flags (access, create, delete) on the whole process or on one
item of its tree. For an item at the end of a path [process, phase, objective, task] the deepest grant on that path
wins, **also when it denies** what a shallower one gave; grants at the same depth (a person may be in several teams)
are OR-ed; no grant is no right. Administrators may everything.

            process   phase   objective   task        access on the task
    team A   yes        ·         ·        ·          yes
    team A   yes        ·        no        ·          no: the deeper one takes away
    A and B  yes        ·      A no, B yes ·          yes: same depth, OR

Everything here is pure: the same arguments give the same answer.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from backend.kit.spaces import ALL

Path = Sequence[str]
"""Ids from the process down to the item. Empty for an item whose parents form a circle: administrators only."""


class Verb(StrEnum):
    """What a grant can allow on an item; to edit one's own work needs nothing more than having made it."""

    ACCESS = "access"
    CREATE = "create"
    DELETE = "delete"


class Grant(Struct, frozen=True):
    """What one team may do on one item, or on the whole process when `target` is None."""

    team: str
    target: str | None
    access: bool
    create: bool
    delete: bool

    def allows(self, verb: Verb) -> bool:
        """Return the flag of one verb."""
        return {Verb.ACCESS: self.access, Verb.CREATE: self.create, Verb.DELETE: self.delete}[verb]


class Standing(Struct, frozen=True):
    """Where one person stands in one process. A person who is not a member has no member id and no rights at all."""

    member: str | None = None
    administrator: bool = False
    teams: frozenset[str] = frozenset()
    grants: tuple[Grant, ...] = ()
    """Grants of the process; those of other people's teams do not count."""


STRANGER = Standing()


def may(standing: Standing, verb: Verb, path: Path) -> bool:
    """Say whether the person may do `verb` to the item at the end of `path`."""
    if standing.member is None:
        return False
    return standing.administrator or _deepest(_flags(standing, verb), path)


def readable(standing: Standing, tree: Mapping[str, Path]) -> frozenset[str]:
    """Return the partitions the person may read, given the path of each item of the tree.

    Members read `all`, their teams and what is their own; an item's partition follows `access` on the item.
    """
    if standing.member is None:
        return frozenset()
    partitions = {ALL, f"own-{standing.member}", *(f"team-{team}" for team in standing.teams)}
    if standing.administrator:
        return frozenset({*partitions, "admin", *tree})
    flags = _flags(standing, Verb.ACCESS)
    return frozenset(partitions.union(item for item, path in tree.items() if _deepest(flags, path)))


def _flags(standing: Standing, verb: Verb) -> dict[str | None, bool]:
    """Return the verb's flag per target: the grants of the person's teams, OR-ed where several speak of one target."""
    flags: dict[str | None, bool] = {}
    for grant in standing.grants:
        if grant.team in standing.teams:
            flags[grant.target] = flags.get(grant.target, False) or grant.allows(verb)
    return flags


def _deepest(flags: Mapping[str | None, bool], path: Path) -> bool:
    """Walk from the item up to the process; the first target with a flag decides."""
    if not path:
        return False
    process, *items = path
    for item in reversed(items):
        if item in flags:
            return flags[item]
    return flags.get(process, False) or flags.get(None, False)
