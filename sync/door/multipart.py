"""Documents with their attachments beside them, in and out (CouchDB's replicator knows no other way)."""

import secrets

from sync import multipart
from sync.document import Document
from sync.door.call import JSON, Answer, Call
from sync.errors import BAD_REQUEST, SyncError
from sync.intake import read_document
from sync.multipart import Part
from sync.reading import Found, Reader, Wishes


def wants_parts(call: Call) -> bool:
    """Whether the client takes multipart: it does not ask for JSON."""
    return JSON not in call.headers.get("accept", "*/*")


async def read(call: Call, identifier: str) -> Document:
    """The document in the body, plain JSON or multipart/related with its attachments."""
    kind = call.headers.get("content-type", "")
    body = await call.body()
    if not kind.lower().startswith("multipart/related"):
        return read_document(body, call.house.limits, identifier)
    parts = multipart.split(body, multipart.boundary_of(kind))
    if not parts:
        raise SyncError(BAD_REQUEST, "The multipart body holds no document.")
    return read_document(parts[0].data, call.house.limits, identifier, multipart.Following(parts[1:]))


def related(reader: Reader, found: Found, rev: str, wishes: Wishes) -> Part:
    """One revision as a part: JSON alone, or multipart/related when attachments come with it."""
    document, attachments = reader.related(found, rev, wishes)
    if not attachments:
        return Part({"Content-Type": JSON}, document)
    boundary = secrets.token_hex(16)
    parts = [Part({"Content-Type": JSON}, document)]
    for name, one, data in attachments:
        headers = {"Content-Disposition": multipart.disposition(name), "Content-Type": one.content_type}
        parts.append(Part({**headers, "Content-Length": str(len(data))}, data))
    kind = f'multipart/related; boundary="{boundary}"'
    return Part({"Content-Type": kind}, multipart.joined(parts, boundary))


def mixed(parts: list[Part]) -> Answer:
    """Many revisions in one answer."""
    boundary = secrets.token_hex(16)
    return Answer(
        multipart.joined(parts, boundary), headers={"Content-Type": f'multipart/mixed; boundary="{boundary}"'}
    )


def missing(rev: str) -> Part:
    """The part that stands for a revision that is not here."""
    return Part({"Content-Type": JSON + '; error="true"'}, b'{"missing":"%b"}' % rev.encode())
