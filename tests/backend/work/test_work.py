"""Assignments, credits and approvals: who may write them, what they hold, and what two versions become."""

from typing import Any

import pytest

from backend.conflicts.domain.merge import Hard, Merged, Version, merge
from backend.kit.ids import new_ulid
from backend.people.access import STRANGER, Standing
from backend.work.documents import ASSIGNMENT, MAX_MINUTES, MAX_PEOPLE, MAX_TEAMS
from sync.hooks import Hold
from tests.backend.replication.judged import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    ME,
    MODERATOR,
    OBJECTIVE,
    OTHER,
    READER,
    TASK,
    verdict,
    word,
)
from tests.backend.world import deleted, revised, written

DONE = "01ARZ3NDEKTSV4RRFFQ69G5FAG"
PAGE = f"{TASK}:page:{DONE}"


def assignment(member: str, item: str = TASK, **members: Any) -> dict[str, Any]:
    asked = {"about": item, "people": [OTHER], "text": "Please ask the neighbours.", "due": "2026-12-01"}
    return written(member, "assignment", partition=item, **{**asked, **members})


def credit(member: str, **members: Any) -> dict[str, Any]:
    did = {"about": PAGE, "part": "making", "text": "I wrote the first half.", "minutes": 90}
    return written(member, "credit", partition=TASK, **{**did, **members})


def approval(member: str, **members: Any) -> dict[str, Any]:
    answered = {"about": f"{TASK}:credit:{DONE}", "approved": True, "text": "Thank you."}
    return written(member, "approval", f"{DONE}-{member}", partition=TASK, **{**answered, **members})


@pytest.mark.parametrize(
    ("standing", "asks", "claims", "approves"),
    [
        (READER, "create", "create", "create"),
        (CONTRIBUTOR, "accept", "accept", "create"),
        (MODERATOR, "create", "create", "create"),
        (ADMINISTRATOR, "accept", "accept", "accept"),
    ],
    ids=["a reader", "a contributor", "a moderator", "an administrator"],
)
def test_who_asks_who_claims_and_who_approves(standing: Standing, asks: str, claims: str, approves: str) -> None:
    assert word(verdict(standing, assignment(ME))) == asks
    assert word(verdict(standing, credit(ME))) == claims
    assert word(verdict(standing, approval(ME))) == approves


@pytest.mark.parametrize("make", [assignment, credit, approval])
def test_who_is_no_member_writes_nothing_of_it(make: Any) -> None:
    assert word(verdict(STRANGER, make("") | {"author": "", "by": ""})) in {"create", "shape"}


@pytest.mark.parametrize(
    ("changes", "contributor", "administrator"),
    [
        ({"state": "done"}, "accept", "accept"),
        ({"state": "withdrawn"}, "accept", "accept"),
        ({"text": "Do it yourself."}, "edit", "accept"),
        ({"people": [ME]}, "edit", "accept"),
        ({"state": "done", "text": "Never mind."}, "edit", "accept"),
        ({"about": PAGE}, "edit", "edit"),
    ],
    ids=str,
)
def test_who_is_asked_says_that_it_is_done_and_changes_no_words(
    changes: dict[str, Any], contributor: str, administrator: str
) -> None:
    asked = assignment(OTHER)
    assert word(verdict(CONTRIBUTOR, revised(asked, by=ME, **changes), asked)) == contributor
    assert word(verdict(ADMINISTRATOR, revised(asked, by=ME, **changes), asked)) == administrator


@pytest.mark.parametrize("standing", [CONTRIBUTOR, ADMINISTRATOR], ids=["a contributor", "an administrator"])
@pytest.mark.parametrize("changes", [{"text": "I wrote all of it."}, {"minutes": 900}, {"part": "managing"}])
def test_a_credit_is_taken_back_and_written_anew_but_never_changed(standing: Standing, changes: dict[str, Any]) -> None:
    mine = credit(ME)
    assert word(verdict(standing, revised(mine, **changes), mine)) == "edit"
    assert word(verdict(standing, deleted(mine), mine)) == "accept"


def test_nobody_claims_or_approves_in_anothers_name() -> None:
    assert word(verdict(ADMINISTRATOR, credit(ME, author=OTHER))) == "author"
    in_anothers_place = written(
        ME, "approval", f"{DONE}-{OTHER}", partition=TASK, about=f"{TASK}:credit:{DONE}", approved=True
    )
    assert word(verdict(ADMINISTRATOR, in_anothers_place)) == "shape"


def test_who_is_administrator_no_more_changes_no_answer() -> None:
    mine = approval(ME)
    assert word(verdict(CONTRIBUTOR, revised(mine, approved=False), mine)) == "edit"
    assert word(verdict(CONTRIBUTOR, deleted(mine), mine)) == "delete"
    assert word(verdict(ADMINISTRATOR, revised(mine, approved=False), mine)) == "accept"


@pytest.mark.parametrize(
    "bad",
    [
        assignment(ME, people=["Ilze Kalniņa"]),
        assignment(ME, people=[new_ulid() for _ in range(MAX_PEOPLE + 1)]),
        assignment(ME, teams=[new_ulid() for _ in range(MAX_TEAMS + 1)]),
        assignment(ME, due="tomorrow"),
        assignment(ME, state="lost"),
        assignment(ME, about=OBJECTIVE),
        assignment(ME, text="ž" * 1_001),
        credit(ME, part="ruling"),
        credit(ME, minutes=0),
        credit(ME, minutes=MAX_MINUTES + 1),
        credit(ME, minutes=1.5),
        credit(ME, about=f"{OBJECTIVE}:page:{DONE}"),
        approval(ME, approved="yes"),
        approval(ME, about=f"{OBJECTIVE}:credit:{DONE}"),
    ],
    ids=[
        "a name instead of an id",
        "a crowd",
        "a crowd of teams",
        "no day",
        "no state",
        "another item",
        "too many words",
        "no part",
        "no time at all",
        "more than a life",
        "half a minute",
        "something in another item",
        "no answer",
        "a credit elsewhere",
    ],
)
def test_work_that_has_not_the_form_is_refused_for_good(bad: dict[str, Any]) -> None:
    assert word(verdict(ADMINISTRATOR, bad)) == "shape"


@pytest.mark.parametrize("make", [assignment, credit, approval])
def test_work_waits_for_its_item(make: Any) -> None:
    unknown = new_ulid()
    one = make(ME)
    moved = one | {"_id": one["_id"].replace(TASK, unknown), "about": unknown}
    assert verdict(ADMINISTRATOR, moved) == Hold(unknown)


def test_two_who_ask_more_people_ask_all_of_them_and_two_wordings_are_left_to_people() -> None:
    base = {name: value for name, value in assignment(ME).items() if not name.startswith("_rev")}

    def both(one: dict[str, Any], other: dict[str, Any]) -> Merged | Hard:
        return merge(ASSIGNMENT, base, [Version("2-a", base | one), Version("2-b", base | other)])

    found = both({"people": [OTHER, "a"], "state": "done"}, {"people": [OTHER, "b"], "teams": ["t"]})
    assert isinstance(found, Merged)
    assert set(found.content["people"]) == {OTHER, "a", "b"}
    assert found.content["teams"] == ["t"]
    assert found.content["state"] == "done"
    assert isinstance(both({"text": "One."}, {"text": "Two."}), Hard)
