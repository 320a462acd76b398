"""Comments, reactions and settled threads: who may write them, what they hold, and that their order does not matter."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from backend.conflicts.domain.merge import Merged, Version, merge
from backend.kit.ids import new_ulid
from backend.kit.types import InvalidDocumentError
from backend.people.access import STRANGER, Standing
from backend.replication.held import HeldWork
from backend.talk.documents import COMMENT, MAX_MENTIONS, MAX_TEXT, REACTION, RESOLUTION
from sync.hooks import Hold
from tests.backend.replication.judged import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    ME,
    MODERATOR,
    OBJECTIVE,
    OTHER,
    PROCESS,
    READER,
    REMOVED,
    TASK,
    verdict,
    word,
)
from tests.backend.world import a_process, a_world, deleted, revised, written

BEGINNING = "01ARZ3NDEKTSV4RRFFQ69G5FAG"
THREAD = f"{TASK}:comment:{BEGINNING}"


def comment(member: str, item: str = TASK, text: str = "Who has the key?", **members: Any) -> dict[str, Any]:
    return written(member, "comment", partition=item, **{"about": item, "text": text, **members})


def reaction(member: str, sign: str = "thanks", **members: Any) -> dict[str, Any]:
    key = f"{BEGINNING}-{member}"
    return written(member, "reaction", key, partition=TASK, **{"about": THREAD, "sign": sign, **members})


def resolution(member: str, *, resolved: bool = True) -> dict[str, Any]:
    return written(member, "resolution", f"{BEGINNING}-{member}", partition=TASK, about=THREAD, resolved=resolved)


@pytest.mark.parametrize("make", [comment, reaction, resolution], ids=["a comment", "a reaction", "a resolution"])
@pytest.mark.parametrize(
    ("standing", "answer"),
    [
        (STRANGER, "author"),
        (READER, "create"),
        (MODERATOR, "create"),
        (CONTRIBUTOR, "accept"),
        (ADMINISTRATOR, "accept"),
    ],
    ids=["a stranger", "a reader", "a moderator", "a contributor", "an administrator"],
)
def test_who_may_write_at_an_item_may_talk_there(make: Any, standing: Standing, answer: str) -> None:
    assert word(verdict(standing, make(ME))) == answer


@pytest.mark.parametrize("make", [comment, reaction], ids=["a comment", "a reaction"])
@pytest.mark.parametrize("standing", [CONTRIBUTOR, ADMINISTRATOR], ids=["a contributor", "an administrator"])
def test_nobody_changes_what_another_said(make: Any, standing: Standing) -> None:
    theirs = make(OTHER)
    member = "text" if make is comment else "sign"
    assert word(verdict(standing, revised(theirs, by=ME, **{member: "done"}), theirs)) == "edit"


def test_a_thread_is_opened_again_by_anybody_who_may_write_there() -> None:
    theirs = resolution(OTHER)
    assert word(verdict(CONTRIBUTOR, revised(theirs, by=ME, resolved=False), theirs)) == "accept"
    assert word(verdict(READER, revised(theirs, by=ME, resolved=False), theirs)) == "edit"


@pytest.mark.parametrize("make", [comment, reaction, resolution], ids=["a comment", "a reaction", "a resolution"])
def test_authors_and_moderators_take_talk_away(make: Any) -> None:
    mine, theirs = make(ME), make(OTHER)
    assert word(verdict(READER, deleted(mine), mine)) == "accept"
    assert word(verdict(CONTRIBUTOR, deleted(theirs), theirs)) == "delete"
    assert word(verdict(MODERATOR, deleted(theirs), theirs)) == "accept"


@pytest.mark.parametrize(
    "bad",
    [
        comment(ME, text=""),
        comment(ME, text="ž" * (MAX_TEXT + 1)),
        comment(ME, mentions=[new_ulid() for _ in range(MAX_MENTIONS + 1)]),
        comment(ME, mentions=["Ilze Kalniņa"]),
        comment(ME, about=OBJECTIVE),
        comment(ME, about=f"{OBJECTIVE}:page:{BEGINNING}"),
        comment(ME, about="javascript:alert(1)"),
        comment(ME, reply_to=f"{OBJECTIVE}:comment:{BEGINNING}"),
        comment(ME) | {"about": None},
        reaction(ME, sign="angry"),
        reaction(ME, about=f"{OBJECTIVE}:comment:{BEGINNING}"),
        written(ME, "reaction", f"{BEGINNING}-{OTHER}", partition=TASK, about=THREAD, sign="agree"),
        written(ME, "reaction", partition=TASK, about=THREAD, sign="agree"),
    ],
    ids=[
        "no words",
        "too many words",
        "a crowd",
        "a name instead of an id",
        "another item",
        "something in another item",
        "no id",
        "a thread elsewhere",
        "about nothing",
        "an unknown sign",
        "a comment elsewhere",
        "in another's place",
        "many signs of one person",
    ],
)
def test_talk_that_has_not_the_form_is_refused_for_good(bad: dict[str, Any]) -> None:
    assert word(verdict(ADMINISTRATOR, bad)) == "shape"


def test_nothing_is_said_any_more_about_what_was_removed() -> None:
    assert word(verdict(ADMINISTRATOR, comment(ME, REMOVED))) == "gone"


def test_what_a_comment_is_about_never_changes() -> None:
    mine = comment(ME)
    assert word(verdict(CONTRIBUTOR, revised(mine, about=f"{TASK}:page:{BEGINNING}"), mine)) == "edit"


def test_the_whole_process_can_be_talked_about() -> None:
    assert word(verdict(CONTRIBUTOR, comment(ME, PROCESS))) == "accept"


def test_talk_waits_for_its_item() -> None:
    unknown = new_ulid()
    assert verdict(CONTRIBUTOR, comment(ME, unknown)) == Hold(unknown)


def test_a_released_phone_that_knows_no_mentions_is_read() -> None:
    assert COMMENT.read(comment(ME)).mentions == []
    with pytest.raises(InvalidDocumentError):
        REACTION.read(reaction(ME) | {"sign": None})
    assert RESOLUTION.read(resolution(ME)).resolved


def test_who_was_mentioned_on_two_devices_is_mentioned_once() -> None:
    base = {name: value for name, value in comment(ME, mentions=["a"]).items() if not name.startswith("_rev")}
    one, other = base | {"mentions": ["a", "b"]}, base | {"mentions": ["a", "c"]}
    found = merge(COMMENT, base, [Version("2-a", one), Version("2-b", other)])
    assert isinstance(found, Merged)
    assert set(found.content["mentions"]) == {"a", "b", "c"}


async def test_a_thread_is_the_same_in_whatever_order_it_arrives(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        janis, ilze = await world.person("Jānis"), await world.person("Ilze")
        await a_process(world, janis)
        as_janis, as_ilze = await world.member(janis), await world.joins(ilze)
        held_work = HeldWork(world.doorkeeper, world.spaces, world.clock)
        for order in permutations(range(4)):
            task, key = new_ulid(), new_ulid()
            thread = f"{task}:comment:{key}"
            above: dict[str, Any] = {"parent": world.items["listen"], "order": "a5", "name": {"en": "Look"}}
            thanks = {"about": thread, "sign": "done"}
            sent = [
                (janis, written(as_janis, "task", task, **above)),
                (ilze, written(as_ilze, "comment", key, partition=task, about=task, text="Where?")),
                (janis, comment(as_janis, task, "Here.", reply_to=thread)),
                (ilze, written(as_ilze, "reaction", f"{key}-{as_ilze}", partition=task, **thanks)),
            ]
            since = world.store.number
            for number in order:
                assert await world.sends(sent[number][0], sent[number][1]) == [], order
            await held_work.follow(since)
            assert world.held() == [], order
            assert all(world.stored(one["_id"]) for _, one in sent), order
