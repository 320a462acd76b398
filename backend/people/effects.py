"""Who would gain and lose what by other grants, told before anything is saved. Pure.

People with the same teams stand alike, so each kind of standing is worked out once, however many people have it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from backend.people.access import STRANGER, Grant, Path, Standing, Verb, may

Cell = tuple[str, str | None]
"""A team and what it is granted something on; None is the whole process."""


class Somebody(Struct, frozen=True):
    """One person before and after the change."""

    account: str
    before: Standing
    after: Standing


class Found(Struct, frozen=True):
    """What one cell gives to, or takes from, the people of its team."""

    team: str
    target: str | None
    verb: Verb
    accounts: frozenset[str]
    items: frozenset[str]


def standing_with(
    account: str, grants: Sequence[Grant], teams: Mapping[str, frozenset[str]], *, administrator: bool
) -> Standing:
    """Return where an account stands with these grants; `teams` holds the accounts of each team."""
    mine = frozenset(team for team, accounts in teams.items() if account in accounts)
    return Standing(account, administrator, mine, tuple(one for one in grants if one.team in mine))


def effects(
    people: Iterable[Somebody], cells: Sequence[Cell], paths: Mapping[str, Path]
) -> tuple[list[Found], list[Found]]:
    """Return what each changed cell opens and what it closes."""
    groups: defaultdict[tuple[Standing, Standing], set[str]] = defaultdict(set)
    for one in people:
        groups[_alike(one.before), _alike(one.after)].add(one.account)
    gains: defaultdict[tuple[Cell, Verb], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    loses: defaultdict[tuple[Cell, Verb], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    scopes = {cell: _scope(cell[1], paths) for cell in cells}
    for (before, after), accounts in groups.items():
        for verb in Verb:
            could, can = _allowed(before, verb, paths), _allowed(after, verb, paths)
            for cell, scope in scopes.items():
                if cell[0] in before.teams | after.teams:
                    _add(gains[cell, verb], accounts, (can - could) & scope)
                    _add(loses[cell, verb], accounts, (could - can) & scope)
    return _found(gains), _found(loses)


def _alike(standing: Standing) -> Standing:
    """Return the standing without the person: all who stand alike have the same one."""
    if standing == STRANGER:
        return STRANGER
    return Standing("somebody", standing.administrator, standing.teams, standing.grants)


def _scope(target: str | None, paths: Mapping[str, Path]) -> frozenset[str]:
    return frozenset(item for item, path in paths.items() if target is None or target in path)


def _allowed(standing: Standing, verb: Verb, paths: Mapping[str, Path]) -> set[str]:
    return {item for item, path in paths.items() if may(standing, verb, path)}


def _add(kept: tuple[set[str], set[str]], accounts: set[str], items: Iterable[str]) -> None:
    if items := set(items):
        kept[0].update(accounts)
        kept[1].update(items)


def _found(kept: Mapping[tuple[Cell, Verb], tuple[set[str], set[str]]]) -> list[Found]:
    return [
        Found(team, target, verb, frozenset(accounts), frozenset(items))
        for ((team, target), verb), (accounts, items) in kept.items()
        if accounts
    ]
