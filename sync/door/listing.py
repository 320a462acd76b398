"""Documents in order of their ids (CouchDB, `_all_docs`), as far as they may be read."""

from typing import Any, cast

from msgspec import Struct
from msgspec.json import encode

from sync.changes import spell
from sync.document import partition
from sync.door.call import Answer, Call, lines
from sync.door.common import opened
from sync.errors import BAD_QUERY, BAD_REQUEST, NOT_FOUND, TOO_LARGE, SyncError
from sync.reading import Reader, Wishes
from sync.rows import Row, Span


class Listing(Struct):
    """What is asked of a list; None: not given."""

    keys: list[Any] | None = None
    start: Any = None
    end: Any = None
    documents: bool = False
    wishes: Wishes = Wishes()


async def all_docs(call: Call) -> Answer:
    """`GET` and `POST /{db}/_all_docs`: a range of ids, or `keys` in the order in which they are named."""
    access, _ = await opened(call)
    body = await call.object() if call.method == "POST" else {}
    listing = _listing(call, body)
    with call.house.store.read(call.path[0]) as tx:
        reader = Reader(tx, access)
        return Answer(_range(call, reader, listing) if listing.keys is None else _keys(call, reader, listing))


async def of_partition(call: Call) -> Answer:
    """`GET /{db}/_partition/{partition}/_all_docs`."""
    access, _ = await opened(call)
    listing = _listing(call, {})
    first = call.path[2] + ":"
    listing.start, listing.end = listing.start or first, listing.end or first + "\U0010ffff"
    if partition(str(listing.start)) != call.path[2] or partition(str(listing.end)) != call.path[2]:
        raise SyncError(BAD_REQUEST, "The range leaves its partition.")
    with call.house.store.read(call.path[0]) as tx:
        return Answer(_range(call, Reader(tx, access), listing))


def _listing(call: Call, body: dict[str, Any]) -> Listing:
    def given(*names: str) -> Any:
        for name in names:
            value = body.get(name) if name in body else call.json(name)
            if value is not None:
                return value
        return None

    keys = given("keys")
    if keys is not None and not isinstance(keys, list):
        raise SyncError(BAD_REQUEST, "`keys` parameter must be an array.")
    if keys is not None and len(cast("list[Any]", keys)) > call.house.limits.rows:
        raise SyncError(TOO_LARGE, f"One request may name {call.house.limits.rows} documents.")
    key = given("key")
    if keys is not None and key is not None:
        raise SyncError(BAD_QUERY, "`keys` is incompatible with `key`.")
    start, end = (key, key) if key is not None else (given("startkey", "start_key"), given("endkey", "end_key"))
    documents = body.get("include_docs") is True or call.flag("include_docs")
    wishes = Wishes(conflicts=call.flag("conflicts"), attachments=call.flag("attachments"))
    return Listing(cast("list[Any] | None", keys), start, end, documents, wishes)


def _range(call: Call, reader: Reader, listing: Listing) -> bytes:
    descending = call.flag("descending")
    span = Span(
        listing.start if isinstance(listing.start, str) else "",
        listing.end if isinstance(listing.end, str) else None,
        call.query.get("inclusive_end") != "false",
        descending,
        call.number("skip", 0, 2**53),
        call.number("limit", call.house.limits.page, call.house.limits.page),
    )
    rows = reader.tx.range(span, reader.reading.partitions)
    if listing.documents:
        reader.prefetch(rows)
    return _lines(call, reader, [_line(reader, listing, row.id, row) for row in rows], str(span.skip))


def _keys(call: Call, reader: Reader, listing: Listing) -> bytes:
    keys = listing.keys or []
    found = reader.rows(key for key in keys if isinstance(key, str))
    if call.flag("descending"):
        keys = keys[::-1]
    skip = call.number("skip", 0, len(keys))
    keys = keys[skip : skip + call.number("limit", len(keys), len(keys))]
    rows = [_line(reader, listing, key, found.get(key) if isinstance(key, str) else None) for key in keys]
    return _lines(call, reader, rows, "null")


def _lines(call: Call, reader: Reader, rows: list[bytes], offset: str) -> bytes:
    info = reader.tx.info(reader.reading.partitions)
    seq = f'"update_seq":"{spell(info.number, info, reader.reading)}",' if call.flag("update_seq") else ""
    return lines(rows, f'{{"total_rows":{info.documents},"offset":{offset},{seq}"rows":[\n'.encode())


def _line(reader: Reader, listing: Listing, key: Any, row: Row | None) -> bytes:
    name = encode(key)
    if row is None:
        return b'{"key":%b,"error":"%b"}' % (name, NOT_FOUND.word.encode())
    value = encode({"rev": row.rev, "deleted": True} if row.deleted else {"rev": row.rev})
    line = b'{"id":%b,"key":%b,"value":%b' % (name, name, value)
    if not listing.documents:
        return line + b"}"
    shown = b"null" if row.deleted else reader.winning(row, listing.wishes)
    return line + b',"doc":' + shown + b"}"
