"""The changes feed over HTTP (CouchDB, `_changes`): normal, longpoll, continuous and eventsource.

A waiting reader is watched for the partitions it may read and for nothing else. It looks, registers, and looks
again, so nothing falls between; after each wake-up it looks at a new snapshot with the rights of that moment. The
feed ends when `gained` moves, so that its reader comes again and starts from the beginning.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, cast

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from sync.changes import Page, Since, Wanted, line, lines, page, parse
from sync.door.call import Answer, Call, Stream
from sync.door.common import opened
from sync.errors import BAD_FILTER, BAD_REQUEST, NO_JAVASCRIPT, NOT_FOUND, SyncError
from sync.hooks import Access
from sync.reading import Reader, Wishes
from sync.rows import Row
from sync.selector import compiled

DAY = 86_400_000
SECONDS = 60_000
"""Milliseconds after which an idle feed ends by itself, like CouchDB's."""
_SHORTEST = 1_000


class Feed(Struct, frozen=True):
    """How a reader wants to be served; times in seconds."""

    access: Access
    wanted: Wanted
    documents: Wishes | None
    heartbeat: float | None
    timeout: float | None
    interval: int = 1


async def changes(call: Call) -> Answer | Stream:
    """`GET` and `POST /{db}/_changes`."""
    access, _ = await opened(call)
    feed = await _feed(call, access)
    kind = call.query.get("feed", "normal")
    if kind in ("continuous", "live"):
        return Stream(_continuous(call, feed, _row_line, _last_line))
    if kind == "eventsource":
        return Stream(_continuous(call, feed, _event, lambda _: b""), {"Content-Type": "text/event-stream"})
    if kind not in ("normal", "longpoll"):
        raise SyncError(BAD_REQUEST, "Supported `feed` types: normal, continuous, live, longpoll, eventsource")
    found, rows = _look(call, feed)
    if kind == "normal" or rows or feed.wanted.limit == 0:
        return Answer(_body(found, rows))
    return Stream(_longpoll(call, feed, found))


async def _feed(call: Call, access: Access) -> Feed:
    body = await call.object() if call.method == "POST" and await call.body() else {}
    kind = call.query.get("feed", "normal")
    limits = call.house.limits
    since = call.query.get("since") or str(body.get("since") or call.headers.get("last-event-id") or "0")
    heartbeat: float | None = None
    if call.query.get("heartbeat", "false") not in ("false", "true"):
        heartbeat = max(call.number("heartbeat", SECONDS, DAY), _SHORTEST) / 1000
    elif call.flag("heartbeat"):
        heartbeat = SECONDS / 1000
    wanted = Wanted(
        parse(since),
        call.number("limit", limits.page, limits.page),
        call.flag("descending") and kind == "normal",
        call.query.get("style") == "all_docs",
        _only(call, access, body),
        call.query.get("filter") == "_design",
        compiled(body.get("selector")) if _filter(call, body) == "_selector" else None,
    )
    asked = None
    if call.flag("include_docs"):
        asked = Wishes(conflicts=call.flag("conflicts"), attachments=call.flag("attachments"))
    timeout = None if heartbeat else call.number("timeout", SECONDS, DAY) / 1000
    if heartbeat and "timeout" in call.query:
        timeout = call.number("timeout", SECONDS, DAY) / 1000
    return Feed(access, wanted, asked, heartbeat, timeout, max(call.number("seq_interval", 1, DAY), 1))


def _filter(call: Call, body: dict[str, Any]) -> str:
    """The name of the filter; a body with `doc_ids` or `selector`, or a `view`, names one without saying so."""
    implied = "_doc_ids" if "doc_ids" in body else "_selector" if "selector" in body else ""
    return call.query.get("filter", "_view" if "view" in call.query else implied)


def _program(call: Call, access: Access, name: str, kind: str) -> SyncError:
    """Why a filter in a design document is not run: there is none of the name (404), or programs are never run here."""
    design, _, program = name.partition("/")
    with call.house.store.read(call.path[0]) as tx:
        row = Reader(tx, access).row(f"_design/{design}")
        found = tx.winner(row.id) if row else None
    if found is None or found.deleted:
        return SyncError(NOT_FOUND)
    programs = found.content.get(kind)
    if not isinstance(programs, dict):
        return SyncError(NOT_FOUND, f"missing json key: {kind}")
    return SyncError(NO_JAVASCRIPT) if program in programs else SyncError(NOT_FOUND, f"missing json key: {program}")


