"""Who may make, change and delete what is made in an item: the same for every kind."""

from typing import Any

import pytest

from backend.people.access import STRANGER, Standing
from tests.backend.kinds.assets import KINDS, asset
from tests.backend.replication.judged import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    ME,
    MODERATOR,
    OTHER,
    PROCESS,
    READER,
    REMOVED,
    verdict,
    word,
)
from tests.backend.world import deleted, revised

pytestmark = pytest.mark.parametrize("kind", KINDS)


@pytest.mark.parametrize(
    ("standing", "make", "change", "delete_mine", "delete_theirs"),
    [
        (STRANGER, "create", "edit", "delete", "delete"),
        (READER, "create", "edit", "accept", "delete"),
        (CONTRIBUTOR, "accept", "accept", "accept", "delete"),
        (MODERATOR, "create", "edit", "accept", "accept"),
        (ADMINISTRATOR, "accept", "accept", "accept", "accept"),
    ],
    ids=["a stranger", "a reader", "a contributor", "a moderator", "an administrator"],
)
def test_who_may_add_in_the_item_makes_and_changes_and_whose_it_is_deletes(
    kind: str, standing: Standing, make: str, change: str, delete_mine: str, delete_theirs: str
) -> None:
    me = standing.member or ""
    mine, theirs = asset(kind, ME), asset(kind, OTHER)
    assert word(verdict(standing, {**mine, "author": me, "by": me})) == make
    assert word(verdict(standing, revised(theirs, name="Of Tuesday", by=me), theirs)) == change
    assert word(verdict(standing, revised(mine, archived=True, by=me), mine)) == change
    assert word(verdict(standing, deleted(mine), mine)) == delete_mine
    assert word(verdict(standing, deleted(theirs), theirs)) == delete_theirs


def test_it_is_made_in_a_task_or_in_the_process_itself_and_nowhere_else(kind: str) -> None:
    assert word(verdict(CONTRIBUTOR, asset(kind, ME, PROCESS))) == "accept"
    assert word(verdict(CONTRIBUTOR, asset(kind, ME, "all"))) == "shape"
    assert word(verdict(CONTRIBUTOR, asset(kind, ME, "admin"))) == "shape"
    assert word(verdict(CONTRIBUTOR, asset(kind, ME, f"own-{ME}"))) == "shape"
    assert word(verdict(CONTRIBUTOR, asset(kind, ME, "01ARZ3NDEKTSV4RRFFQ69G5FA9"))) == "hold"
    assert word(verdict(CONTRIBUTOR, asset(kind, ME, REMOVED))) == "gone"


def test_nobody_makes_it_in_another_name_or_takes_it_over(kind: str) -> None:
    theirs = asset(kind, OTHER)
    assert word(verdict(CONTRIBUTOR, asset(kind, OTHER))) == "author"
    assert word(verdict(CONTRIBUTOR, revised(theirs, author=ME, by=ME), theirs)) == "author"
    assert word(verdict(ADMINISTRATOR, revised(theirs, name="Of Tuesday"), theirs)) == "author"


def test_where_it_comes_from_never_changes(kind: str) -> None:
    stored = asset(kind, ME, made_from="partnership-agreement")
    assert word(verdict(ADMINISTRATOR, revised(stored, made_from="another"), stored)) == "edit"
    assert word(verdict(CONTRIBUTOR, revised(stored, made_from=None), stored)) == "edit"


def test_what_a_newer_app_adds_is_kept(kind: str) -> None:
    assert word(verdict(CONTRIBUTOR, asset(kind, ME, colour="blue"))) == "accept"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "   \t "},
        {"name": "\u00a0\u2003"},
        {"name": "two\nlines"},
        {"name": "x" * 201},
        {"name": {"en": "Plan"}},
        {"name": None},
        {"archived": "yes"},
        {"made_from": ""},
        {"made_from": "x" * 201},
        {"made_from": 5},
    ],
    ids=str,
)
def test_bad_input_is_refused_for_good_and_named(kind: str, wrong: dict[str, Any]) -> None:
    answer = verdict(ADMINISTRATOR, asset(kind, ME, **wrong))
    assert word(answer) == "shape"
    assert next(iter(wrong)) in str(answer)


def test_it_needs_a_name(kind: str) -> None:
    nameless = {member: value for member, value in asset(kind, ME).items() if member != "name"}
    assert word(verdict(CONTRIBUTOR, nameless)) == "shape"
