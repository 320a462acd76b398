"""A file stays while a document names it or may come to name it again, and goes some time after the last one."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from backend.files import actions
from backend.files.actions import Shelf
from backend.files.domain import Address
from backend.files.removal import Removal
from backend.files.tables import FileReference, StoredFile
from backend.kit.errors import Problem
from backend.kit.spaces import COMMONS
from backend.projections import everything
from backend.projections.files import NamedFiles
from backend.projections.follower import Follower, followed
from backend.replication.registry import TYPES
from tests.backend.world import World, a_process, a_world, contribution, deleted, revised

PHOTO = b"\xff\xd8\xff\xe0" + b"a well" * 40
DIGEST = hashlib.sha256(PHOTO).hexdigest()
NAMED: dict[str, Any] = {
    "files": [{"sha256": DIGEST, "type": "image/jpeg", "size": len(PHOTO), "name": "well.jpg", "alt": "A well"}]
}


class Garden:
    """Ilze works in the task «walk» of a process; the server follows and removes when it is told to."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.walk = world.items["walk"]
        self.follower: Follower = everything.follower(world.store, world.spaces, world.clock, TYPES)
        known = partial(followed, world.store, NamedFiles.name)
        self.removal = Removal(world.shelf, known, world.clock)

    async def furnish(self) -> None:
        self.ilze = await self.world.person("Ilze")
        self.me = await self.world.joins(self.ilze)

    def address(self, space: str = "", partition: str = "") -> Address:
        return Address(space or self.world.space, partition or self.walk, DIGEST)

    async def photo(self, space: str = "", partition: str = "") -> None:
        await self.world.shelf.put(self.address(space, partition), PHOTO, "image/jpeg", self.ilze.id)

    async def says(self, **members: Any) -> dict[str, Any]:
        said = contribution(self.me, self.walk, **(members or NAMED))
        await self.sends(said)
        return said

    async def sends(self, *documents: dict[str, Any]) -> None:
        assert not await self.world.sends(self.ilze, *documents)
        await self.follower.catch_up()

    async def passes(self, days: int) -> None:
        """Let days pass, on each of which the server tidies up."""
        for _ in range(days):
            self.world.clock.pass_days(1)
            await self.follower.catch_up()
            await self.removal.once()

    async def there(self, space: str = "", partition: str = "") -> bool:
        address = self.address(space, partition)
        found = await self.world.shelf.whole(address)
        assert (found is not None) is self.world.shelf.path(address).is_file()
        return found is not None


@pytest.fixture
async def garden(tmp_path: Path) -> AsyncIterator[Garden]:
    async with a_world(tmp_path) as world:
        await a_process(world, await world.person("Jānis"))
        one = Garden(world)
        await one.furnish()
        yield one


async def test_a_photo_stays_while_a_text_names_it_and_goes_ninety_days_after(garden: Garden) -> None:
    said = await garden.says()
    await garden.photo()
    await garden.passes(100)
    assert await garden.there()
    await garden.sends(deleted(said))
    await garden.passes(89)
    assert await garden.there()
    await garden.passes(2)
    assert not await garden.there()
    assert not await StoredFile.exists()
    assert not list((garden.world.data / "files").glob("[!.]*")), "no empty folder stays either"


async def test_a_deletion_can_be_undone_with_its_photo(garden: Garden) -> None:
    said = await garden.says()
    await garden.photo()
    gone = deleted(said)
    await garden.sends(gone)
    await garden.passes(80)
    await garden.sends(revised({**said, "_rev": gone["_rev"], "_revisions": gone["_revisions"]}))
    await garden.passes(100)
    assert await garden.there()


async def test_a_photo_that_two_texts_name_stays_until_both_are_gone(garden: Garden) -> None:
    first, second = await garden.says(), await garden.says(**NAMED, text="Again.")
    await garden.photo()
    await garden.sends(deleted(first))
    await garden.passes(100)
    assert await garden.there()
    await garden.sends(revised(second, files=[]))
    await garden.passes(91)
    assert not await garden.there()


async def test_the_photo_of_the_other_version_stays_while_somebody_may_still_choose_it(garden: Garden) -> None:
    said = await garden.says(text="First.")
    await garden.photo()
    with_photo, without = revised(said, text="Mine.", **NAMED), revised(said, text="Theirs.")
    shown, other = sorted((with_photo, without), key=lambda one: one["_rev"], reverse=True)
    await garden.sends(with_photo, without)
    await garden.passes(100)
    assert await garden.there()
    laid_aside = with_photo if with_photo is other else shown
    await garden.sends(deleted(laid_aside))
    await garden.passes(89)
    assert await garden.there()
    await garden.passes(2)
    assert not await garden.there()


async def test_refused_work_keeps_its_photos_where_it_may_be_sent_again(garden: Garden) -> None:
    own = f"person-{garden.ilze.id}"
    await garden.world.spaces.create(own)
    await garden.photo()
    said = contribution(garden.me, garden.walk, **NAMED)
    rescued = {"_id": f"all:rescued:{garden.world.space}~{said['_id']}~{said['_rev']}", "document": said}
    await garden.world.spaces.write(own, [rescued])
    await garden.passes(100)
    assert await garden.there()
    await garden.world.spaces.write(own, [{"_id": rescued["_id"], "_deleted": True}])
    await garden.passes(92)
    assert not await garden.there()


