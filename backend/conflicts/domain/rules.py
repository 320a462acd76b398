"""How several versions of one member become one, given what it was in their common ancestor: a three-way merge.

    base      changed to …           rule          becomes
    ───────────────────────────────────────────────────────────────────────
    a         b                      any           b           only one changed it
    a         b, b                   any           b           all changed it alike
    [p q]     [q r], [p q s]         union         [q r s]     without p, with r and s
    [{a b}]   [{A b}], [{a B}]       union         [{A B}]     one item of two that named objects are: each member
    awaiting  finished, in_progress  furthest      finished
    {en it}   {EN it}, {en IT}       per-language  {EN IT}
    {en}      {EN}, {En}             per-language  HARD        one language, two changes
    a         b, c                   latest        b           b stands in the greater revision
    a         b, c                   hard, unknown HARD

The changes come in the order of their revisions, the greatest first, so no result depends on the order of arrival, and
none on a clock. What a union adds is sorted by content: merged two by two, in whatever order, it is the same list. That
holds for union, furthest and per-language; «latest» promises only that the same versions give the same result.

Where the ancestor is not known (`UNKNOWN`) nobody can say who changed what: only what all versions say alike is merged.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, cast

import msgspec

from backend.kit.types import PROGRESS, Member, Merge


class Mark(Enum):
    """Values that no JSON has."""

    ABSENT = "absent"
    """The member is not there."""
    UNKNOWN = "unknown"
    """The common ancestor is not known here."""
    HARD = "hard"
    """No rule decides: a person does."""


ABSENT, UNKNOWN, HARD = Mark.ABSENT, Mark.UNKNOWN, Mark.HARD
_ENCODE = msgspec.json.Encoder(order="deterministic").encode


def merged(member: Member | None, base: Any, versions: Sequence[Any]) -> Any:
    """Return the one value that these versions of a member become, or HARD; the greatest revision's comes first."""
    changed = [value for value in versions if not same(value, base)]
    if not changed:
        return base
    if all(same(value, changed[0]) for value in changed):
        return changed[0]
    if base is UNKNOWN or member is None:
        return HARD
    return _RULES[member.merge](member, base, changed)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON; Python alone takes `True` for `1`."""
    if isinstance(one, Mark) or isinstance(other, Mark):
        return one is other
    return one == other and _ENCODE(one) == _ENCODE(other)


def _latest(_member: Member, _base: Any, changed: Sequence[Any]) -> Any:
    return changed[0]


def _hard(_member: Member, _base: Any, _changed: Sequence[Any]) -> Any:
    return HARD


def _furthest(_member: Member, _base: Any, changed: Sequence[Any]) -> Any:
    known = [value for value in changed if value is not ABSENT]
    return max(known, key=PROGRESS.index) if all(value in PROGRESS for value in known) else HARD


def _per_language(_member: Member, base: Any, changed: Sequence[Any]) -> Any:
    before, *after = (_texts(value) for value in (base, *changed))
    if before is None or None in after:
        return HARD
    texts = cast("list[Mapping[str, Any]]", after)
    found = {
        name: _one_text(before.get(name, ABSENT), [text.get(name, ABSENT) for text in texts])
        for name in sorted({*before}.union(*texts))
    }
    return HARD if HARD in found.values() else {name: text for name, text in found.items() if text is not ABSENT}


def _one_text(base: Any, versions: Sequence[Any]) -> Any:
    changed = [value for value in versions if not same(value, base)]
    if not changed:
        return base
    return changed[0] if all(same(value, changed[0]) for value in changed) else HARD


def _texts(value: Any) -> Mapping[str, Any] | None:
    """Return the text by language, empty where there is none; None for what is no text."""
    if value is ABSENT or value is None:
        return {}
    texts = cast("Mapping[str, Any]", value)
    whole = isinstance(value, Mapping) and all(isinstance(one, str) for one in texts.values())
    return texts if whole else None


def _union(member: Member, base: Any, changed: Sequence[Any]) -> Any:
    before, *after = (_items(value, member.named_by) for value in (base, *changed))
    if before is None or None in after:
        return HARD
    lists = cast("list[Mapping[bytes, Any]]", after)
    added = sorted(set[bytes]().union(*lists) - before.keys())
    found = [
        _one_item(member, before.get(name, ABSENT), [items.get(name, ABSENT) for items in lists])
        for name in (*before, *added)
    ]
    return HARD if any(item is HARD for item in found) else [item for item in found if item is not ABSENT]


def _one_item(member: Member, base: Any, versions: Sequence[Any]) -> Any:
    changed = [value for value in versions if not same(value, base)]
    kept = [value for value in changed if value is not ABSENT]
    if len(kept) > 1 and all(isinstance(one, dict) for one in (base, *kept)):
        return _one_object(member, base, kept)
    return kept[0] if kept else ABSENT if changed else base


def _one_object(member: Member, base: Mapping[str, Any], versions: Sequence[Mapping[str, Any]]) -> Any:
    """Merge what two made of one item: who ticked it and who mended its words do not meet."""
    rules = {name: Member(member.within.get(name, Merge.LATEST)) for name in sorted({*base}.union(*versions))}
    found = {
        name: merged(rule, base.get(name, ABSENT), [one.get(name, ABSENT) for one in versions])
        for name, rule in rules.items()
    }
    return HARD if HARD in found.values() else {name: said for name, said in found.items() if said is not ABSENT}


def _items(value: Any, named_by: str) -> Mapping[bytes, Any] | None:
    """Return the items of a list by their names, in their order; None for what is no list."""
    if value is ABSENT or value is None:
        return {}
    return {_name(item, named_by): item for item in cast("list[Any]", value)} if isinstance(value, list) else None


def _name(item: Any, named_by: str) -> bytes:
    named = isinstance(item, dict) and named_by in item
    return _ENCODE(cast("dict[str, Any]", item)[named_by] if named else item)


_RULES: Mapping[Merge, Callable[[Member, Any, Sequence[Any]], Any]] = {
    Merge.LATEST: _latest,
    Merge.OURS_ALONE: _latest,
    Merge.UNION: _union,
    Merge.FURTHEST: _furthest,
    Merge.PER_LANGUAGE: _per_language,
    Merge.HARD: _hard,
    Merge.FIXED: _hard,
}
