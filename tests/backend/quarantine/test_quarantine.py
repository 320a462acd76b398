"""Work that was not accepted is handed to the administrators, who let it in or say why not."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.accounts.domain import Person
from backend.files.domain import Address
from backend.kit.spaces import SpaceKind, space_of
from backend.people.tables import Membership
from backend.projections import everything
from backend.quarantine.actions import Quarantine
from backend.quarantine.domain import MOST_WAITING, key_of
from backend.replication.registry import TYPES
from tests.backend.world import World, a_process, a_world, contribution, deleted, revised, written

PHOTO = b"\xff\xd8\xff" + b"a photo of the ramp"
SHA = hashlib.sha256(PHOTO).hexdigest()
FILE = {"sha256": SHA, "type": "image/jpeg", "size": len(PHOTO), "name": "ramp.jpg"}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as one:
        await a_process(one, await one.person("Jānis"))
        yield one


@pytest.fixture
async def ilze(world: World) -> Person:
    """A member who may read «walk» and add nothing to it."""
    ilze = await world.person("Ilze")
    await world.joins(ilze, create=False)
    await world.spaces.create(space_of(SpaceKind.PERSON, ilze.id))
    return ilze


@pytest.fixture
async def janis(world: World) -> Person:
    [row] = await Membership.select(Membership.account).where(Membership.administrator.eq(True))
    return Person(row["account"], "Jānis", "en")


async def refused(world: World, ilze: Person, text: str = "The ramp is missing.", **members: Any) -> dict[str, Any]:
    """A contribution that the gate refused."""
    document = contribution(await world.member(ilze), world.items["walk"], text, **members)
    [outcome] = await world.sends(ilze, document)
    assert outcome.error == "forbidden"
    return document


def kept(document: dict[str, Any]) -> dict[str, Any]:
    """What a device keeps of a refused revision."""
    return {name: value for name, value in document.items() if name != "_revisions"}


def name_of(world: World, document: dict[str, Any]) -> str:
    return f"{world.space}~{document['_id']}~{document['_rev']}"


async def hands_over(world: World, person: Person, document: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Write the handover as the person's device does, and let the server follow."""
    own = space_of(SpaceKind.PERSON, person.id)
    told: dict[str, Any] = {"space": world.space, "document": kept(document), "reason": "create", "sentence": "No."}
    told |= members
    handover = written(person.id, "handover", name_of(world, document), **told)
    assert await world.sends(person, handover, space=own) == []
    await follows(world)
    return handover


async def follows(world: World) -> None:
    await everything.follower(world.store, world.spaces, world.clock, TYPES).catch_up()


async def shown(world: World) -> list[dict[str, Any]]:
    return await world.spaces.list(world.space, "admin", "quarantined")


async def decides(world: World, janis: Person, *, accept: bool, answer: str = "") -> None:
    [work] = await shown(world)
    key = work["_id"].split(":")[2]
    member = await world.member(janis)
    said = written(member, "quarantine-decision", key, partition="admin", accept=accept, answer=answer)
    assert await world.sends(janis, said) == []
    await follows(world)


def told(world: World, person: Person, document: dict[str, Any]) -> str | None:
    own = space_of(SpaceKind.PERSON, person.id)
    answer = world.stored(f"all:handover-answer:{name_of(world, document)}", own)
    return str(answer["outcome"]) if answer else None


async def test_what_is_handed_over_waits_where_only_administrators_read(world: World, ilze: Person, janis: Person):
    document = await refused(world, ilze)
    await hands_over(world, ilze, document, note="Please look.")
    [work] = await shown(world)
    assert (work["name"], work["note"], work["document"]["text"]) == ("Ilze", "Please look.", "The ramp is missing.")
    assert "admin" in await world.sees(janis)
    assert "admin" not in await world.sees(ilze)
    assert told(world, ilze, document) == "waiting"


async def test_accepted_work_is_the_authors_own_revision_and_ends_the_rescue(world: World, ilze: Person, janis: Person):
    document = await refused(world, ilze)
    own = space_of(SpaceKind.PERSON, ilze.id)
    record: dict[str, Any] = {"document": kept(document), "reason": "create", "sentence": "No.", "title": "A ramp"}
    rescue = written(ilze.id, "rescued", name_of(world, document), **record)
    await world.sends(ilze, rescue, space=own)
    await hands_over(world, ilze, document)
    await decides(world, janis, accept=True, answer="Thank you.")
    stored = world.stored(document["_id"])
    assert stored is not None
    assert (stored["_rev"], stored["author"]) == (document["_rev"], await world.member(ilze))
    assert told(world, ilze, document) == "accepted"
    assert world.stored(rescue["_id"], own) is None


async def test_declined_work_stays_with_its_author_and_the_answer_comes_to_them(
    world: World, ilze: Person, janis: Person
):
    document = await refused(world, ilze)
    await hands_over(world, ilze, document)
    await decides(world, janis, accept=False, answer="We have it twice.")
    assert world.stored(document["_id"]) is None
    answer = world.stored(f"all:handover-answer:{name_of(world, document)}", space_of(SpaceKind.PERSON, ilze.id))
    assert answer is not None
    assert (answer["outcome"], answer["answer"]) == ("declined", "We have it twice.")


