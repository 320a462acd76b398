"""What everybody is measured at. Bodies are made before the clock runs; answers are read whole."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import msgspec
import uvloop
from msgspec import Struct

from bench.clock import Took, timed
from bench.documents import Place, documents
from bench.peers import Peer
from bench.wire import Wire, exchanged, request

PAGE = 500  # rows of one pull: what our devices ask for is more, what PouchDB asks for by itself is less
SINGLES = 300  # documents that are written and read one by one

Measure = Callable[[Peer, Place, int], Took]


def push(batch: int, connections: int = 1) -> Measure:
    """Batches of documents that come with their revisions: the sending half of a sync, of one device or several."""

    def measure(peer: Peer, place: Place, count: int) -> Took:
        made = list(documents(place, count))
        bodies = [
            msgspec.json.encode({"docs": made[first : first + batch], "new_edits": False})
            for first in range(0, count, batch)
        ]
        requests = [request(peer, "POST", f"{place.path}/_bulk_docs", body) for body in bodies]
        took = exchanged(peer, requests, connections, count)
        client = peer.client()
        refused = client.ask("POST", f"{place.path}/_revs_diff", {one["_id"]: [one["_rev"]] for one in made[:PAGE]})
        client.close()
        if refused:
            message = f"{peer.name} did not take {len(refused)} documents"
            raise RuntimeError(message)
        return took

    return measure


def pull(devices: int = 1) -> Measure:
    """Pages of changes, and their documents: the receiving half of a sync. Each device pulls everything."""

    def measure(peer: Peer, place: Place, count: int) -> Took:
        return uvloop.run(_pulled(peer, place, count, devices))

    return measure


async def _pulled(peer: Peer, place: Place, count: int, devices: int) -> Took:
    wires = [await Wire.to(peer) for _ in range(devices)]
    with timed(peer, count * devices) as took:
        await asyncio.gather(*(_pull(peer, wire, place, count) for wire in wires))
    for wire in wires:
        wire.close()
    return took


class Change(Struct):
    rev: str


class Row(Struct):
    id: str
    changes: list[Change]


class Changes(Struct):
    """What a replicator reads of a page."""

    results: list[Row]
    last_seq: Any


_changes = msgspec.json.Decoder(Changes).decode


async def _pull(peer: Peer, wire: Wire, place: Place, count: int) -> None:
    since, received = "0", 0
    while received < count:
        path = f"{place.path}/_changes?style=all_docs&since={quote(str(since))}&limit={PAGE}"
        page = _changes(await wire.send(request(peer, "GET", path)))
        wanted = [{"id": row.id, "rev": change.rev} for row in page.results for change in row.changes]
        if not wanted:
            message = f"only {received} of {count} documents came"
            raise RuntimeError(message)
        body = msgspec.json.encode({"docs": wanted})
        await wire.send(request(peer, "POST", f"{place.path}/_bulk_get?revs=true&latest=true", body))
        since, received = page.last_seq, received + len(wanted)


def revs_diff(peer: Peer, place: Place, count: int) -> Took:
    """Revisions the peer has already: what most of a sync asks."""
    made = list(documents(place, count))
    bodies = [
        msgspec.json.encode({doc["_id"]: [doc["_rev"]] for doc in made[first : first + PAGE]})
        for first in range(0, count, PAGE)
    ]
    client = peer.client()
    with timed(peer, count) as took:
        for body in bodies:
            client.send("POST", f"{place.path}/_revs_diff", body)
    client.close()
    return took


def all_docs(peer: Peer, place: Place, count: int) -> Took:
    """Every document with its content, page by page."""
    client = peer.client()
    start, received = "", 0
    with timed(peer, count) as took:
        while received < count:
            path = f"{place.path}/_all_docs?include_docs=true&limit={PAGE}&startkey=%22{start}%22"
            rows = client.ask("GET", path)["rows"]
            received += len(rows)
            start = quote(rows[-1]["id"]) + "0"
    client.close()
    return took


def puts(place: Place, count: int) -> list[tuple[str, bytes]]:
    """Address and body of documents to be written one by one; their author is told of the form by no `_rev`."""
    made = documents(place, min(count, SINGLES), first=1_000_000 + count)
    bare = [(one["_id"], {name: value for name, value in one.items() if name[0] != "_"}) for one in made]
    return [(address(place, name), msgspec.json.encode(one)) for name, one in bare]


def gets(place: Place, count: int) -> list[str]:
    """Addresses of documents that were pushed before."""
    return [address(place, one["_id"]) for one in documents(place, min(count, SINGLES))]


def address(place: Place, identifier: str) -> str:
    return f"{place.path}/{quote(identifier, safe='')}"


def put(peer: Peer, place: Place, count: int) -> Took:
    """Documents written one by one, each answered before the next is sent."""
    told = puts(place, count)
    client = peer.client()
    with timed(peer, len(told)) as took:
        for path, body in told:
            client.send("PUT", path, body)
    client.close()
    return took


def get(peer: Peer, place: Place, count: int) -> Took:
    """Documents read one by one."""
    paths = gets(place, count)
    client = peer.client()
    with timed(peer, len(paths)) as took:
        for path in paths:
            client.send("GET", path)
    client.close()
    return took
