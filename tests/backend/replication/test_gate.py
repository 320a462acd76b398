"""The gate alone: values in, a verdict out."""

from typing import Any

import pytest

from backend.kit.ids import new_owner_id, new_ulid
from backend.kit.spaces import SpaceKind
from backend.people.access import STRANGER, Standing
from sync.hooks import Hold
from tests.backend.replication.judged import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    ME,
    MINE,
    MODERATOR,
    OBJECTIVE,
    OTHER,
    PHASE,
    PROCESS,
    READER,
    REMOVED,
    TASK,
    THEIRS,
    a_task,
    verdict,
    word,
)
from tests.backend.world import contribution, deleted, revised, written


@pytest.mark.parametrize(
    ("standing", "create", "edit_mine", "edit_theirs", "delete_mine", "delete_theirs"),
    [
        (STRANGER, "create", "edit", "edit", "delete", "delete"),
        (READER, "create", "accept", "edit", "accept", "delete"),
        (CONTRIBUTOR, "accept", "accept", "edit", "accept", "delete"),
        (MODERATOR, "create", "accept", "edit", "accept", "accept"),
        (ADMINISTRATOR, "accept", "accept", "edit", "accept", "accept"),
    ],
    ids=["a stranger", "a reader", "a contributor", "a moderator", "an administrator"],
)
def test_who_may_write_contributions(
    standing: Standing, create: str, edit_mine: str, edit_theirs: str, delete_mine: str, delete_theirs: str
) -> None:
    me = standing.member or ""
    assert word(verdict(standing, {**MINE, "author": me, "by": me})) == create
    assert word(verdict(standing, revised(MINE, text="Better.", by=me), MINE)) == edit_mine
    assert word(verdict(standing, revised(THEIRS, text="Worse.", by=me), THEIRS)) == edit_theirs
    assert word(verdict(standing, deleted(MINE), MINE)) == delete_mine
    assert word(verdict(standing, deleted(THEIRS), THEIRS)) == delete_theirs


@pytest.mark.parametrize(
    ("changes", "contributor", "administrator"),
    [
        ({"status": "finished"}, "accept", "accept"),
        ({"status": "finished", "name": {"en": "Rest"}}, "edit", "accept"),
        ({"name": {"en": "Rest"}}, "edit", "accept"),
        ({"parent": PHASE}, "shape", "shape"),
        ({"disabled": True}, "edit", "accept"),
        ({"key": "another"}, "edit", "edit"),
        ({"something_new": 1}, "edit", "accept"),
        ({}, "accept", "accept"),
    ],
    ids=lambda one: ",".join(one) if isinstance(one, dict) else None,
)
def test_a_contributor_changes_the_status_of_a_task_and_nothing_else(
    changes: dict[str, Any], contributor: str, administrator: str
) -> None:
    stored = a_task(status="awaiting")
    assert word(verdict(CONTRIBUTOR, revised(stored, **changes), stored)) == contributor
    assert word(verdict(ADMINISTRATOR, revised(stored, **changes), stored)) == administrator


def test_a_reader_does_not_even_change_the_status() -> None:
    stored = a_task(status="awaiting")
    assert word(verdict(READER, revised(stored, status="finished"), stored)) == "edit"
    assert word(verdict(READER, revised(stored), stored)) == "edit"


def test_two_people_may_say_that_a_task_is_finished() -> None:
    """Both were offline; what the second one sends changes nothing any more."""
    finished = a_task(status="finished")
    again = revised(finished, by=ME, at="2026-11-22T08:00:00Z", device="another phone")
    assert word(verdict(CONTRIBUTOR, again, finished)) == "accept"


def test_the_whole_difference_counts_and_not_the_last_edit() -> None:
    """A refused renaming that stayed on a phone is part of that phone's next change of status."""
    stored = a_task(status="awaiting")
    renamed = revised(stored, name={"en": "Mine now"})
    assert word(verdict(CONTRIBUTOR, revised(renamed, status="finished"), stored)) == "edit"


@pytest.mark.parametrize("standing", [CONTRIBUTOR, ADMINISTRATOR], ids=["a contributor", "an administrator"])
def test_nobody_signs_with_anothers_name(standing: Standing) -> None:
    assert word(verdict(standing, {**MINE, "author": OTHER})) == "author"
    assert word(verdict(standing, {**MINE, "by": OTHER})) == "author"
    assert word(verdict(standing, revised(MINE, author=OTHER), MINE)) == "author"


