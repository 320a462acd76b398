"""Two administrators change one task while they do not see each other: what the declarations make of it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backend.conflicts.domain.merge import Hard, Merged, Version, merge
from backend.processes.documents import PROCESS, TASK
from backend.processes.order import keys
from tests.backend.conflicts.versions import ANCESTOR, content

BASE = content(ANCESTOR)
ULIDS = [f"01ARZ3NDEKTSV4RRFFQ69G5F{number:02d}" for number in range(8)]
DAY = st.sampled_from(["2026-12-01", "2026-12-24", None])
EFFORT = st.one_of(st.none(), st.integers(0, 5))

MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "after": st.lists(st.sampled_from(ULIDS), unique=True),
    "teams": st.lists(st.sampled_from(["office", "citizens", "company"]), unique=True),
    "order": st.sampled_from(["Zz", *keys(4)]),
    "disabled": st.booleans(),
    "status": st.sampled_from(["awaiting", "in_progress", "finished"]),
    "start": DAY,
    "due": DAY,
    "management": EFFORT,
    "development": EFFORT,
    "exploitation": EFFORT,
}
CHANGES = st.fixed_dictionaries({}, optional=MEMBERS)


def together(one: dict[str, Any], other: dict[str, Any]) -> Merged | Hard:
    versions = [Version("2-b", {**BASE, **one}), Version("2-a", {**BASE, **other})]
    turned = merge(TASK, BASE, versions[::-1])
    assert merge(TASK, BASE, versions) == turned, "the order of arrival decides nothing"
    return turned


@given(CHANGES, CHANGES)
def test_nobody_has_to_choose_about_days_teams_places_or_prerequisites(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert isinstance(together(one, other), Merged)


@given(CHANGES, CHANGES)
def test_what_only_one_of_them_changed_stands(one: dict[str, Any], other: dict[str, Any]) -> None:
    found = together(one, other)
    assert isinstance(found, Merged)
    for name in MEMBERS.keys() - other.keys():
        assert found.content.get(name) == {**BASE, **one}.get(name)


@given(MEMBERS["after"], MEMBERS["after"], MEMBERS["after"])
def test_every_prerequisite_that_was_added_is_there_and_every_one_taken_away_is_not(
    before: list[str], one: list[str], other: list[str]
) -> None:
    base = {**BASE, "after": before}
    versions = [Version("2-b", {**base, "after": one}), Version("2-a", {**base, "after": other})]
    found = merge(TASK, base, versions)
    assert isinstance(found, Merged)
    kept = set(before) & set(one) & set(other)
    assert set(found.content["after"]) == kept | (set(one) - set(before)) | (set(other) - set(before))
    assert len(found.content["after"]) == len(set(found.content["after"]))


def test_more_prerequisites_than_a_task_may_have_are_left_to_people() -> None:
    many = [f"01ARZ3NDEKTSV4RRFFQ6{number:06d}" for number in range(202)]
    assert isinstance(together({"after": many[:150]}, {"after": many[150:]}), Hard) is True
    assert isinstance(together({"after": many[:100]}, {"after": many[100:200]}), Merged)


def test_a_task_moved_to_two_places_is_left_to_people() -> None:
    assert together({"parent": ULIDS[0]}, {"parent": ULIDS[1]}) == Hard(("parent",))


def test_who_works_for_whom_is_never_decided_by_a_digest() -> None:
    base = {
        "type": "process",
        "v": 1,
        "lang": "en",
        "author": "m",
        "by": "m",
        "device": "d",
        "at": "2026-11-22T12:00:00Z",
    }
    base |= {"name": {"en": "A bridge"}, "languages": ["en"]}
    versions = [Version(f"2-{kind}", {**base, "governance": {"kind": kind, "answers": {}}}) for kind in ("C2C", "G+G")]
    assert merge(PROCESS, base, versions) == Hard(("governance",))
    both = [Version("2-a", {**base, "archived": True}), Version("2-b", {**base, "tags": ["bridge"]})]
    found = merge(PROCESS, base, both)
    assert isinstance(found, Merged)
    assert (found.content["archived"], found.content["tags"]) == (True, ["bridge"])
