"""What is measured. Each gets a client and the number of documents, and tells how many were done in how many seconds.

All is new documents of about 480 bytes with one revision, one connection, answers read to the end.
"""

import hashlib
import random
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import NamedTuple

import msgspec

from bench.client import Client

PAGE = 500  # rows of one pull; what a device asks for
SINGLES = 300  # documents that are written and read one by one


class Took(NamedTuple):
    """How many documents, and in how many seconds."""

    documents: int
    seconds: float


Measure = Callable[[Client, str, int], Took]


def documents(count: int) -> Iterator[dict[str, object]]:
    """Yield the documents of a run; the same ones each time."""
    chance = random.Random(7)
    for number in range(count):
        text = "".join(chance.choices("abcdefghij klmnop", k=300))
        digest = hashlib.md5(f"{number}{text}".encode(), usedforsecurity=False).hexdigest()
        yield {
            "_id": f"task{number % 20}:contribution:{number:026d}",
            "_rev": f"1-{digest}",
            "_revisions": {"start": 1, "ids": [digest]},
            "type": "contribution",
            "v": 1,
            "lang": "en",
            "at": "2026-11-21T10:00:00Z",
            "text": text,
        }


def push(batch: int) -> Measure:
    """Batches of documents that come with their revisions: the sending half of a sync."""

    def measure(client: Client, database: str, count: int) -> Took:
        made = list(documents(count))
        bodies = [
            msgspec.json.encode({"docs": made[first : first + batch], "new_edits": False})
            for first in range(0, count, batch)
        ]
        began = perf_counter()
        for body in bodies:
            client.send("POST", f"/{database}/_bulk_docs", body)
        return Took(count, perf_counter() - began)

    return measure


def pull(client: Client, database: str, count: int) -> Took:
    """Pages of changes, and their documents: the receiving half of a sync."""
    since: object = 0
    received = 0
    began = perf_counter()
    while received < count:
        page = client.ask("GET", f"/{database}/_changes?style=all_docs&since={since}&limit={PAGE}")
        wanted = [{"id": row["id"], "rev": change["rev"]} for row in page["results"] for change in row["changes"]]
        if not wanted:
            message = f"only {received} of {count} documents came"
            raise RuntimeError(message)
        client.send("POST", f"/{database}/_bulk_get?revs=true&latest=true", msgspec.json.encode({"docs": wanted}))
        since, received = page["last_seq"], received + len(wanted)
    return Took(count, perf_counter() - began)


def revs_diff(client: Client, database: str, count: int) -> Took:
    """Revisions the peer has already: what most of a sync asks."""
    made = list(documents(count))
    bodies = [
        msgspec.json.encode({doc["_id"]: [doc["_rev"]] for doc in made[first : first + PAGE]})
        for first in range(0, count, PAGE)
    ]
    began = perf_counter()
    for body in bodies:
        client.send("POST", f"/{database}/_revs_diff", body)
    return Took(count, perf_counter() - began)


def all_docs(client: Client, database: str, count: int) -> Took:
    """Every document with its content, page by page."""
    start, received = "", 0
    began = perf_counter()
    while received < count:
        path = f"/{database}/_all_docs?include_docs=true&limit={PAGE}&startkey=%22{start}%22"
        rows = client.ask("GET", path)["rows"]
        received += len(rows)
        start = rows[-1]["id"] + "0"
    return Took(count, perf_counter() - began)


def put(client: Client, database: str, count: int) -> Took:
    """Documents written one by one, each answered before the next is sent."""
    count = min(count, SINGLES)
    bodies = [msgspec.json.encode({"text": doc["text"]}) for doc in documents(count)]
    began = perf_counter()
    for number, body in enumerate(bodies):
        client.send("PUT", f"/{database}/single%3Anote%3A{number}", body)
    return Took(count, perf_counter() - began)


def get(client: Client, database: str, count: int) -> Took:
    """Documents read one by one."""
    ids = [str(doc["_id"]).replace(":", "%3A") for doc in documents(min(count, SINGLES))]
    began = perf_counter()
    for identifier in ids:
        client.send("GET", f"/{database}/{identifier}")
    return Took(len(ids), perf_counter() - began)


EMPTY: dict[str, Measure] = {"push, 100 a batch": push(100), "push, 500 a batch": push(500)}
"""Each of these begins with an empty database; the last one leaves the documents that the others read."""

FILLED: dict[str, Measure] = {
    "pull": pull,
    "revisions asked": revs_diff,
    "all documents": all_docs,
    "one read": get,
    "one write": put,
}
