"""Whatever people do with words and photos, in whatever order: no file is lost that something names or may name again,
and none is left in the end.

The model knows when each file was last sent or named by a living version, and nothing of rows. A failure names its
seed and tells the story; `INTERLINK_SOAK=1` runs many more.
"""

import hashlib
import os
import random
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from backend.files.domain import KEPT, Address
from backend.files.removal import Removal
from backend.files.tables import FileReference, StoredFile
from backend.projections import everything
from backend.projections.files import NamedFiles
from backend.projections.follower import followed
from backend.replication.registry import TYPES
from tests.backend.world import World, a_process, a_world, contribution, deleted, revised

STEPS = 60
PHOTOS = {hashlib.sha256(one).hexdigest(): one for one in (b"well", b"fence", b"gate")}
Json = dict[str, Any]


class History:
    """One person in two tasks. `documents` holds the living and the deleted ends of each document."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.random = random.Random(seed)
        self.told: list[str] = []
        self.follower = everything.follower(world.store, world.spaces, world.clock, TYPES)
        known = partial(followed, world.store, NamedFiles.name)
        self.removal = Removal(world.shelf, known, world.clock)
        self.items = [world.items["walk"], world.items["paint"]]
        self.documents: dict[str, list[Json]] = {}
        self.drafts: dict[str, Json] = {}
        self.needed: dict[Address, Any] = {}
        """When a file that is here was last sent or named."""

    async def begin(self) -> None:
        self.person = await self.world.person("Ilze")
        self.me = await self.world.joins(self.person)
        self.own = f"person-{self.person.id}"
        await self.world.spaces.create(self.own)
        await self.follower.catch_up()

    async def run(self) -> None:
        steps = (self.says, self.edits, self.edits_twice, self.deletes, self.undoes, self.drafts_or_discards)
        more = (self.sends_a_photo, self.sends_a_photo, self.days_pass, self.days_pass, self.everything_again)
        for _ in range(STEPS):
            step = self.random.choice((*steps, *more))
            self.told.append(step.__name__)
            await step()
            await self.follower.catch_up()
            self.name_what_lives()

    async def end(self) -> None:
        """Everything is deleted, and the time passes."""
        for ends in self.documents.values():
            await self.write(*(deleted(one) for one in ends if "_deleted" not in one))
        gone = [{"_id": one, "_deleted": True} for one in self.drafts]
        await self.world.spaces.write(self.own, gone)
        await self.follower.catch_up()
        for _ in range(2):
            self.world.clock.pass_days(KEPT.days + 1)
            await self.removal.once()

    def some(self) -> list[Json]:
        digests = self.random.sample(sorted(PHOTOS), self.random.randrange(3))
        return [{"sha256": one, "type": "image/jpeg", "size": 4, "name": "a.jpg"} for one in digests]

    async def write(self, *documents: Json) -> None:
        assert not await self.world.sends(self.person, *documents)

    async def says(self) -> None:
        one = contribution(self.me, self.random.choice(self.items), files=self.some())
        self.documents[one["_id"]] = [one]
        await self.write(one)

    async def edits(self, often: int = 1) -> None:
        if not (living := self.living()):
            return
        before = self.random.choice(living)
        made = {one["_rev"]: one for one in (revised(before, files=self.some()) for _ in range(often))}
        ends = self.documents[before["_id"]]
        ends.remove(before)
        ends.extend(made.values())
        await self.write(*made.values())

    async def edits_twice(self) -> None:
        await self.edits(2)

    async def deletes(self) -> None:
        if living := self.living():
            await self.follows(before := self.random.choice(living), deleted(before))

    async def undoes(self) -> None:
        gone = [one for ends in self.documents.values() for one in ends if "_deleted" in one]
        if gone:
            before = self.random.choice(gone)
            item = before["_id"].split(":")[0]
            again = contribution(self.me, item, files=self.some()) | {
                name: before[name] for name in ("_id", "_rev", "_revisions")
            }
            await self.follows(before, revised(again))

    async def follows(self, before: Json, after: Json) -> None:
        self.documents[before["_id"]].remove(before)
        self.documents[before["_id"]].append(after)
        await self.write(after)

    async def drafts_or_discards(self) -> None:
        name = f"all:draft:{self.world.space}~{self.random.choice(self.items)}"
        if self.drafts.pop(name, None):
            await self.world.spaces.write(self.own, [{"_id": name, "_deleted": True}])
        else:
            self.drafts[name] = {"_id": name, "files": self.some()}
            await self.world.spaces.write(self.own, [self.drafts[name]])

    async def sends_a_photo(self) -> None:
        digest = self.random.choice(sorted(PHOTOS))
        address = Address(self.world.space, self.random.choice(self.items), digest)
        await self.world.shelf.put(address, PHOTOS[digest], "image/jpeg", self.person.id)
        self.needed[address] = self.world.clock()

    async def days_pass(self) -> None:
        self.world.clock.pass_days(days := self.random.choice((1, 10, 45, 89, 91)))
        self.told[-1] += f" ({days})"
        self.name_what_lives()
        await self.removal.once()
        now = self.world.clock()
        for address, last in list(self.needed.items()):
            if await self.world.shelf.whole(address) is None:
                assert now - last >= KEPT, f"{address} was lost"
                del self.needed[address]

    async def everything_again(self) -> None:
        await self.follower.rebuild()

    def living(self) -> list[Json]:
        return [one for ends in self.documents.values() for one in ends if "_deleted" not in one]

    def name_what_lives(self) -> None:
        for one in (*self.living(), *self.drafts.values()):
            item = one["_id"].split("~")[-1].split(":")[0]
            for file in one["files"]:
                address = Address(self.world.space, item, file["sha256"])
                if address in self.needed:
                    self.needed[address] = self.world.clock()


@pytest.mark.parametrize("seed", range(300 if os.environ.get("INTERLINK_SOAK") else 8))
async def test_no_file_that_is_needed_is_lost_and_none_is_left(seed: int, tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await a_process(world, await world.person("Jānis"))
        history = History(world, seed)
        await history.begin()
        try:
            await history.run()
            await history.end()
            assert not await StoredFile.exists()
            assert not await FileReference.exists()
            assert not [one for one in (tmp_path / "files").rglob("*") if one.is_file()]
        except Exception as error:
            story = "\n".join(history.told)
            raise AssertionError(f"{story}\nseed {seed}: {error}") from error
