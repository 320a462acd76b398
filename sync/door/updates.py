"""`_db_updates`: the wake-up of a device, one connection for all its databases.

CouchDB's tells administrators of events; ours tells a person the *state* of the databases that person may read (newest
readable number, `gained`, `lost`), so nothing is missed while nobody listened. `last_seq` names a whole state; who
comes with the newest one is told nothing, in less than a hundred bytes, or waits.

Ten thousand devices may wait for one change. So who is woken looks again only at the databases that moved, numbers come
from memory (`sync/recent.py`), what may be read is worked out anew only when the person's access or the index area has
become another, and a row is written once for all to whom it says the same.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from hashlib import md5

from msgspec import Struct
from msgspec.json import encode

from sync import changes
from sync.door.call import Answer, Call, Stream
from sync.errors import BAD_REQUEST, NO_DATABASE, SyncError
from sync.hooks import Access, Reading
from sync.rows import Info

COMMENT = 20.0
"""Seconds after which an idle stream says something, or proxies would close it."""
COALESCE = 0.05
"""Seconds to wait for neighbours of a change before telling of it."""
JITTER = 0.05
"""Seconds over which the devices that a change wakes are spread at most: each of them will come and ask."""
WRITTEN = 1000
"""Rows kept for those who are told the same."""


class Seen(Struct):
    """One database as one person sees it: the row that tells of it, and what that was made of."""

    row: bytes
    number: int
    access: Access
    indexed: int
    reading: Reading


class State(Struct):
    """What one person's databases look like now, by name, and which partitions to watch for the next change."""

    seen: dict[str, Seen]
    watched: dict[str, frozenset[str] | None]
    seq: str


async def updates(call: Call) -> Answer | Stream:
    """`GET /_db_updates?feed=normal|longpoll|eventsource&since=…`."""
    kind = call.query.get("feed", "normal")
    since = call.query.get("since", call.headers.get("last-event-id", ""))
    if kind == "eventsource":
        return Stream(_events(call, since), {"Content-Type": "text/event-stream"})
    if kind not in ("normal", "longpoll"):
        raise SyncError(BAD_REQUEST, "Supported `feed` types: normal, longpoll, eventsource")
    state = await _state(call)
    if kind == "normal" or state.seq != since:
        return Answer(_body(state, since))
    pause = call.number("heartbeat", int(COMMENT * 1000), 60_000) / 1000
    return Stream(_longpoll(call, state, max(pause, 1.0), call.number("timeout", 60_000, 86_400_000) / 1000))


async def _state(call: Call, before: State | None = None, moved: Collection[str] | None = None) -> State:
    """The state of the databases of the person who asks.

    Of `before` stays what is not among `moved` (None: look at all) and whose rights are the same.
    """
    seen: dict[str, Seen] = {}
    watched: dict[str, frozenset[str] | None] = {}
    newest = 0
    for name, access in await call.house.hooks.databases(call.request):
        watched.setdefault("", frozenset({access.principal}))
        known = before.seen.get(name) if before else None
        try:
            one = _look(call, name, access, known, moved=moved is None or name in moved)
        except SyncError as error:
            if error.word == NO_DATABASE.word:  # it vanished meanwhile
                continue
            raise
        seen[name] = one
        watched[name] = one.reading.partitions
        newest = max(newest, one.number)
    digest = md5(b"".join([one.row for one in seen.values()]), usedforsecurity=False).hexdigest()[:16]
    return State(seen, watched, f"{newest}-{digest}")


def _look(call: Call, name: str, access: Access, before: Seen | None, *, moved: bool) -> Seen:
    """One database now."""
    store = call.house.store
    indexed = store.recent.indexed(name)
    if before is not None and before.access is access and before.indexed == indexed:
        if not moved:
            return before
        reading = before.reading
    else:
        with store.read(name) as tx:
            reading = access.reading(tx)
    info = store.recent.info(name, reading.partitions)
    return Seen(_row(call, info, reading), info.number, access, indexed, reading)


def _row(call: Call, info: Info, reading: Reading) -> bytes:
    """The row that tells of this state; written once for all who are told the same."""
    written = call.house.written
    seq = changes.spell(info.number, info, reading)
    key = (info.name, seq, reading.lost)
    row = written.get(key)
    if row is None:
        if len(written) >= WRITTEN:
            written.clear()
        told = {"db_name": info.name, "type": "updated", "seq": seq, "gained": reading.gained, "lost": reading.lost}
        row = written[key] = encode(told)
    return row


def _body(state: State, since: str) -> bytes:
    rows = b"" if state.seq == since else b",".join([one.row for one in state.seen.values()])
    return b'{"results":[%b],"last_seq":"%b"}\n' % (rows, state.seq.encode())


async def _longpoll(call: Call, state: State, pause: float, timeout: float) -> AsyncGenerator[bytes]:  # noqa: ASYNC109
    end = asyncio.get_running_loop().time() + timeout
    async with aclosing(_moved(call, state, min(pause, timeout))) as moves:
        async for moved in moves:
            if moved is not None:
                yield _body(moved, state.seq)
                return
            if asyncio.get_running_loop().time() >= end:
                break
            yield b"\n"
    yield _body(state, state.seq)


async def _events(call: Call, since: str) -> AsyncGenerator[bytes]:
    state, told = await _state(call), dict[str, Seen]()
    if state.seq == since:
        told = state.seen
    while True:
        for event in _news(state, told):
            yield event
        told = state.seen
        async with aclosing(_moved(call, state, COMMENT)) as moves:
            moved = None
            async for moved in moves:
                if moved is not None:
                    break
                yield b": \n\n"
        if moved is None:
            return
        state = moved


def _news(state: State, told: dict[str, Seen]) -> list[bytes]:
    """Events for databases that differ from what was told, and for those that are gone."""
    rows = [one.row for name, one in state.seen.items() if name not in told or told[name].row != one.row]
    rows += [encode({"db_name": name, "type": "deleted"}) for name in sorted(told.keys() - state.seen.keys())]
    return [b"data: %b\nid: %b\n\n" % (row, state.seq.encode()) for row in rows]


async def _moved(call: Call, state: State, pause: float) -> AsyncGenerator[State | None]:
    """None after each pause; at last the next state that differs."""
    waiting = call.house.store.waiting
    while not waiting.closed:
        with waiting.watch(state.watched) as watcher:
            now = await _state(call, state)
            while now.seq == state.seq and now.watched == state.watched and not waiting.closed:
                if await watcher.wait(pause):
                    await asyncio.sleep(COALESCE + random.random() * JITTER)  # noqa: S311 — spreads, hides nothing
                    known = None if watcher.rights else now
                    now = await _state(call, known, watcher.rest())
                else:
                    yield None
        if now.seq != state.seq:
            yield now
            return
        state = now
