"""Documents whose attachments travel beside them: multipart/related and multipart/mixed (RFC 2046, 2387).

    --outer                                     multipart/mixed: one part for each revision
    Content-Type: multipart/related; boundary="inner"

    --inner                                     multipart/related: the document, then its attachments
    Content-Type: application/json

    {"_id": …, "_attachments": {"p.png": {"follows": true, "length": 3, …}}}
    --inner
    Content-Disposition: attachment; filename="p.png"

    …three bytes…
    --inner--
    --outer--

A reader takes attachments by their file name, and those whose name helps nobody in the order in which the document
lists them: CouchDB writes names as they are, quotes and all, and itself goes by the order alone.
"""

import re
from email.message import Message
from typing import Any

from msgspec import Struct

from sync.errors import BAD_REQUEST, SyncError

_PARTS = 10_000
_QUOTED = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]")


class Part(Struct):
    """One part: its headers, lower case, and its bytes."""

    headers: dict[str, str]
    data: bytes


def boundary_of(content_type: str) -> bytes:
    """The boundary a Content-Type names; 400 when it names none."""
    message = Message()
    message["Content-Type"] = content_type
    boundary = message.get_param("boundary")
    if not isinstance(boundary, str) or not boundary.isascii() or not boundary:
        raise SyncError(BAD_REQUEST, "The Content-Type names no boundary.")
    return boundary.encode()


def split(body: bytes, boundary: bytes) -> list[Part]:
    """The parts of a body; 400 when it does not end as it should."""
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if not pieces[1:] or not pieces[-1].startswith(b"--") or len(pieces) > _PARTS:
        raise SyncError(BAD_REQUEST, "The multipart body is not complete.")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    head, blank, data = piece.partition(b"\r\n\r\n")
    if not blank:
        raise SyncError(BAD_REQUEST, "A part of the multipart body has no end of its headers.")
    headers: dict[str, str] = {}
    for line in _text(head).split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return Part(headers, data)


def _text(head: bytes) -> str:
    """Headers as text: CouchDB writes names in UTF-8, older programs in Latin-1."""
    try:
        return head.decode()
    except UnicodeDecodeError:
        return head.decode("latin-1")


def file_name(part: Part) -> str | None:
    """The file name in a part's Content-Disposition."""
    message = Message()
    message["Content-Disposition"] = part.headers.get("content-disposition", "")
    return message.get_filename()


class Following:
    """The attachments that follow a document: called once for each that it says will come, in its order."""

    def __init__(self, parts: list[Part]) -> None:
        self._left = [(file_name(part), part.data) for part in parts]

    def __call__(self, name: str, entry: dict[str, Any]) -> bytes:
        """The bytes of this attachment as they came; 400 when they did not come, or not as many as announced."""
        place = next((place for place, (named, _) in enumerate(self._left) if named == name), 0)
        if not self._left:
            raise SyncError(BAD_REQUEST, f"The attachment {name} did not follow as announced.")
        _, data = self._left.pop(place)
        if entry.get("encoded_length", entry.get("length", len(data))) != len(data):
            raise SyncError(BAD_REQUEST, f"The attachment {name} did not follow as announced.")
        return data


def encapsulated(part: Part, boundary: str) -> bytes:
    """One part as it stands in a body, from its boundary to the line end before the next."""
    headers = [f"{name}: {value}\r\n".encode("latin-1") for name, value in part.headers.items()]
    return b"".join([f"--{boundary}\r\n".encode(), *headers, b"\r\n", part.data, b"\r\n"])


def joined(parts: list[Part], boundary: str) -> bytes:
    """A multipart body."""
    return b"".join([*(encapsulated(part, boundary) for part in parts), f"--{boundary}--".encode()])


def disposition(name: str) -> str:
    """Content-Disposition of an attachment, for any name (RFC 2231 where it needs more than plain characters)."""
    if _QUOTED.search(name) is None:
        return f'attachment; filename="{name}"'
    message = Message()
    message.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return message["Content-Disposition"]