async def test_a_photo_that_no_words_ever_followed_goes_too(garden: Garden) -> None:
    await garden.photo()
    await garden.passes(90)
    assert await garden.there(), "words may come as late as a phone may be offline"
    await garden.passes(3)
    assert not await garden.there()


async def test_words_that_come_late_find_their_photo(garden: Garden) -> None:
    await garden.photo()
    await garden.passes(85)
    await garden.says()
    await garden.passes(100)
    assert await garden.there()


async def test_who_sends_a_photo_again_need_not_hurry_with_the_words(garden: Garden) -> None:
    said = await garden.says()
    await garden.photo()
    await garden.sends(deleted(said))
    await garden.passes(89)
    await garden.photo()
    await garden.passes(80)
    assert await garden.there()
    await garden.says()
    await garden.passes(100)
    assert await garden.there()


async def test_a_photo_in_another_task_goes_by_the_words_of_that_task(garden: Garden) -> None:
    paint = garden.world.items["paint"]
    await garden.says()
    await garden.photo()
    await garden.photo(partition=paint)
    await garden.passes(93)
    assert (await garden.there(), await garden.there(partition=paint)) == (True, False)


async def test_room_is_free_again_as_soon_as_nothing_names_a_photo(
    garden: Garden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MAX_OF_A_PERSON", len(PHOTO))
    paint = garden.world.items["paint"]
    said = await garden.says()
    await garden.photo()
    with pytest.raises(Problem, match="quota_reached"):
        await garden.photo(partition=paint)
    await garden.sends(deleted(said))
    await garden.photo(partition=paint)
    with pytest.raises(Problem, match="quota_reached"):
        await garden.photo(partition=garden.world.items["choose"])


async def test_pictures_of_the_catalogue_go_once_no_building_block_shows_them(garden: Garden) -> None:
    block = {"_id": "all:interlinker:agreement", "logo": NAMED["files"][0]}
    await garden.world.spaces.write(COMMONS, [block])
    await garden.world.spaces.put_file(COMMONS, "all", PHOTO, "image/jpeg")
    await garden.passes(100)
    assert await garden.there(COMMONS, "all")
    await garden.world.spaces.write(COMMONS, [{**block, "logo": None}])
    await garden.passes(91)
    assert not await garden.there(COMMONS, "all")


async def test_nothing_is_removed_before_all_words_have_been_read(garden: Garden) -> None:
    """The projections may be behind for weeks, as after a fault; documents name what nobody noted yet."""
    await garden.photo()
    await garden.world.sends(garden.ilze, contribution(garden.me, garden.walk, **NAMED))
    garden.world.clock.pass_days(200)
    known = partial(followed, garden.world.store, NamedFiles.name, 0)
    removing = asyncio.create_task(Removal(garden.world.shelf, known, garden.world.clock).once())
    for _ in range(20):
        await asyncio.sleep(0)
    assert not removing.done()
    await garden.follower.catch_up()
    assert await removing == 0
    assert await garden.there()


async def test_references_made_again_from_zero_are_the_same(garden: Garden) -> None:
    said = await garden.says()
    await garden.photo()
    await garden.says(text="Nothing to see.")
    before = await FileReference.select(FileReference.file, FileReference.document)
    assert [one["document"] for one in before] == [f"{garden.world.space}/{said['_id']}"]
    await garden.follower.rebuild()
    assert await FileReference.select(FileReference.file, FileReference.document) == before
    assert await StoredFile.exists().where(StoredFile.unreferenced.is_null())


async def test_bytes_that_no_row_tells_of_go_after_the_same_time(garden: Garden) -> None:
    """A backup copies files after its moment, and a crash may come between the bytes and their row."""
    await garden.says()
    await garden.photo()
    here = garden.world.shelf.path(garden.address()).parent
    old, new = here / ("e" * 64), here / ("f" * 64)
    at = garden.world.clock()
    for stray, days in ((old, 91), (new, 1)):
        stray.write_bytes(b"nobody's")
        moment = (at - timedelta(days=days)).timestamp()
        os.utime(stray, (moment, moment))
    await garden.removal.once()
    assert (old.exists(), new.exists()) == (False, True)
    assert await garden.there()


async def test_uploads_that_broke_off_are_removed_though_their_person_never_comes_back(garden: Garden) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield PHOTO[:100]

    piece = actions.Piece(0, 100, len(PHOTO))
    await garden.world.shelf.receive(garden.address(), piece, half(), "image/jpeg", garden.ilze.id)
    unfinished = garden.world.data / "files" / ".unfinished"
    await garden.passes(29)
    assert len(list(unfinished.glob("*/*"))) == 1
    await garden.passes(2)
    assert not list(unfinished.glob("*/*"))


async def test_who_deletes_their_account_takes_the_files_of_their_own_space_along(garden: Garden) -> None:
    own = f"person-{garden.ilze.id}"
    shelf: Shelf = garden.world.shelf
    await garden.world.spaces.create(own)
    await garden.world.spaces.write(own, [{"_id": f"all:draft:{garden.world.space}~{garden.walk}", **NAMED}])
    await garden.photo(own, "all")
    await garden.photo()
    await garden.follower.catch_up()
    await garden.world.store.delete(own)
    await shelf.forget_person(garden.ilze.id, own)
    assert not await garden.there(own, "all")
    assert not await StoredFile.exists().where(StoredFile.account == garden.ilze.id)
    assert not await FileReference.exists()
    assert await garden.there(), "a draft's photo is others' too, until nothing has named it for ninety days"
    await garden.passes(91)
    assert not await garden.there()
