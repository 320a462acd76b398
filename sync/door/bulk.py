"""Many documents in one request: what replication lives on (CouchDB, `_bulk_docs`, `_revs_diff`)."""

import secrets
from typing import Any, cast

import msgspec
from msgspec import Struct

from sync import revision
from sync.document import Document
from sync.door import local
from sync.door.call import Answer, Call
from sync.door.common import opened
from sync.errors import BAD_JSON, BAD_REQUEST, FORBIDDEN, TOO_LARGE, SyncError
from sync.intake import read_document, read_object, read_plain, usual
from sync.reading import Reader
from sync.writing import Outcome

_encode = msgspec.json.Encoder().encode


class BulkDocs(Struct):
    """Body of `_bulk_docs`; documents stay as they are until each is read."""

    docs: list[msgspec.Raw]
    new_edits: bool = True


_BULK_DOCS = msgspec.json.Decoder(BulkDocs)


async def bulk_docs(call: Call) -> Answer:
    """`POST /{db}/_bulk_docs`. Of replicated revisions only refused ones are answered, of edits all, in order."""
    access, database = await opened(call)
    call.json_only()
    data = await call.body()
    if (plain := _plain(data)) is not None:
        refused = list[Outcome]()
        told = _bounded(plain, call.house.limits.rows)
        await call.charge(access, len(told))
        limits = call.house.limits
        documents = [document for one in told if (document := usual(one, limits) or _unusual(one, call, refused))]
        return _refusals(refused + await database.replicate(documents, access))
    body = _bulk_body(data)
    _bounded(body.docs, call.house.limits.rows)
    await call.charge(access, len(body.docs))
    kept = await local.in_batch(call, access, body.docs) if b'"_local/' in data else {}
    docs = [raw for place, raw in enumerate(body.docs) if place not in kept] if kept else body.docs
    if not body.new_edits:
        refused = [one for one in kept.values() if one.error]
        documents = [document for raw in docs if (document := _replicated(raw, call, refused))]
        return _refusals(refused + await database.replicate(documents, access))
    edited = iter(await database.edit([_edit(raw, call) for raw in docs], access))
    outcomes = [kept[place] if place in kept else next(edited) for place in range(len(body.docs))]
    return Answer(_encode([_row(one) for one in outcomes]) + b"\n", 201)


async def revs_diff(call: Call) -> Answer:
    """`POST /{db}/_revs_diff`: what the sender should send.

    A document that may not be read is missing: to say «known» would tell how somebody voted, since a first revision is
    a digest of its content. What is held is known to its sender only.
    """
    missing = await _missing(call)
    return Answer(_encode({name: {"missing": revs} | more for name, (revs, more) in missing.items()}) + b"\n")


async def missing_revs(call: Call) -> Answer:
    """`POST /{db}/_missing_revs`: the older form."""
    missing = await _missing(call)
    return Answer(_encode({"missing_revs": {name: revs for name, (revs, _) in missing.items()}}) + b"\n")


async def _missing(call: Call) -> dict[str, tuple[list[str], dict[str, list[str]]]]:
    access, _ = await opened(call)
    asked = await call.object()
    _bounded(list(asked), call.house.limits.rows)
    for revs in asked.values():
        if not isinstance(revs, list):
            raise SyncError(BAD_REQUEST, "Revisions of a document must be a list.")
        for rev in cast("list[Any]", revs):
            revision.check(rev)
    found: dict[str, tuple[list[str], dict[str, list[str]]]] = {}
    with call.house.store.read(call.path[0]) as tx:
        reader = Reader(tx, access)
        rows = reader.rows(asked)
        held = tx.held_by(access.principal, list(asked)) if access.principal else set[tuple[str, str]]()
        for name, revs in asked.items():
            row = rows.get(name)
            if row is not None and revs == [row.rev]:
                continue
            missing, more = reader.missing(row, [rev for rev in revs if (name, rev) not in held])
            if missing:
                found[name] = (missing, {"possible_ancestors": more} if more else {})
    return found


def _plain(data: bytes) -> list[Any] | None:
    """The documents of a request that replicates and is plain as a whole; None: it goes the long way."""
    if data.rfind(b'"new_edits":false') < 0 or b'"_id":"_local/' in data:
        return None
    told = read_plain(data)
    docs = told.get("docs") if told and told.get("new_edits") is False else None
    return cast("list[Any]", docs) if isinstance(docs, list) else None


def _unusual(content: Any, call: Call, refused: list[Outcome]) -> Document | None:
    """Another document of a plain request; a refusal in `refused`, as `_replicated` tells it."""
    return _replicated(msgspec.Raw(_encode(content)), call, refused)


def _refusals(refused: list[Outcome]) -> Answer:
    return Answer(_encode([_row(one) for one in refused]) + b"\n", 201)


def _bulk_body(data: bytes) -> BulkDocs:
    try:
        return _BULK_DOCS.decode(data)
    except msgspec.ValidationError:
        told = read_object(data)
        what = "`docs` parameter must be an array." if "docs" in told else "POST body must include `docs` parameter."
        raise SyncError(BAD_REQUEST, what) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SyncError(BAD_JSON) from None


def _bounded(rows: list[Any], limit: int) -> list[Any]:
    if len(rows) > limit:
        raise SyncError(TOO_LARGE, f"One request may name {limit} documents.")
    return rows


def _edit(raw: msgspec.Raw, call: Call) -> Document:
    told = read_object(raw)
    return read_document(raw, call.house.limits, told.get("_id", secrets.token_hex(16)))


def _replicated(raw: msgspec.Raw, call: Call, refused: list[Outcome]) -> Document | None:
    """The document, or a refusal in `refused` when its content is bad but its name can be told.

    A whole batch refused for one document would block this and every later push of its device for ever.
    """
    try:
        document = read_document(raw, call.house.limits)
    except SyncError as error:
        name = _name(raw)
        if name is None:
            raise
        refused.append(Outcome(*name, FORBIDDEN.word, f"{error.word}: {error.sentence}"))
        return None
    if not document.path:
        raise SyncError(BAD_REQUEST, "A replicated document names its revision.")
    return document


def _name(raw: msgspec.Raw) -> tuple[str, str] | None:
    """Id and revision of a document that could not be read; None when it does not even have those."""
    try:
        told = _NAMED.decode(raw)
        return told.id, revision.check(told.rev)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, SyncError):
        return None


class Named(Struct, rename={"id": "_id", "rev": "_rev"}):
    """Only the name of a document; the rest is skipped unread."""

    id: str
    rev: str


_NAMED = msgspec.json.Decoder(Named)


def _row(outcome: Outcome) -> dict[str, Any]:
    if not outcome.error:
        return {"ok": True, "id": outcome.id, "rev": outcome.rev}
    named = {"id": outcome.id, "rev": outcome.rev} if outcome.rev else {"id": outcome.id}
    return named | {"error": outcome.error, "reason": outcome.reason}
