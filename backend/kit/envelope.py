"""The envelope of what the server writes itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.kit.ids import DocumentId
from backend.kit.spaces import ALL, SERVER
from backend.kit.types import DocumentType


def written_by_server(
    declaration: DocumentType[Any],
    key: str,
    members: Mapping[str, Any],
    *,
    lang: str,
    at: datetime,
    partition: str = ALL,
) -> dict[str, Any]:
    """Return a whole document of a type from its members, checked. Raises InvalidDocumentError."""
    document = {
        "_id": str(DocumentId(partition, declaration.name, key)),
        "type": declaration.name,
        "v": declaration.version,
        "lang": lang,
        "author": SERVER,
        "by": SERVER,
        "device": SERVER,
        "at": rfc3339(at),
        **members,
    }
    declaration.read(document)
    return document


def rfc3339(at: datetime) -> str:
    """Return a moment in UTC as documents write it: `2026-11-21T20:25:02Z`."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
