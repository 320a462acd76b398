"""What may be let in later, and under which names; pure."""

import hashlib
from collections.abc import Mapping
from typing import Any

from ulid import ULID

from backend.kit.ids import split_id
from backend.kit.spaces import SpaceKind
from backend.kit.types import (
    DocumentTypes,
    InvalidDocumentError,
    Partition,
    UnknownVersionError,
    Who,
)

MOST_WAITING = 100
"""Works of one person that wait for the administrators of one process."""
_PLACES = frozenset({Partition.ALL, Partition.ITEM})


def key_of(member: str, document: Mapping[str, Any]) -> str:
    """Return the key of handed-over work: the same revision from the same member is the same work."""
    name = f"{member}~{document.get('_id')}~{document.get('_rev')}"
    return str(ULID.from_bytes(hashlib.sha256(name.encode()).digest()[:16]))


def to_be_let_in(
    types: DocumentTypes, member: str, document: Mapping[str, Any], stored: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    """Return the revision that takes effect when an administrator lets the work in; None when nothing can.

    Without a stored winner that is the very revision the author's device made: it has it already and only learns that
    it was received. An edit holds only what its author changed and is laid upon what is stored now. What only the
    server writes, what lies where members may not look, and what somebody else signed can never be let in.
    """
    name = split_id(str(document.get("_id")))
    declaration = types.get(name.type) if name else None
    if declaration is None or SpaceKind.PROCESS not in declaration.spaces or declaration.partition not in _PLACES:
        return None
    if Who.SERVER in declaration.edit or document.get("by", member) != member:
        return None
    if document.get("_deleted"):
        return {"_id": stored["_id"], "_deleted": True} if stored else None
    whole = {**(stored or {}), **document}
    if stored:
        del whole["_rev"]
        whole["author"] = stored.get("author")
    elif document.get("author") != member:
        return None
    try:
        declaration.read(whole)
    except (InvalidDocumentError, UnknownVersionError):
        return None
    return whole
