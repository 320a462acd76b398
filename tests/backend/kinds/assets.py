"""Something of each kind, as a device writes it."""

from typing import Any

from backend.kinds.documents import TYPES
from tests.backend.replication.judged import TASK
from tests.backend.world import written

ULID = "01ARZ3NDEKTSV4RRFFQ69G5FZZ"
MEMBERS: dict[str, dict[str, Any]] = {
    "page": {"text": "# Plan\n\nWe *begin* on Monday."},
    "checklist": {"items": [{"id": "A", "text": "Chairs", "done": False, "order": "a0"}]},
    "discussion": {"question": "Monday or Tuesday?"},
    "file": {"files": [{"sha256": "0" * 64, "type": "image/webp", "size": 1, "name": "a.webp", "alt": "A desk"}]},
    "link": {"url": "https://example.org/a?b=c#d"},
}
"""What each kind says beside its name; a new kind adds its own line."""
KINDS = [one.name for one in TYPES]


def asset(kind: str, author: str, item: str = TASK, **members: Any) -> dict[str, Any]:
    return written(author, kind, ULID, partition=item, **{"name": "Of Monday", **MEMBERS[kind], **members})
