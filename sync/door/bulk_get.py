"""Many revisions in one answer (CouchDB, `/{db}/_bulk_get`): as JSON, or as parts with the attachments behind each.

    --outer                                          a revision without attachments
    Content-Type: application/json

    {"_id": …}
    --outer                                          one with attachments: itself multipart/related
    X-Doc-Id: a
    X-Rev-Id: 2-b
    Content-Type: multipart/related; boundary="…"
    …
    --outer                                          one that is not here
    Content-Type: application/json; error="true"

    {"id": …, "rev": …, "error": "not_found", "reason": "missing"}

Ten thousand revisions may be more than memory holds. What goes beyond `CHUNK` bytes is read and sent piece by piece,
each piece from a snapshot of its own: a revision never changes, and no snapshot is held while a slow client reads.
"""

import secrets
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, cast
from urllib.parse import quote

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sync import revision
from sync.door import multipart
from sync.door.call import JSON, Answer, Call, Stream
from sync.door.common import opened
from sync.errors import BAD_REQUEST, NOT_FOUND, TOO_LARGE, SyncError
from sync.hooks import Access
from sync.multipart import Part, encapsulated
from sync.reading import Reader, Wishes

CHUNK = 8_000_000
"""Bytes after which an answer is sent in pieces."""
STEP, MOST = 50, 2000
"""Revisions looked up at once: few while they may be large, more when they are not."""

_encode = msgspec.json.Encoder().encode


class Wanted(Struct):
    """One revision that is asked for; None: the winner."""

    id: str
    rev: str | None = None


class BulkGet(Struct):
    """Body of `_bulk_get`."""

    docs: list[Wanted]


_BULK_GET = msgspec.json.Decoder(BulkGet)
Shape = Callable[[Reader, Wanted], bytes]
"""How one wanted revision is written."""


async def bulk_get(call: Call) -> Answer | Stream:
    """`POST /{db}/_bulk_get`: revisions of many documents, each with its history when `revs` is set."""
    access, _ = await opened(call)
    wanted = await _asked(call)
    limit = call.house.limits.rows
    if len(wanted) > limit:
        raise SyncError(TOO_LARGE, f"One request may name {limit} documents.")
    wishes = Wishes(revs=call.flag("revs"), latest=call.flag("latest"), attachments=call.flag("attachments"))
    kind = _parts_wanted(call)
    if kind is None:
        return _written(call, access, wanted, lambda reader, one: _row(reader, one, wishes), _AS_ROWS, {})
    boundary = secrets.token_hex(16)
    frame = (b"", b"", f"--{boundary}--".encode())
    headers = {"Content-Type": f'{kind}; boundary="{boundary}"'}
    wishes = replace(wishes, attachments=True)

    def shape(reader: Reader, one: Wanted) -> bytes:
        return b"".join(encapsulated(part, boundary) for part in _parts(reader, one, wishes))

    return _written(call, access, wanted, shape, frame, headers)


_AS_ROWS = (b'{"results":[\n', b",\n", b"\n]}\n")


def _written(
    call: Call,
    access: Access,
    wanted: list[Wanted],
    shape: Shape,
    frame: tuple[bytes, bytes, bytes],
    headers: dict[str, str],
) -> Answer | Stream:
    """Head, rows with something between them, tail: at once, or in pieces when there are too many bytes."""
    head, between, tail = frame
    rows = iter(wanted)
    first = _some(call, access, rows, shape)
    if (next_one := next(rows, None)) is None:
        return Answer(head + between.join(first) + tail, headers=headers)

    async def pieces() -> AsyncGenerator[bytes]:
        yield head + between.join(first)
        left = chain((next_one,), rows)
        while piece := _some(call, access, left, shape):
            yield b"".join(between + one for one in piece)
        yield tail

    return Stream(pieces(), headers)


def _some(call: Call, access: Access, rows: Iterator[Wanted], shape: Shape) -> list[bytes]:
    """Rows of one snapshot until they have `CHUNK` bytes; how many are looked up at once follows from their size."""
    found: list[bytes] = []
    size, step = 0, STEP
    with call.house.store.read(call.path[0]) as tx:
        reader = Reader(tx, access)
        while size <= CHUNK and (some := list(islice(rows, step))):
            reader.look_up([one.id for one in some])
            found += [shape(reader, one) for one in some]
            size = sum(map(len, found))
            step = max(STEP, min(MOST, CHUNK * len(found) // max(size, 1)))
    return found


def _parts_wanted(call: Call) -> str | None:
    """The multipart type a client asks for by name; None: JSON, like CouchDB for everybody who does not."""
    accepted = call.headers.get("accept", "").lower()
    if JSON in accepted:
        return None
    return next((kind for kind in ("multipart/mixed", "multipart/related") if kind in accepted), None)


async def _asked(call: Call) -> list[Wanted]:
    """What the request names. What is odd about it is found out on the long way."""
    call.json_only()
    try:
        return _BULK_GET.decode(await call.body()).docs
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        asked = (await call.object()).get("docs")
    if not isinstance(asked, list):
        raise SyncError(BAD_REQUEST, "Missing JSON list of 'docs'.")
    return [_named(one) for one in cast("list[Any]", asked)]


def _named(one: Any) -> Wanted:
    if not isinstance(one, dict) or not isinstance(one.get("id"), str):
        raise SyncError(BAD_REQUEST, "Each of 'docs' must name an id.")
    told = cast("dict[str, Any]", one)
    return Wanted(told["id"], told.get("rev"))


def _row(reader: Reader, wanted: Wanted, wishes: Wishes) -> bytes:
    identifier, rev = wanted.id, wanted.rev
    if (only := reader.only(identifier, rev, wishes)) is not None:
        return b'{"id":%b,"docs":[{"ok":%b}]}' % (_encode(identifier), only)
    try:
        found = reader.find(identifier)
        asked = [found.row.rev if rev is None else revision.check(rev)]
        docs = [
            _error(_failed(identifier, one, NOT_FOUND.word, "missing")) if body is None else b'{"ok":%b}' % body
            for one, body in reader.leaves(found, asked, wishes)
        ]
    except SyncError as error:
        docs = [_error(_failed(identifier, rev, error.word, error.sentence))]
    return b'{"id":%b,"docs":[%b]}' % (_encode(identifier), b",".join(docs))


def _error(told: bytes) -> bytes:
    return b'{"error":%b}' % told


def _parts(reader: Reader, wanted: Wanted, wishes: Wishes) -> Iterable[Part]:
    identifier, rev = wanted.id, wanted.rev
    try:
        found = reader.find(identifier)
        asked = [found.row.rev if rev is None else revision.check(rev)]
        for one, here in reader.open(found, asked, wishes).items():
            if not here:
                yield _absent(identifier, one, NOT_FOUND.word, "missing")
                continue
            part = multipart.related(reader, found, one, wishes)
            if part.headers["Content-Type"] != JSON:
                part.headers = {"X-Doc-Id": quote(identifier), "X-Rev-Id": quote(one), **part.headers}
            yield part
    except SyncError as error:
        yield _absent(identifier, rev, error.word, error.sentence)


def _absent(identifier: str, rev: Any, word: str, sentence: str) -> Part:
    return Part({"Content-Type": JSON + '; error="true"'}, _failed(identifier, rev, word, sentence))


def _failed(identifier: str, rev: Any, word: str, sentence: str) -> bytes:
    return _encode({"id": identifier, "rev": rev or "undefined", "error": word, "reason": sentence})
