"""What only we have or promise: one reader's feed in a growing space, a sync with nothing new, memory at rest."""

from statistics import median
from time import perf_counter

from bench.clock import timed
from bench.documents import Place
from bench.house import OWN_CHANGES
from bench.peers import Peer

FEEDS = 40  # times that the feed is read
SYNCS = 200


def own_feed(peer: Peer, place: Place) -> dict[str, float]:
    """The member's first feed of a space where they may read 300 changes, and how long the median of many took."""
    client = peer.client()
    took: list[float] = []
    path = f"{place.path}/_changes?style=all_docs&limit=1000"
    rows = client.ask("GET", path)["results"]
    own = [row for row in rows if ":contribution:" in row["id"]]
    if len(own) != OWN_CHANGES:
        message = f"{len(own)} contributions instead of {OWN_CHANGES}"
        raise RuntimeError(message)
    with timed(peer, FEEDS) as all_of_them:
        for _ in range(FEEDS):
            began = perf_counter()
            client.send("GET", path)
            took.append(perf_counter() - began)
    client.close()
    return {"ms": median(took) * 1000, "cpu_ms": (all_of_them.cpu or 0.0) / FEEDS * 1000}


def nothing_new(peer: Peer) -> dict[str, float]:
    """A device that is up to date asks whether any of its spaces moved: requests, bytes and processor of that."""
    client = peer.client()
    seq = client.ask("GET", "/_db_updates")["last_seq"]
    path = f"/_db_updates?since={seq}"
    size = client.sized("GET", path)
    with timed(peer, SYNCS) as took:
        for _ in range(SYNCS):
            client.send("GET", path)
    client.close()
    return {"requests": 1, "bytes": size, "cpu_ms": (took.cpu or 0.0) / SYNCS * 1000}
