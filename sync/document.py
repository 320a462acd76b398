"""A document as the engine sees it: an envelope it understands around a body it does not.

    {"_id": …, "_rev": …, "_deleted": …, "_attachments": …, "title": "Fab-lab", "places": 3}
     └───────────────── envelope ─────────────────────────┘ └────────── body ─────────────┘

The body is the JSON object of all members that do not begin with "_", spliced together from the sender's own bytes:
numbers, escapes and order of members come back exactly as they were sent.
"""

from typing import Any

import msgspec
from msgspec import Struct, field


class Attachment(Struct, omit_defaults=True):
    """One attachment as a revision refers to it. `revpos` is the generation in which it came; `length` counts bytes.

    `data` holds the bytes only while they travel; a stub has none and refers to what the document already holds.
    """

    content_type: str = "application/octet-stream"
    revpos: int = 0
    digest: str = ""
    length: int = 0
    data: bytes | None = None


class Document(Struct, eq=False):
    """One revision of one document. `path` is its history, newest first; `body` is JSON without underscore members.

    `content` decodes the body once and keeps it: look, do not change. For typed reading decode `body` with msgspec.
    """

    id: str
    path: tuple[str, ...]
    deleted: bool = False
    body: bytes = b"{}"
    attachments: dict[str, Attachment] = field(default_factory=dict[str, Attachment])
    decoded: dict[str, Any] | None = None

    @property
    def rev(self) -> str:
        """The revision's name."""
        return self.path[0]

    @property
    def partition(self) -> str:
        """What stands before the first ":" of the id; "" when there is none."""
        return partition(self.id)

    @property
    def content(self) -> dict[str, Any]:
        """The body as Python values."""
        if self.decoded is None:
            self.decoded = msgspec.json.decode(self.body, type=dict[str, Any])
        return self.decoded

    def as_dict(self) -> dict[str, Any]:
        """A fresh dictionary as CouchDB would show it: `_id`, `_rev`, `_deleted` and the body's members."""
        envelope: dict[str, Any] = {"_id": self.id, "_rev": self.rev}
        if self.deleted:
            envelope["_deleted"] = True
        return envelope | self.content


def partition(identifier: str) -> str:
    """The partition of a document id (CouchDB, «Partitioned databases»): the text before the first ":", or ""."""
    head, colon, _ = identifier.partition(":")
    return head if colon else ""
