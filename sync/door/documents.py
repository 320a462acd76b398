"""One document (CouchDB, `/{db}/{docid}`)."""

from typing import Any
from urllib.parse import unquote

import msgspec
from msgspec.structs import replace

from sync import revision
from sync.document import Document
from sync.door import multipart
from sync.door.call import Answer, Call
from sync.door.common import opened, written
from sync.errors import BAD_REQUEST, NOT_FOUND, SyncError
from sync.intake import check_id, read_document, read_json
from sync.reading import PLAIN, Reader, Wishes
from sync.writing import Outcome

_WISHES = ("revs", "revs_info", "conflicts", "deleted_conflicts", "local_seq", "latest", "attachments")


async def get(call: Call) -> Answer:
    """`GET /{db}/{docid}` with every option; attachments come beside the document unless JSON is asked for."""
    access, _ = await opened(call)
    identifier, wishes = name(call), wanted(call)
    told = revision.check(call.query["rev"]) if "rev" in call.query else None
    with call.house.store.read(call.path[0]) as tx:
        reader = Reader(tx, access)
        if "open_revs" in call.query:
            return _open_revs(call, reader, identifier, wishes)
        found = reader.find(identifier)
        rev = reader.chosen(found, told, wishes)
        tag = f'"{rev}"'
        if call.headers.get("if-none-match") == tag:
            return Answer(b"", 304, {"ETag": tag})
        if (wishes.attachments or wishes.atts_since) and multipart.wants_parts(call):
            part = multipart.related(reader, found, rev, wishes)
            return Answer(part.data, headers={**part.headers, "ETag": tag})
        return Answer(reader.shown(found, rev, wishes) + b"\n", headers={"ETag": tag})


async def put(call: Call) -> Answer:
    """`PUT /{db}/{docid}`; with `new_edits=false` the revision keeps its own name and history."""
    access, database = await opened(call)
    document = await multipart.read(call, name(call))
    await call.charge(access, 1)
    if call.query.get("new_edits") == "false":
        if not document.path:
            raise SyncError(BAD_REQUEST, "A replicated document names its revision.")
        await database.replicate_one(document, access)
        return written(Outcome(document.id, document.rev), call.path[0])
    told = given_revision(call)
    if told:
        if document.path and document.rev != told:
            raise SyncError(BAD_REQUEST, "Document rev from request body and query string have different values")
        document.path = (told,)
    return written(await database.edit_one(document, access), call.path[0])


async def copy(call: Call) -> Answer:
    """`COPY /{db}/{docid}` to the id in `Destination` (`id` or `id?rev=…`), attachments and all."""
    access, database = await opened(call)
    target, _, query = unquote(call.headers.get("destination", "")).partition("?")
    told = query.removeprefix("rev=") if query else None
    source = revision.check(call.query["rev"]) if "rev" in call.query else None
    with call.house.store.read(call.path[0]) as tx:
        reader = Reader(tx, access)
        rev = reader.chosen(reader.find(name(call)), source, PLAIN)
        original = reader.value(name(call), rev)
        for one in original.attachments.values():
            one.data, one.revpos = tx.blob(one.digest), 0
    path = (revision.check(told),) if told else ()
    await call.charge(access, 1)
    copied = Document(check_id(target, call.house.limits), path, original.deleted, original.body, original.attachments)
    return written(await database.edit_one(copied, access), call.path[0])


async def delete(call: Call) -> Answer:
    """`DELETE /{db}/{docid}`: a tombstone with nothing in it."""
    access, database = await opened(call)
    document = read_document(b'{"_deleted":true}', call.house.limits, name(call))
    told = given_revision(call)
    document.path = (told,) if told else ()
    with call.house.store.read(call.path[0]) as tx:
        row = Reader(tx, access).row(document.id)
    await call.charge(access, 1)
    if row is None or (row.deleted and not told):
        raise SyncError(NOT_FOUND, "missing" if row is None else "deleted")
    return written(await database.edit_one(document, access), call.path[0], 200)


def name(call: Call) -> str:
    """The id in the address; `_design/x` is one id of two parts."""
    return check_id("/".join(call.path[1:]), call.house.limits)


def given_revision(call: Call) -> str | None:
    """The revision to follow, from `rev` or `If-Match`."""
    told = call.query.get("rev") or call.headers.get("if-match", "").strip().strip('"')
    return revision.check(told) if told else None


def wanted(call: Call) -> Wishes:
    """What the query asks to be shown."""
    asked: dict[str, Any] = {option: call.flag(option) for option in _WISHES if option in call.query}
    if call.query.get("meta") == "true":
        asked |= {"revs_info": True, "conflicts": True, "deleted_conflicts": True}
    since = call.json("atts_since")
    if since is not None:
        asked["atts_since"] = tuple(revision.check(one) for one in _listed(since))
    return msgspec.convert(asked, Wishes) if asked else PLAIN


def _open_revs(call: Call, reader: Reader, identifier: str, wishes: Wishes) -> Answer:
    """Many revisions of one document; those that were named and are not here are told as missing.

    As parts they bring their attachments unasked: CouchDB's replicator counts on it.
    """
    asked = call.query["open_revs"]
    revs = None if asked == "all" else [revision.check(one) for one in _listed(read_json(asked.encode()))]
    unknown = revs is not None and reader.row(identifier) is None
    if multipart.wants_parts(call):
        if unknown:
            return multipart.mixed([multipart.missing(rev) for rev in revs or []])
        found, wishes = reader.find(identifier), replace(wishes, attachments=True)
        revisions = reader.open(found, revs, wishes).items()
        return multipart.mixed(
            [
                multipart.related(reader, found, rev, wishes) if here else multipart.missing(rev)
                for rev, here in revisions
            ]
        )
    shown = dict.fromkeys(revs or []).items() if unknown else reader.leaves(reader.find(identifier), revs, wishes)
    rows = [_missing(rev) if body is None else b'{"ok":%b}' % body for rev, body in shown]
    return Answer(b"[" + b",".join(rows) + b"]\n")


def _missing(rev: str) -> bytes:
    return b'{"missing":"%b"}' % rev.encode()


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise SyncError(BAD_REQUEST, "A JSON list is expected.")
    return value  # pyright: ignore[reportUnknownVariableType] — each element is checked by the caller
