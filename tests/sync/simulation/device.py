"""A device: a small PouchDB in memory. It sends the requests that PouchDB 9 sends, in its order.

    push   _local? · _revs_diff · _bulk_docs (new_edits=false, photos inline) · _local …
    pull   _changes (style=all_docs) · _bulk_get (revs, latest) · photos one by one · … until nothing comes

It names its checkpoint after the server's uuid and trusts its own only if the server has the one of the same session.
Around PouchDB stands what design §7 asks of a device: a refused edit, a moved `lost` counter or another uuid (the
server was restored, its counters mean nothing any more) lets it begin its database anew, after a push.
"""

import base64
from collections import defaultdict
from hashlib import md5
from json import dumps
from random import Random
from typing import Any

from simulation.tree import Content, Tree
from simulation.truth import Work
from simulation.wire import Wire


class Device:
    """One device of one person. Everything in it survives being switched off.

    A `plain` one is any CouchDB client: it knows nothing of lost rights and never begins anew.
    """

    def __init__(self, name: str, person: str, wire: Wire, random: Random, *, plain: bool) -> None:
        self.name = name
        self.person = person
        self.plain = plain
        self.fetched = 0
        self.anew = False
        self.lost = 0
        self.life = ""
        self.made: dict[tuple[str, str], list[str]] = {}
        self.refused: set[tuple[str, str]] = set()
        self._wire = wire
        self._random = random
        self._session, self._pushed = "", 0
        self._empty()

    def _empty(self) -> None:
        self.documents: defaultdict[str, Tree] = defaultdict(Tree)
        self._since = "0"
        self._changed: dict[str, int] = {}
        self._number = 0
        self._session = ""

    def write(self, name: str, body: dict[str, Any], photos: dict[str, bytes], *, deleted: bool, after: int = 0) -> str:
        """Save on this device: a new revision after one of the leaves (the first is the winner)."""
        tree = self.documents[name]
        leaves = tree.leaves()
        path = tree.path(leaves[after]) if leaves else []
        content = Content(deleted, body, photos)
        number = int(path[0].partition("-")[0]) + 1 if path else 1
        said = dumps([path[:1], deleted, body, sorted(photos), [md5(one).hexdigest() for one in photos.values()]])
        rev = f"{number}-{md5(said.encode()).hexdigest()[:6]}"
        self._keep(name, [rev, *path], content)
        self.made[name, rev] = [rev, *path]
        return rev

    async def sync(self) -> None:
        """Push and pull; after it the device holds what its person may see."""
        life = (await self._ask("GET", ""))["uuid"]
        await self._push(f"home/_local/{self.name}-{life}")
        lost = (await self._ask("GET", "home"))["lost"]
        if (self.anew or lost != self.lost or life != (self.life or life)) and not self.plain:
            self._empty()
            self.anew, self.lost = False, lost
        self.life = life
        await self._pull()

    def keeps(self, name: str, rev: str) -> bool:
        """Whether it would send this again: it is in the history of something that was written here."""
        if name not in self.documents:
            return False
        tree = self.documents[name]
        return any(rev in tree.path(leaf) and (name, leaf) in self.made for leaf in tree.leaves())

    async def _push(self, checkpoint: str) -> None:
        stood = await self._ask("GET", checkpoint)
        since = self._pushed if stood and stood["session"] == self._session else 0
        session = f"{self._random.getrandbits(32):x}"
        limit = self._random.choice((2, 5, 100))
        while batch := sorted((place, name) for name, place in self._changed.items() if place > since)[:limit]:
            asked = {name: self.documents[name].leaves() for _, name in batch}
            missing = await self._ask("POST", "home/_revs_diff", asked)
            works = [self._work(name, rev) for name, one in missing.items() for rev in one["missing"]]
            if works:
                await self._send(works)
            since = batch[-1][0]
            await self._ask("PUT", checkpoint, {"session": session, "last_seq": since})
            self._session, self._pushed = session, since

    async def _send(self, works: list[Work]) -> None:
        body = {"new_edits": False, "docs": [_portable(work) for work in works]}
        for row in await self._wire.ask(self.person, "POST", "home/_bulk_docs", body, works):
            self.anew = True
            if (row["id"], row["rev"]) in self.made:
                self.refused.add((row["id"], row["rev"]))

    async def _pull(self) -> None:
        limit = self._random.choice((1, 3, 1000))
        while True:
            page = await self._ask("GET", f"home/_changes?style=all_docs&since={self._since}&limit={limit}")
            wanted = [
                {"id": row["id"], "rev": change["rev"]}
                for row in page["results"]
                for change in row["changes"]
                if row["id"] not in self.documents or change["rev"] not in self.documents[row["id"]].parents
            ]
            if wanted:
                await self._fetch(wanted)
            self._since = page["last_seq"]
            if len(page["results"]) < limit:
                return

    async def _fetch(self, wanted: list[dict[str, str]]) -> None:
        """As in PouchDB, one document that cannot be had ends the pull; what came before it stays."""
        got = await self._ask("POST", "home/_bulk_get?revs=true&latest=true", {"docs": wanted})
        missing = False
        for result in got["results"]:
            for one in result["docs"]:
                if "ok" in one:
                    await self._take(one["ok"])
                else:
                    missing = True
        if missing:
            raise UnreadableError

    async def _take(self, told: dict[str, Any]) -> None:
        name, rev = told["_id"], told["_rev"]
        photos = {
            photo: await self._wire.raw(self.person, f"home/{name}/{photo}?rev={rev}")
            for photo in told.get("_attachments", {})
        }
        body = {member: value for member, value in told.items() if not member.startswith("_")}
        start, ids = told["_revisions"]["start"], told["_revisions"]["ids"]
        path = [f"{start - n}-{digest}" for n, digest in enumerate(ids)]
        self._keep(name, path, Content(told.get("_deleted", False), body, photos))
        self.fetched += 1

    def _keep(self, name: str, path: list[str], content: Content) -> None:
        self.documents[name].add(path, content)
        self._number += 1
        self._changed[name] = self._number

    def _work(self, name: str, rev: str) -> Work:
        tree = self.documents[name]
        return Work(name, tuple(tree.path(rev)), tree.contents[rev])

    async def _ask(self, method: str, path: str, body: Any = None) -> Any:
        return await self._wire.ask(self.person, method, path, body)


class UnreadableError(Exception):
    """A document in the feed could not be fetched: a right was lost in between. The next sync knows better."""


def _portable(work: Work) -> dict[str, Any]:
    """The revision with its history and its photos, as `_bulk_docs` takes it."""
    ids = [rev.partition("-")[2] for rev in work.path]
    told: dict[str, Any] = {"_id": work.id, "_rev": work.rev, "_revisions": {"start": len(ids), "ids": ids}}
    if work.content.deleted:
        told["_deleted"] = True
    if work.content.photos:
        told["_attachments"] = {
            name: {"content_type": "image/jpeg", "data": base64.b64encode(data).decode()}
            for name, data in work.content.photos.items()
        }
    return told | work.content.body
