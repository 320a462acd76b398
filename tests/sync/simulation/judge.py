"""Compares devices and server with the truth: one function for each thing that was promised."""

import base64
import json
from collections.abc import Iterable
from typing import Any

from simulation.device import Device
from simulation.server import EVERYBODY, Server
from simulation.tree import Content, Tree
from simulation.truth import Truth


def holds_what_it_may_see(device: Device, truth: Truth) -> None:
    """Promises 3 and 4: the same records as everybody who may see them, with the same winner, no less and no more.

    Its own work that the server holds back stands aside. A plain client lacks nothing; it cannot know what it lost.
    """
    sees, awaited = truth.sees(device.person), truth.awaited(device.person)
    if device.plain:
        for name, tree in sees.items():
            assert tree.parents.keys() <= device.documents[name].parents.keys(), f"{device.name} lacks some of {name}"
        return
    holds: dict[str, Tree] = {}
    for name, tree in device.documents.items():
        known = sees[name].parents.keys() if name in sees else set[str]()
        rest = tree.without(awaited.get(name, set()) - known)
        if rest.parents:
            holds[name] = rest
    assert holds.keys() == sees.keys(), (
        f"{device.name} lacks {sorted(sees.keys() - holds.keys())}, has too much {sorted(holds.keys() - sees.keys())}"
    )
    for name, tree in sees.items():
        if name in awaited:
            assert holds[name].leaves() == tree.leaves(), f"{device.name}: {name} differs"
        else:
            assert holds[name].shown() == tree.shown(), (
                f"{device.name}: {name} is {holds[name].shown()}, should be {tree.shown()}"
            )


async def server_is_true(server: Server, truth: Truth) -> None:
    """Promises 1 and 2: all that was acknowledged is there, once, and nothing else."""
    feed = await _ask(server, "GET", "home/_changes?style=all_docs")
    leaves = {row["id"]: [change["rev"] for change in row["changes"]] for row in feed["results"]}
    assert len(leaves) == len(feed["results"]), "the feed names a document twice"
    assert leaves == {name: tree.leaves() for name, tree in truth.documents.items()}
    asked = {"docs": [{"id": name, "rev": rev} for name, revs in leaves.items() for rev in revs]}
    got = await _ask(server, "POST", "home/_bulk_get?revs=true&attachments=true", asked)
    for result in got["results"]:
        told = result["docs"][0].get("ok")
        assert told, f"{result} cannot be read"
        tree = truth.documents[told["_id"]]
        assert _content(told) == tree.contents[told["_rev"]], f"{told} was {tree.contents[told['_rev']]}"
        start, ids = told["_revisions"]["start"], told["_revisions"]["ids"]
        assert [f"{start - n}-{one}" for n, one in enumerate(ids)] == tree.path(told["_rev"])


def everything_saved_is_somewhere(devices: Iterable[Device], truth: Truth, gone: set[tuple[str, str]]) -> None:
    """Promise 1: what a person saved is on the server, held there, or kept for its author with the refusal.

    `gone` is what no device had any more when the server went back to a backup that lacks it.
    """
    rescued = {(name, rev) for _, name, rev in truth.rescued | truth.held.keys()}
    for device in devices:
        kept = {
            (name, rev)
            for (name, newest), path in device.made.items()
            if (name, newest) in device.refused | rescued
            for rev in path
        }
        for name, rev in device.made.keys() - kept - gone:
            assert name in truth.documents, f"{name} of {device.name} is lost"
            assert rev in truth.documents[name].parents, f"{name} {rev} of {device.name} is lost"


def _content(told: dict[str, Any]) -> Content:
    photos = {name: base64.b64decode(one["data"]) for name, one in told.get("_attachments", {}).items()}
    body = {member: value for member, value in told.items() if not member.startswith("_")}
    return Content(told.get("_deleted", False), body, photos)


async def _ask(server: Server, method: str, path: str, body: Any = None) -> Any:
    status, answer = await server.answers(EVERYBODY, method, path, json.dumps(body).encode() if body else b"")
    assert status == 200, f"{path}: {status} {answer}"
    return json.loads(answer)
