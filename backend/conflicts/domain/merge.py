"""Several versions of one document become one, member by member, or it is said which members stand against it."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from backend.conflicts.domain.rules import ABSENT, HARD, UNKNOWN, merged, same
from backend.kit.types import SIGNATURE, DocumentType, InvalidDocumentError, UnknownVersionError
from sync.revision import order

Content = Mapping[str, Any]
"""A document's members, those that begin with `_` left out."""


class Version(Struct, frozen=True):
    """One revision of a document and what it says."""

    rev: str
    content: Content


class Merged(Struct, frozen=True):
    """The one content that the versions become."""

    content: dict[str, Any]


class Hard(Struct, frozen=True):
    """The versions contradict each other in these members; a person chooses."""

    members: tuple[str, ...]


def merge(declaration: DocumentType[Any], base: Content | None, versions: Sequence[Version]) -> Merged | Hard:
    """Merge versions by the rules of their type, given their common ancestor (None: it is not known here).

    The order of the versions does not matter. Members of the envelope that tell of the last act come together from the
    greatest revision. A result that does not have the form of its type (eleven files, where ten may be) is none.
    """
    try:
        sides = [declaration.current(one.content) for one in sorted(versions, key=_greatest, reverse=True)]
        before = None if base is None else declaration.current(base)
    except UnknownVersionError:
        return Hard(("v",))
    found = {name: _member(declaration, name, before, sides) for name in _names(before, sides)}
    hard = tuple(sorted(name for name, value in found.items() if value is HARD))
    if hard:
        return Hard(hard)
    content = {name: value for name, value in found.items() if value is not ABSENT}
    try:
        declaration.read({**content, "_id": ""})
    except InvalidDocumentError:
        return Hard(tuple(sorted(differing(declaration, sides))))
    return Merged(content)


def differing(declaration: DocumentType[Any], versions: Sequence[Content]) -> set[str]:
    """Return the members, the signature's left out, in which these versions are not all alike."""
    first, *others = (declaration.current(one) for one in versions)
    names = first.keys() | {name for one in others for name in one}
    return {
        name
        for name in names - SIGNATURE
        if not all(same(one.get(name, ABSENT), first.get(name, ABSENT)) for one in others)
    }


def _member(declaration: DocumentType[Any], name: str, before: Content | None, sides: Sequence[Content]) -> Any:
    if name in SIGNATURE:
        return sides[0].get(name, ABSENT)
    base = UNKNOWN if before is None else before.get(name, ABSENT)
    return merged(declaration.member(name), base, [side.get(name, ABSENT) for side in sides])


def _names(before: Content | None, sides: Sequence[Content]) -> list[str]:
    return sorted({*(before or {})}.union(*sides))


def _greatest(version: Version) -> tuple[int, str]:
    return order(version.rev)
