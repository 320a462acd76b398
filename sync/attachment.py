"""Attachments: bytes beside a document, named by the document and known by their digest.

A revision lists all its attachments. New bytes travel inline (base64) or as parts of a multipart body; what the parent
already had is a **stub**. A stub may name only what an ancestor of the same document holds: otherwise a digest would
be enough to read somebody else's file. `revpos` is the generation at which the bytes came.

CouchDB keeps texts compressed and hands them over so, saying `"encoding": "gzip"`; they are unpacked here. Its digest
is that of the compressed bytes and differs from ours, so a stub may also say what it means by generation and length.
"""

import re
import zlib
from base64 import b64encode
from binascii import Error, a2b_base64
from collections.abc import Callable
from hashlib import md5
from typing import Any, cast

import msgspec

from sync.document import Attachment
from sync.errors import BAD_MEMBER, BAD_REQUEST, MISSING_STUB, TOO_LARGE, SyncError
from sync.limits import Limits

Parts = Callable[[str, dict[str, Any]], bytes]
"""Gives the bytes of an attachment that follows the document in a multipart body."""

_NAME = re.compile(r"[^_\x00-\x1f\x7f][^\x00-\x1f\x7f]{0,254}")
_TYPE = re.compile(r"[\x20-\x7e]{1,255}")
_STORED = msgspec.json.Decoder(dict[str, Attachment])


def digest(data: bytes) -> str:
    """CouchDB's form: `md5-` and base64. It names bytes within a database; it protects nothing."""
    return "md5-" + b64encode(md5(data, usedforsecurity=False).digest()).decode()


def unpacked(data: bytes, encoding: str | None, limits: Limits) -> bytes:
    """The bytes themselves; 413 when they would be too many (a small gzip can hold gigabytes), 400 when it is none."""
    if encoding is None or encoding == "identity":
        return data
    if encoding != "gzip":
        raise SyncError(BAD_REQUEST, "Attachments may be encoded with gzip only.")
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = reader.decompress(data, limits.attachment + 1)
    except zlib.error:
        raise SyncError(BAD_REQUEST, "An attachment says gzip and is none.") from None
    if len(plain) <= limits.attachment and not reader.eof:
        raise SyncError(BAD_REQUEST, "An attachment did not arrive whole.")
    return plain


def check_name(name: str) -> str:
    """The name itself; 400 when it begins with "_", is too long or holds control characters."""
    if _NAME.fullmatch(name) is None:
        raise SyncError(BAD_REQUEST, "Attachment name is not allowed.")
    return name


def new(data: bytes, content_type: str, limits: Limits) -> Attachment:
    """An attachment with bytes of its own."""
    if len(data) > limits.attachment:
        raise SyncError(TOO_LARGE, f"An attachment may have {limits.attachment} bytes.")
    if _TYPE.fullmatch(content_type) is None:
        raise SyncError(BAD_REQUEST, "Attachment content_type is not allowed.")
    return Attachment(content_type=content_type, digest=digest(data), length=len(data), data=data)


def read(value: object, limits: Limits, parts: Parts | None = None) -> dict[str, Attachment]:
    """`_attachments` as a client writes it: each with data, following in `parts`, or a stub."""
    if not isinstance(value, dict):
        raise SyncError(BAD_MEMBER, "_attachments must be an object.")
    entries = cast("dict[str, Any]", value)
    if len(entries) > limits.attachments:
        raise SyncError(TOO_LARGE, f"A document may have {limits.attachments} attachments.")
    listed: dict[str, Attachment] = {}
    size = 0
    for name, entry in entries.items():
        one = listed[check_name(name)] = _read_one(name, entry, limits, parts)
        size += one.length if one.data is not None else 0
        if size > limits.batch:  # unpacked, they may be many times what came
            raise SyncError(TOO_LARGE, f"The attachments of a document may have {limits.batch} bytes together.")
    return listed


def _read_one(name: str, value: object, limits: Limits, parts: Parts | None) -> Attachment:
    if not isinstance(value, dict):
        raise SyncError(BAD_MEMBER, f"The attachment {name} must be an object.")
    entry = cast("dict[str, Any]", value)
    position = entry.get("revpos", 0)
    content_type = entry.get("content_type") or "application/octet-stream"
    if not isinstance(position, int) or not isinstance(content_type, str):
        raise SyncError(BAD_MEMBER, f"The attachment {name} is not well formed.")
    if "data" in entry:
        attachment = new(_base64(entry["data"]), content_type, limits)
    elif entry.get("follows") is True and parts is not None:
        data = unpacked(parts(name, entry), entry.get("encoding"), limits)
        if entry.get("length", len(data)) != len(data):
            raise SyncError(BAD_REQUEST, f"The attachment {name} did not arrive as announced.")
        attachment = new(data, content_type, limits)
    elif entry.get("stub") is True:
        length = entry.get("length")
        attachment = Attachment(
            content_type, digest=str(entry.get("digest", "")), length=length if isinstance(length, int) else 0
        )
    else:
        raise SyncError(BAD_REQUEST, f"The attachment {name} has no data.")
    attachment.revpos = position
    return attachment


def _base64(text: object) -> bytes:
    try:
        return a2b_base64(cast("str", text), strict_mode=True)
    except (Error, ValueError, TypeError):
        raise SyncError(BAD_REQUEST, "Attachment data must be base64.") from None


def resolve(wanted: dict[str, Attachment], ancestor: dict[str, Attachment], number: int) -> dict[str, Attachment]:
    """What the new revision of generation `number` lists: own bytes as they came, stubs from its nearest ancestor."""
    listed: dict[str, Attachment] = {}
    for name, attachment in wanted.items():
        if attachment.data is not None:
            position = min(attachment.revpos, number) if attachment.revpos > 0 else number
            listed[name] = Attachment(attachment.content_type, position, attachment.digest, attachment.length)
            continue
        held = ancestor.get(name)
        if held is None or not _means(attachment, held):
            raise SyncError(MISSING_STUB, f"The attachment stub {name} refers to nothing this document holds.")
        listed[name] = held
    return listed


def _means(stub: Attachment, held: Attachment) -> bool:
    """Whether a stub names these bytes: by their digest, or as what came in this generation with this length."""
    same = stub.revpos > 0 and (stub.revpos, stub.length) == (held.revpos, held.length)
    return not stub.digest or stub.digest == held.digest or same


def stored(data: bytes) -> dict[str, Attachment]:
    """The list kept beside a body (empty: none)."""
    return _STORED.decode(data) if data else {}


def shown(attachment: Attachment, data: bytes | None) -> dict[str, Any]:
    """An attachment as a document lists it: with its bytes, or as a stub."""
    entry: dict[str, Any] = {
        "content_type": attachment.content_type,
        "revpos": attachment.revpos,
        "digest": attachment.digest,
    }
    if data is None:
        return entry | {"length": attachment.length, "stub": True}
    return entry | {"data": b64encode(data).decode()}


def announced(attachment: Attachment) -> dict[str, Any]:
    """An attachment as a document lists it whose bytes come behind it."""
    return {
        "content_type": attachment.content_type,
        "revpos": attachment.revpos,
        "digest": attachment.digest,
        "length": attachment.length,
        "follows": True,
    }
