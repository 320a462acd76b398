"""Single documents over 32 connections at a time: many people, each with one thing to do."""

import asyncio
from collections.abc import Iterable

import msgspec

from bench.clock import Took, timed
from bench.documents import Place
from bench.measures import SINGLES, address, documents, gets
from bench.peers import Peer
from bench.wire import Wire, request

CONNECTIONS = 32
ROUNDS = 5


def put(peer: Peer, place: Place, count: int) -> Took:
    """Documents written one by one over 32 connections."""
    made = documents(place, SINGLES * ROUNDS, first=2_000_000 + count)
    bare = [(one["_id"], {name: value for name, value in one.items() if name[0] != "_"}) for one in made]
    told = [request(peer, "PUT", address(place, name), msgspec.json.encode(one)) for name, one in bare]
    return asyncio.run(_all(peer, told))


def get(peer: Peer, place: Place, count: int) -> Took:
    """Documents read one by one over 32 connections."""
    return asyncio.run(_all(peer, [request(peer, "GET", path) for path in gets(place, count)] * ROUNDS))


async def _all(peer: Peer, requests: list[bytes]) -> Took:
    wires = [await Wire.to(peer) for _ in range(CONNECTIONS)]
    left = iter(requests)

    async def work(wire: Wire, todo: Iterable[bytes]) -> None:
        for one in todo:
            await wire.send(one)

    with timed(peer, len(requests)) as took:
        await asyncio.gather(*(work(wire, left) for wire in wires))
    for wire in wires:
        wire.close()
    return took
