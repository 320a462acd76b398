"""`_db_updates`: the wake-up of a device, one connection for all its databases.

CouchDB's tells administrators of events; ours tells a person the *state* of the databases that person may read (newest
readable number, `gained`, `lost`), so nothing is missed while nobody listened. `last_seq` names a whole state; who
comes with the newest one is told nothing, in less than a hundred bytes, or waits.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from hashlib import md5
from typing import Any

from msgspec import Struct
from msgspec.json import encode

from sync import changes
from sync.door.call import Answer, Call, Stream
from sync.errors import BAD_REQUEST, NO_DATABASE, SyncError

COMMENT = 20.0
"""Seconds after which an idle stream says something, or proxies would close it."""
COALESCE = 0.05
"""Seconds to wait for neighbours of a change before telling of it."""


class State(Struct):
    """What one person's databases look like now, and which partitions to watch for the next change."""

    rows: list[dict[str, Any]]
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


async def _state(call: Call) -> State:
    """The state of the databases of the person who asks. One that vanished meanwhile is left out."""
    rows: list[dict[str, Any]] = []
    watched: dict[str, frozenset[str] | None] = {}
    newest = 0
    for name, access in await call.house.hooks.databases(call.request):
        watched.setdefault("", frozenset({access.principal}))
        try:
            with call.house.store.read(name) as tx:
                reading = access.reading(tx)
                info = tx.info(reading.partitions)
        except SyncError as error:
            if error.word == NO_DATABASE.word:
                continue
            raise
        newest = max(newest, info.number)
        watched[name] = reading.partitions
        seq = changes.spell(info.number, info, reading)
        told = {"db_name": name, "type": "updated", "seq": seq, "gained": reading.gained, "lost": reading.lost}
        rows.append(told)
    digest = md5(encode(rows), usedforsecurity=False).hexdigest()[:16]
    return State(rows, watched, f"{newest}-{digest}")


def _body(state: State, since: str) -> bytes:
    return encode({"results": [] if state.seq == since else state.rows, "last_seq": state.seq}) + b"\n"


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
    state, told = await _state(call), dict[str, Any]()
    if state.seq == since:
        told = {row["db_name"]: row for row in state.rows}
    while True:
        for event in _news(state, told):
            yield event
        told = {row["db_name"]: row for row in state.rows}
        async with aclosing(_moved(call, state, COMMENT)) as moves:
            moved = None
            async for moved in moves:
                if moved is not None:
                    break
                yield b": \n\n"
        if moved is None:
            return
        state = moved


def _news(state: State, told: dict[str, Any]) -> list[bytes]:
    """Events for databases that differ from what was told, and for those that are gone."""
    rows = [row for row in state.rows if told.get(row["db_name"]) != row]
    gone = told.keys() - {row["db_name"] for row in state.rows}
    rows += [{"db_name": name, "type": "deleted"} for name in sorted(gone)]
    return [b"data: %b\nid: %b\n\n" % (encode(row), state.seq.encode()) for row in rows]


async def _moved(call: Call, state: State, pause: float) -> AsyncGenerator[State | None]:
    """None after each pause; at last the next state that differs."""
    waiting = call.house.store.waiting
    while not waiting.closed:
        with waiting.watch(state.watched) as watcher:
            now = await _state(call)
            if now.seq != state.seq:
                yield now
                return
            if await watcher.wait(pause):
                await asyncio.sleep(COALESCE)
                continue
        yield None