def _only(call: Call, access: Access, body: dict[str, Any]) -> frozenset[str] | None:
    """The ids a reader restricts itself to; filters that would need a program of the client's are refused."""
    chosen = _filter(call, body)
    if chosen in ("", "_design", "_selector"):
        return None
    if chosen == "_view":
        if "view" not in call.query:
            raise SyncError(BAD_REQUEST, "`view` filter parameter is not provided.")
        raise _program(call, access, call.query["view"], "views")
    if not chosen.startswith("_") and "/" in chosen:
        raise _program(call, access, chosen, "filters")
    if chosen != "_doc_ids":
        raise SyncError(BAD_FILTER, "filter parameter must be of the form `designname/filtername`")
    asked = body.get("doc_ids", call.json("doc_ids"))
    if not isinstance(asked, list) or not all(isinstance(one, str) for one in cast("list[Any]", asked)):
        raise SyncError(BAD_REQUEST, "`doc_ids` filter parameter must be a list of ids.")
    return frozenset(cast("list[str]", asked)[: call.house.limits.rows])


def _look(call: Call, feed: Feed, since: Since | None = None) -> tuple[Page, list[bytes]]:
    """A page of a new snapshot and its rows as JSON."""
    wanted = feed.wanted if since is None else _from(feed.wanted, since)
    with call.house.store.read(call.path[0]) as tx:
        reader = Reader(tx, feed.access)
        found = page(tx, reader.reading, wanted)
        if feed.documents is not None:
            reader.prefetch(found.rows)
        if feed.documents is None and feed.interval == 1:  # as replicators ask
            return found, lines(found, all_leaves=feed.wanted.all_leaves)
        return found, [_line(reader, feed, found, number, row) for number, row in enumerate(found.rows, 1)]


def _from(wanted: Wanted, since: Since) -> Wanted:
    return replace(wanted, since=since)


def _line(reader: Reader, feed: Feed, found: Page, number: int, row: Row) -> bytes:
    seq = found.spell(row.number) if number % feed.interval == 0 or number == len(found.rows) else None
    shown = None if feed.documents is None else reader.winning(row, feed.documents)
    return line(row, seq, all_leaves=feed.wanted.all_leaves, document=shown)


def _body(found: Page, rows: list[bytes]) -> bytes:
    return b'{"results":[\n%b\n],\n"last_seq":"%b","pending":%d}\n' % (
        b",\n".join(rows),
        found.spell(found.last).encode(),
        found.pending,
    )


def _place(found: Page) -> Since:
    return Since(found.last - found.info.base, found.info.epoch, found.reading.gained)


async def _longpoll(call: Call, feed: Feed, found: Page) -> AsyncGenerator[bytes]:
    """Newlines while there is nothing, then one body."""
    since = _place(found) if feed.wanted.since.now else feed.wanted.since
    async with aclosing(_pages(call, feed, found, since)) as pages:
        async for moved in pages:
            if moved is None:
                yield b"\n"
                continue
            found, rows = moved
            yield _body(found, rows)
            return
    yield _body(found, [])


async def _continuous(
    call: Call, feed: Feed, shape: Callable[[bytes, Page, Row], bytes], end: Callable[[Page], bytes]
) -> AsyncGenerator[bytes]:
    """Each change as it comes, until the limit, the time-out or a gained right."""
    found, rows = _look(call, feed)
    left = feed.wanted.limit
    while True:
        for text, row in zip(rows[:left], found.rows, strict=False):
            yield shape(text, found, row)
        left -= len(rows)
        if left <= 0:
            break
        moved = None
        async with aclosing(_pages(call, feed, found, _place(found))) as pages:
            async for moved in pages:
                if moved is not None:
                    break
                yield b"\n" if end is _last_line else b": \n\n"
        if moved is None or not moved[1] or moved[0].reading.gained != found.reading.gained:
            break
        found, rows = moved
    yield end(found)


async def _pages(call: Call, feed: Feed, found: Page, since: Since) -> AsyncGenerator[tuple[Page, list[bytes]] | None]:
    """None at each heartbeat; at last the page that ends the waiting (empty after the time-out)."""
    waiting, name = call.house.store.waiting, call.path[0]
    end = None if feed.timeout is None else asyncio.get_running_loop().time() + feed.timeout
    while not waiting.closed:
        parts = found.reading.partitions
        with waiting.watch({name: parts}) as watcher:
            while True:
                try:
                    feed = replace(feed, access=await call.access())  # rights may have changed meanwhile
                    now, rows = _look(call, feed, since)
                except SyncError:
                    return  # the database or the right to it is gone
                if rows or now.reading.gained != found.reading.gained or waiting.closed:
                    yield now, rows
                    return
                if now.reading.partitions != parts:
                    found = now
                    break
                left = None if end is None else end - asyncio.get_running_loop().time()
                if left is not None and left <= 0:
                    yield now, rows
                    return
                pause = min(one for one in (feed.heartbeat, left, DAY) if one is not None)
                if not await watcher.wait(pause) and feed.heartbeat:
                    yield None
                watcher.rest()


def _row_line(text: bytes, _found: Page, _row: Row) -> bytes:
    return text + b"\n"


def _last_line(found: Page) -> bytes:
    return encode({"last_seq": found.spell(found.last), "pending": 0}) + b"\n"


def _event(text: bytes, found: Page, row: Row) -> bytes:
    return b"data: %b\nid: %b\n\n" % (text, found.spell(row.number).encode())