async def test_a_second_decision_changes_nothing(world: World, ilze: Person, janis: Person):
    document = await refused(world, ilze)
    await hands_over(world, ilze, document)
    await decides(world, janis, accept=True)
    [decision] = await world.spaces.list(world.space, "admin", "quarantine-decision")
    later = revised(decision, accept=False)
    assert await world.sends(janis, later) == []
    await follows(world)
    assert world.stored(document["_id"]) is not None
    assert told(world, ilze, document) == "accepted"


async def test_following_everything_again_lets_nothing_in_twice(world: World, ilze: Person, janis: Person):
    document = await refused(world, ilze)
    await hands_over(world, ilze, document)
    await decides(world, janis, accept=True)
    before = world.store.number
    await everything.follower(world.store, world.spaces, world.clock, TYPES).rebuild()
    changed = [one.id for one in world.store.feed(before, 100) if one.database == world.space]
    assert document["_id"] not in changed
    assert len(await shown(world)) == 1


async def test_who_left_the_process_may_still_hand_their_work_over(world: World, ilze: Person, janis: Person):
    document = await refused(world, ilze)
    await Membership.update({Membership.left: world.clock()}).where(Membership.account == ilze.id)
    await hands_over(world, ilze, document)
    await decides(world, janis, accept=True)
    assert world.stored(document["_id"]) is not None


async def test_nobody_hands_over_to_a_process_they_never_were_in(world: World, ilze: Person):
    document = await refused(world, ilze)
    eve = await world.person("Eve")
    await world.spaces.create(space_of(SpaceKind.PERSON, eve.id))
    await hands_over(world, eve, document)
    assert await shown(world) == []
    assert told(world, eve, document) == "impossible"


async def test_nobody_hands_over_what_another_signed_or_only_the_server_writes(world: World, ilze: Person):
    member = await world.member(ilze)
    forged = contribution(await world.member(await joined(world, "Edgars")), world.items["walk"])
    grant = written(member, "grant", team="x", target=None, access=True, create=True, delete=True)
    secret = written(member, "contribution", partition="admin", text="to myself")
    for document in (forged, grant, secret):
        await hands_over(world, ilze, document)
        assert told(world, ilze, document) == "impossible"
    assert await shown(world) == []


async def joined(world: World, name: str) -> Person:
    person = await world.person(name)
    await world.joins(person)
    return person


async def test_an_edit_is_laid_upon_what_is_stored_now(world: World, ilze: Person, janis: Person):
    task = world.stored(f"all:task:{world.items['walk']}")
    assert task is not None
    edit = revised({**task, "by": await world.member(ilze)}, status="finished")
    await world.spaces.write(world.space, [{**task, "name": {"en": "A longer walk"}}])
    only = {name: edit[name] for name in ("_id", "_rev", "type", "v", "lang", "author", "by", "device", "at", "status")}
    await hands_over(world, ilze, only)
    await decides(world, janis, accept=True)
    now = world.stored(task["_id"])
    assert now is not None
    assert (now["status"], now["name"]) == ("finished", {"en": "A longer walk"})


async def test_a_photo_that_comes_after_the_work_is_shown_and_let_in_with_it(world: World, ilze: Person, janis: Person):
    world.shelf.tells(Quarantine(world.spaces, TYPES).file_arrived)
    document = await refused(world, ilze, files=[FILE])
    await hands_over(world, ilze, document, files=[FILE])
    own = space_of(SpaceKind.PERSON, ilze.id)
    assert await world.shelf.whole(Address(world.space, "admin", SHA)) is None
    await world.shelf.put(Address(own, "all", SHA), PHOTO, "image/jpeg", ilze.id)
    assert await world.shelf.whole(Address(world.space, "admin", SHA))
    await decides(world, janis, accept=True)
    assert await world.shelf.whole(Address(world.space, world.items["walk"], SHA))


async def test_what_the_author_takes_back_need_not_be_decided(world: World, ilze: Person):
    document = await refused(world, ilze)
    handover = await hands_over(world, ilze, document)
    await world.sends(ilze, deleted(handover), space=space_of(SpaceKind.PERSON, ilze.id))
    await follows(world)
    assert [work["outcome"] for work in await shown(world)] == ["withdrawn"]


async def test_what_was_taken_back_can_be_handed_over_again(world: World, ilze: Person):
    document = await refused(world, ilze)
    own = space_of(SpaceKind.PERSON, ilze.id)
    handover = await hands_over(world, ilze, document)
    gone = deleted(handover)
    await world.sends(ilze, gone, space=own)
    await follows(world)
    assert await world.sends(ilze, revised({**handover, **gone}, _deleted=False), space=own) == []
    await follows(world)
    assert [work["outcome"] for work in await shown(world)] == ["waiting"]
    assert told(world, ilze, document) == "waiting"


async def test_one_person_cannot_bury_the_administrators(world: World, ilze: Person):
    for number in range(MOST_WAITING):
        work = await refused(world, ilze, f"Number {number}")
        await hands_over(world, ilze, work)
    last = await refused(world, ilze, "One too many")
    await hands_over(world, ilze, last)
    assert told(world, ilze, last) == "impossible"
    assert len(await shown(world)) == MOST_WAITING


def test_the_key_tells_the_revision_and_the_member_apart():
    one = {"_id": "a:contribution:b", "_rev": "1-a"}
    assert key_of("m", one) == key_of("m", dict(one))
    assert len({key_of("m", one), key_of("n", one), key_of("m", {**one, "_rev": "1-b"})}) == 3
