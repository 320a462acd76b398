"""Attachments one by one (CouchDB, `/{db}/{docid}/{attname}`).

They are other people's bytes on our address: always offered as a download, in a sandbox, never sniffed, so a page or a
picture with a script in it (CVE-2021-38295) runs nowhere near a session.
"""

import re

from sync import attachment, revision
from sync.document import Attachment, Document
from sync.door.call import Answer, Call
from sync.door.common import opened, written
from sync.errors import BAD_RANGE, NO_ATTACHMENT, SyncError
from sync.intake import check_id
from sync.reading import Reader

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


async def get(call: Call) -> Answer:
    """`GET /{db}/{docid}/{attname}`, whole or one range of bytes."""
    access, _ = await opened(call)
    identifier, name = _names(call)
    rev = revision.check(call.query["rev"]) if "rev" in call.query else None
    with call.house.store.read(call.path[0]) as tx:
        _, entry, data = Reader(tx, access).attachment(identifier, rev, name)
    tag = f'"{entry.digest.removeprefix("md5-")}"'
    headers = {
        "Content-Type": entry.content_type,
        "ETag": tag,
        "Accept-Ranges": "bytes",
        "Content-Disposition": "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    if call.headers.get("if-none-match") == tag:
        return Answer(b"", 304, headers)
    asked = _RANGE.fullmatch(call.headers.get("range", ""))
    if asked is None or asked.group(0) == "bytes=-":
        return Answer(data, headers=headers)
    first, last = _span(asked, len(data))
    headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return Answer(data[first : last + 1], 206, headers)


async def put(call: Call) -> Answer:
    """`PUT /{db}/{docid}/{attname}`: a new revision with these bytes; the document is made when it is not there."""
    identifier, name = _names(call)
    kind = call.headers.get("content-type", "application/octet-stream")
    data = attachment.unpacked(await call.body(), call.headers.get("content-encoding"), call.house.limits)
    new = attachment.new(data, kind, call.house.limits)
    return await _change(call, identifier, attachment.check_name(name), new)


async def delete(call: Call) -> Answer:
    """`DELETE /{db}/{docid}/{attname}`: a new revision without it."""
    identifier, name = _names(call)
    return await _change(call, identifier, name, None)


async def _change(call: Call, identifier: str, name: str, new: Attachment | None) -> Answer:
    access, database = await opened(call)
    await call.charge(access, 1)
    told = call.query.get("rev") or call.headers.get("if-match", "").strip('"')
    current = Document(identifier, ())
    if told:
        with call.house.store.read(call.path[0]) as tx:
            reader = Reader(tx, access)
            if reader.row(identifier) is not None:
                current = reader.value(identifier, revision.check(told))
    listed = {key: Attachment(one.content_type, one.revpos, one.digest) for key, one in current.attachments.items()}
    if new is None and listed.pop(name, None) is None:
        raise SyncError(NO_ATTACHMENT)
    if new is not None:
        listed[name] = new
    edited = Document(identifier, (told,) if told else (), False, current.body, listed)
    return written(await database.edit_one(edited, access), call.path[0], 200 if new is None else 201)


def _names(call: Call) -> tuple[str, str]:
    """Document and attachment in the address; what follows the document is the name, slashes and all."""
    length = 2 if call.path[1] in ("_design", "_local") else 1
    identifier = "/".join(call.path[1 : 1 + length])
    return check_id(identifier, call.house.limits), "/".join(call.path[1 + length :])


def _span(asked: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte of a range; 416 when it lies outside."""
    start, end = asked.groups()
    if start:
        first, last = int(start), min(int(end) if end else size - 1, size - 1)
    else:
        first, last = max(size - int(end), 0), size - 1
    if first > last:
        raise SyncError(BAD_RANGE)
    return first, last
