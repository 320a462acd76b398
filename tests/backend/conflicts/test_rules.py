"""Each rule by examples: what two people changed becomes one, or is left to them."""

from typing import Any

import pytest

from backend.conflicts.domain.merge import Hard, Merged, Version, merge
from backend.contributions.documents import CONTRIBUTION
from backend.kit.types import DocumentType
from backend.processes.documents import TASK
from tests.backend.conflicts.versions import ANCESTOR, content
from tests.backend.world import contribution

BASE = content(ANCESTOR)


def merged(one: dict[str, Any], other: dict[str, Any], base: dict[str, Any] | None = BASE) -> dict[str, Any] | str:
    """What two versions become, the second one the greater; or the members that stand against it."""
    return of_type(TASK, {**BASE, **one}, {**BASE, **other}, base)


def of_type(
    declaration: DocumentType[Any], one: dict[str, Any], other: dict[str, Any], base: dict[str, Any] | None
) -> dict[str, Any] | str:
    match merge(declaration, base, [Version("2-a", one), Version("2-b", other)]):
        case Merged(content=found):
            return found
        case Hard(members=members):
            return " ".join(members)


@pytest.mark.parametrize(
    ("member", "one", "other", "becomes"),
    [
        ("status", "finished", "in_progress", "finished"),
        ("status", "awaiting", "in_progress", "in_progress"),
        ("name", {"en": "Walls", "it": "Dipingere"}, {"en": "Paint", "it": "Muri"}, {"en": "Walls", "it": "Muri"}),
        ("name", {"en": "Paint", "it": "Dipingere", "lv": "Krāsot"}, {"en": "Paint"}, {"en": "Paint", "lv": "Krāsot"}),
        ("description", {"en": "A"}, {"lv": "B"}, {"en": "A", "lv": "B"}),
        ("profiles", ["q", "r"], ["p", "q", "s"], ["q", "r", "s"]),
        ("profiles", [], ["p", "q"], []),
        ("profiles", ["q", "p"], ["p", "q"], ["q", "p"]),
        ("teams", ["b"], ["a"], ["a", "b"]),
        ("order", "a1", "a2", "a2"),
        ("due", "2027-01-01", "2027-02-02", "2027-02-02"),
        ("new_in_2030", 1, 1, 1),
    ],
)
def test_two_changes_become_one(member: str, one: Any, other: Any, becomes: Any) -> None:
    found = merged({member: one}, {member: other})
    assert isinstance(found, dict), found
    assert found[member] == becomes


@pytest.mark.parametrize(
    ("member", "one", "other"),
    [
        ("name", {"en": "Walls", "it": "Dipingere"}, {"en": "Doors", "it": "Dipingere"}),
        ("name", {"it": "Dipingere"}, {"en": "Doors", "it": "Dipingere"}),
        ("parent", "01ARZ3NDEKTSV4RRFFQ69G5FA0", "01ARZ3NDEKTSV4RRFFQ69G5FA1"),
        ("key", "one", "other"),
        ("new_in_2030", 1, True),
        ("status", "finished", "abandoned"),
        ("teams", ["a"], "all"),
    ],
)
def test_two_changes_are_left_to_people(member: str, one: Any, other: Any) -> None:
    assert merged({member: one}, {member: other}) == member


@pytest.mark.parametrize("member", [*TASK.members, "new_in_2030"])
def test_what_only_one_changed_stands_whatever_the_rule(member: str) -> None:
    changed: dict[str, Any] = {
        "name": {"en": "Only mine"},
        "description": {"lv": "Tikai mans"},
        "status": "finished",
        "parent": "01ARZ3NDEKTSV4RRFFQ69G5FA0",
        "after": ["01ARZ3NDEKTSV4RRFFQ69G5FA0"],
        "order": "a9",
        "disabled": True,
        "management": 1,
        "development": 2,
        "exploitation": 3,
        "key": "key",
        "start": "2027-01-01",
        "due": "2027-01-01",
        "profiles": ["p"],
        "teams": ["a"],
        "new_in_2030": {"deep": [1]},
    }
    for one, other in (({member: changed[member]}, {}), ({}, {member: changed[member]})):
        found = merged(one, other)
        assert isinstance(found, dict), found
        assert found[member] == changed[member]


def test_who_changed_what_is_said_of_one_version_whole() -> None:
    """Not the name of one person with the time of another."""
    one, other = {"by": "Ilze", "device": "i", "at": "2030-01-01T00:00:00Z"}, {"by": "Jānis", "device": "j"}
    found = merged({**one, "status": "finished"}, {**other, "order": "a9"})
    assert isinstance(found, dict)
    assert (found["by"], found["device"], found["at"]) == ("Jānis", "j", BASE["at"]), (
        "a clock that is ahead wins nothing"
    )


def test_without_the_ancestor_only_what_is_alike_merges() -> None:
    assert merged({"at": "2030-01-01T00:00:00Z"}, {}, None) == BASE
    assert merged({"status": "finished"}, {}, None) == "status"


def photo(digest: str, **more: Any) -> dict[str, Any]:
    return {"sha256": digest * 64, "type": "image/jpeg", "size": 1, "name": f"{digest}.jpg", **more}


def test_a_photo_that_two_described_is_there_once_and_one_that_was_removed_and_described_stays() -> None:
    before = content(contribution("m", "x", files=[photo("a"), photo("b")]))
    one = {**before, "files": [photo("a", alt="A gate"), photo("b", alt="A bench"), photo("c")]}
    other = {**before, "files": [photo("a", alt="A green gate")]}
    found = of_type(CONTRIBUTION, one, other, before)
    assert isinstance(found, dict)
    assert found["files"] == [photo("a", alt="A green gate"), photo("b", alt="A bench"), photo("c")]


def test_more_photos_than_one_contribution_may_have_are_left_to_people() -> None:
    before = content(contribution("m", "x", files=[]))
    one = {**before, "files": [photo(digest) for digest in "012345"]}
    other = {**before, "files": [photo(digest) for digest in "6789ab"]}
    assert of_type(CONTRIBUTION, one, other, before) == "files"


def test_two_texts_of_one_contribution_are_left_to_their_author() -> None:
    before = content(contribution("m", "x"))
    assert of_type(CONTRIBUTION, {**before, "text": "A"}, {**before, "text": "B"}, before) == "text"


def test_a_document_that_is_newer_than_this_server_is_left_alone() -> None:
    assert merged({"v": 2, "status": "finished"}, {"order": "a9"}) == "v"
