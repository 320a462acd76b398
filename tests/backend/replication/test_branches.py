"""The gate, when somebody was offline while others went on; and when somebody only says so."""

from typing import Any

import pytest

from backend.people.access import Standing
from tests.backend.replication.judged import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    ME,
    OTHER,
    READER,
    TASK,
    a_task,
    verdict,
    word,
)
from tests.backend.world import contribution, deleted, revised

BASE = a_task(status="awaiting")
RENAMED = revised(BASE, name={"en": "Rest"})


def long_ago(document: dict[str, Any], generation: int, **changes: Any) -> dict[str, Any]:
    """A branch that says it was edited very often, so that it wins by its length."""
    told = revised(document, **changes)
    start = int(document["_rev"].split("-")[0])
    made_up = [f"{number:032x}" for number in range(generation - start - 1)]
    ids = [told["_revisions"]["ids"][0], *made_up, *document["_revisions"]["ids"]]
    return {**told, "_rev": f"{generation}-{ids[0]}", "_revisions": {"start": generation, "ids": ids}}


def judged(standing: Standing, new: dict[str, Any], stored: dict[str, Any] = RENAMED, *others: dict[str, Any]) -> str:
    return word(verdict(standing, {**new, "by": ME} if "_deleted" not in new else new, stored, others=others))


@pytest.mark.parametrize(("standing", "answer"), [(READER, "edit"), (CONTRIBUTOR, "accept"), (ADMINISTRATOR, "accept")])
def test_a_status_said_offline_is_taken_although_the_task_was_renamed_meanwhile(
    standing: Standing, answer: str
) -> None:
    assert judged(standing, revised(BASE, status="finished"), RENAMED, BASE) == answer


@pytest.mark.parametrize("generation", [2, 3, 50])
def test_however_long_a_branch_says_to_be_it_brings_nothing_but_what_its_author_may_change(generation: int) -> None:
    status_alone = long_ago(BASE, generation, status="finished")
    with_a_name = long_ago(BASE, generation, status="finished", name={"en": "Mine now"})
    assert judged(CONTRIBUTOR, status_alone, RENAMED, BASE) == "accept"
    assert judged(CONTRIBUTOR, with_a_name, RENAMED, BASE) == "edit"


def test_a_version_that_was_given_up_does_not_come_back_with_a_status() -> None:
    """An administrator renamed it twice and chose; a member goes on from the name that was not chosen."""
    given_up = revised(BASE, name={"en": "Given up"})
    closed = deleted(given_up)
    status = revised(given_up, status="finished")
    assert judged(CONTRIBUTOR, status, RENAMED, BASE, given_up, closed) == "edit"
    assert judged(ADMINISTRATOR, status, RENAMED, BASE, given_up, closed) == "accept"


def test_a_version_that_still_stands_beside_the_winner_may_be_gone_on_from() -> None:
    rival = revised(BASE, name={"en": "Rival"})
    assert judged(CONTRIBUTOR, revised(rival, status="finished"), RENAMED, BASE, rival) == "accept"
    assert judged(CONTRIBUTOR, revised(rival, name={"en": "Third"}), RENAMED, BASE, rival) == "edit"


def test_a_change_that_would_lose_here_is_refused_all_the_same() -> None:
    """On another server, without the winner, it would stand."""
    moved = revised(revised(BASE, order="a5"), order="a6")
    assert judged(CONTRIBUTOR, revised(BASE, order="a7", status="finished"), moved, BASE) == "edit"


def test_where_the_ancestor_is_not_here_any_more_the_whole_difference_counts() -> None:
    assert judged(CONTRIBUTOR, revised(BASE, status="finished"), RENAMED) == "edit"
    assert judged(CONTRIBUTOR, revised(BASE, status="finished", name=RENAMED["name"]), RENAMED) == "accept"


def test_a_status_does_not_bring_a_deleted_task_back() -> None:
    assert judged(CONTRIBUTOR, revised(BASE, status="finished"), deleted(BASE), BASE) == "create"
    assert judged(ADMINISTRATOR, revised(BASE, status="finished"), deleted(BASE), BASE) == "accept"


def test_nobody_brings_anothers_words_back_in_their_name() -> None:
    theirs = contribution(OTHER, TASK, "I was against it.")
    forged = revised(theirs, text="I was for it.")
    for standing in (CONTRIBUTOR, ADMINISTRATOR):
        assert judged(standing, forged, deleted(theirs), theirs) == "edit"


def test_who_edited_a_task_that_was_deleted_meanwhile_brings_it_back_as_whose_it_was() -> None:
    of_the_server = {**BASE, "author": "server"}
    edited = revised(of_the_server, name={"en": "Still needed"})
    assert judged(ADMINISTRATOR, edited, deleted(of_the_server), of_the_server) == "accept"
    assert judged(CONTRIBUTOR, edited, deleted(of_the_server), of_the_server) == "create"
    assert judged(ADMINISTRATOR, {**edited, "author": OTHER}, deleted(of_the_server), of_the_server) == "author"


def test_nobody_changes_what_never_changes_from_an_old_version_either() -> None:
    assert judged(ADMINISTRATOR, revised(BASE, key="another"), RENAMED, BASE) == "edit"


def test_a_status_that_is_behind_is_taken_and_changes_nothing() -> None:
    finished = revised(BASE, status="finished", name={"en": "Rest"})
    assert judged(CONTRIBUTOR, revised(BASE, status="in_progress"), finished, BASE) == "accept"
