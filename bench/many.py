"""Single documents over 32 connections at a time: many people, each with one thing to do."""

import msgspec

from bench.clock import Took
from bench.documents import Place
from bench.measures import SINGLES, address, documents, gets
from bench.peers import Peer
from bench.wire import exchanged, request

CONNECTIONS = 32
ROUNDS = 5


def put(peer: Peer, place: Place, count: int) -> Took:
    """Documents written one by one over 32 connections."""
    made = documents(place, SINGLES * ROUNDS, first=2_000_000 + count)
    bare = [(one["_id"], {name: value for name, value in one.items() if name[0] != "_"}) for one in made]
    told = [request(peer, "PUT", address(place, name), msgspec.json.encode(one)) for name, one in bare]
    return exchanged(peer, told, CONNECTIONS, len(told))


def get(peer: Peer, place: Place, count: int) -> Took:
    """Documents read one by one over 32 connections."""
    asked = [request(peer, "GET", path) for path in gets(place, count)] * ROUNDS
    return exchanged(peer, asked, CONNECTIONS, len(asked))