@pytest.mark.parametrize("kind", ["member", "team", "grant"])
def test_what_mirrors_rows_is_written_by_the_server_alone(kind: str) -> None:
    members = {
        "member": {"name": "Me", "kind": "gov"},
        "team": {"name": "Us", "kind": "citizen"},
        "grant": {"team": "team", "access": True, "create": True, "delete": True},
    }[kind]
    mirror = written(ME, kind, **members)
    assert word(verdict(ADMINISTRATOR, mirror)) == "reserved"
    assert word(verdict(ADMINISTRATOR, deleted(mirror), mirror)) == "delete"


@pytest.mark.parametrize("kind", ["schema", "interlinker", "problem-profile", "published-process"])
def test_nobody_writes_into_the_commons(kind: str) -> None:
    new = deleted(written(ME, kind, PROCESS))
    assert word(verdict(ADMINISTRATOR, new, kind=SpaceKind.COMMONS, owner="")) == "create"


def test_what_was_erased_never_comes_back() -> None:
    assert word(verdict(ADMINISTRATOR, MINE, erased=frozenset({MINE["_id"]}))) == "erased"


def test_a_contribution_waits_for_the_nearest_item_that_is_unknown() -> None:
    unknown = new_ulid()
    assert verdict(CONTRIBUTOR, contribution(ME, unknown)) == Hold(unknown)


def test_an_item_waits_for_its_parent() -> None:
    unknown = new_ulid()
    assert verdict(ADMINISTRATOR, {**a_task(), "parent": unknown}) == Hold(unknown)


@pytest.mark.parametrize(
    ("kind", "parent", "answer"),
    [
        ("phase", PROCESS, "accept"),
        ("phase", PHASE, "shape"),
        ("objective", PHASE, "accept"),
        ("objective", PROCESS, "shape"),
        ("task", OBJECTIVE, "accept"),
        ("task", PHASE, "shape"),
    ],
)
def test_each_level_of_the_tree_hangs_on_the_one_above(kind: str, parent: str, answer: str) -> None:
    item = written(ME, kind, parent=parent, order="a0", name={"en": "New"})
    assert word(verdict(ADMINISTRATOR, item)) == answer
    assert word(verdict(CONTRIBUTOR, item)) == ("create" if answer == "accept" else answer)


def test_one_key_is_one_item() -> None:
    twin = written(ME, "phase", TASK, parent=PROCESS, order="a0", name={"en": "Twin"})
    assert word(verdict(ADMINISTRATOR, twin)) == "shape"


def test_nothing_new_is_added_to_what_was_removed_but_authors_may_still_delete_theirs() -> None:
    mine = contribution(ME, REMOVED)
    assert word(verdict(CONTRIBUTOR, mine)) == "gone"
    assert word(verdict(CONTRIBUTOR, deleted(mine), mine)) == "accept"


def test_a_process_is_neither_made_nor_removed_by_a_device() -> None:
    process = written(ME, "process", PROCESS, name={"en": "Ours"}, languages=["en"])
    assert word(verdict(ADMINISTRATOR, process)) == "create"
    assert word(verdict(ADMINISTRATOR, deleted(process), process)) == "delete"
    assert word(verdict(ADMINISTRATOR, revised(process, public=True), process)) == "accept"
    assert word(verdict(CONTRIBUTOR, revised(process, public=True), process)) == "edit"


def test_a_persons_space_is_written_by_that_person_alone() -> None:
    draft = written(OTHER, "draft", "process-x~y", text="I begin")
    assert word(verdict(Standing(OTHER), draft, kind=SpaceKind.PERSON, owner=PROCESS)) == "create"


def test_a_persons_space_does_not_ask_who_signed() -> None:
    """A person is another member in each process, and what was rescued may be signed by any of them."""
    draft = written(ME, "draft", "process-x~y", text="I begin")
    assert word(verdict(Standing(OTHER), draft, kind=SpaceKind.PERSON, owner=OTHER)) == "accept"


@pytest.mark.parametrize("kind", ["draft", "rescued"])
def test_a_persons_space_takes_everything_from_its_person(kind: str) -> None:
    account = new_owner_id()
    members: dict[str, Any] = {
        "draft": {"text": "I begin"},
        "rescued": {"document": MINE, "reason": "create", "sentence": "No."},
    }[kind]
    new = written(account, kind, f"process-{PROCESS}~{MINE['_id']}", **members)
    owner = Standing(account)
    assert word(verdict(owner, new, kind=SpaceKind.PERSON, owner=account)) == "accept"
    assert word(verdict(owner, deleted(new), new, kind=SpaceKind.PERSON, owner=account)) == "accept"
