"""From stored parts to a document's JSON: the envelope is written, the body is spliced in as it is."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from sync import attachment
from sync.document import Document
from sync.revision import generation

_encode = msgspec.json.Encoder().encode


def json_object(envelope: Mapping[str, Any], body: bytes = b"{}") -> bytes:
    """One JSON object: the members of `envelope`, then those of `body`."""
    head = _encode(envelope)
    if body == b"{}":
        return head
    return body if head == b"{}" else head[:-1] + b"," + body[1:].lstrip()


def revisions(path: tuple[str, ...]) -> dict[str, Any]:
    """The member `_revisions`: a history in CouchDB's short form."""
    return {"start": generation(path[0]), "ids": [rev.partition("-")[2] for rev in path]}


def portable(document: Document) -> bytes:
    """The whole revision in one piece, history and attachments inline, as `new_edits=false` takes it."""
    envelope: dict[str, Any] = {"_id": document.id, "_rev": document.rev, "_revisions": revisions(document.path)}
    if document.deleted:
        envelope["_deleted"] = True
    if document.attachments:
        envelope["_attachments"] = listed(document.attachments, lambda one: one.data)
    return json_object(envelope, document.body)


def listed(
    attachments: Mapping[str, attachment.Attachment], data: Callable[[attachment.Attachment], bytes | None]
) -> dict[str, Any]:
    """The member `_attachments`; `data` gives the bytes of those that are to be shown inline."""
    return {name: attachment.shown(one, data(one)) for name, one in attachments.items()}
