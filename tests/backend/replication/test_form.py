"""The gate alone: what has the form of its type."""

from dataclasses import replace
from typing import Any

import pytest

from backend.contributions.documents import CONTRIBUTION
from backend.kit.keys import KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentTypes
from backend.people.access import Standing
from sync.hooks import ACCEPT, Hold, Refuse
from tests.backend.replication.judged import ADMINISTRATOR, CONTRIBUTOR, ME, MINE, OTHER, TASK, a_task, verdict, word
from tests.backend.world import deleted, revised, written


@pytest.mark.parametrize(
    "identifier",
    ["all:recipe:x", "nocolons", "all:task", "_design/all", f"all:draft:{TASK}", f"all:schema:{TASK}"],
)
def test_what_nobody_declared_for_this_space_is_refused(identifier: str) -> None:
    assert word(verdict(ADMINISTRATOR, {**MINE, "_id": identifier})) == "undeclared"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": 5},
        {"text": "x" * 20_001},
        {"files": [{"sha256": "no", "type": "image/png", "size": 1, "name": "a"}]},
        {"v": 0},
        {"v": True},
        {"v": None},
        {"type": "task"},
        {"at": "yesterday"},
        {"_id": f"all:contribution:{OTHER}"},
        {"_id": f"{TASK}:contribution:first"},
        {"_id": f"admin:contribution:{OTHER}"},
    ],
    ids=str,
)
def test_what_does_not_have_the_form_of_its_type_is_refused_for_good(wrong: dict[str, Any]) -> None:
    assert word(verdict(CONTRIBUTOR, {**MINE, **wrong})) == "shape"


def test_the_reason_names_the_part_that_is_wrong_in_the_language_of_its_author() -> None:
    answer = verdict(CONTRIBUTOR, {**MINE, "text": 5}, language="lv")
    assert isinstance(answer, Refuse)
    assert "«text»" in answer.sentence
    assert answer.sentence.startswith("Interlink nevar")


def test_a_member_that_is_missing_is_named_too() -> None:
    answer = verdict(CONTRIBUTOR, {name: value for name, value in MINE.items() if name != "text"})
    assert isinstance(answer, Refuse)
    assert "“text”" in answer.sentence


def test_a_deletion_that_carries_words_is_refused() -> None:
    assert word(verdict(CONTRIBUTOR, {**deleted(MINE), "text": "still here"}, MINE)) == "shape"


def test_photos_do_not_ride_in_documents() -> None:
    photo = {"photo.jpg": {"content_type": "image/jpeg", "data": "AAAA"}}
    assert word(verdict(CONTRIBUTOR, {**MINE, "_attachments": photo})) == "shape"


def test_members_we_do_not_know_are_kept() -> None:
    assert verdict(CONTRIBUTOR, {**MINE, "mood": "glad"}) == ACCEPT


def test_a_newer_version_than_this_server_knows_waits_for_a_newer_server() -> None:
    assert verdict(CONTRIBUTOR, {**MINE, "v": 2, "text": ["another", "form"]}) == Hold("contribution v2")


def test_what_is_stored_in_a_newer_version_can_be_deleted_by_its_author() -> None:
    assert verdict(CONTRIBUTOR, deleted(MINE), {**MINE, "v": 2}) == ACCEPT


def test_what_is_stored_in_a_newer_version_is_not_overwritten_by_an_older_program() -> None:
    assert verdict(CONTRIBUTOR, revised(MINE), {**MINE, "v": 2}) == Hold("contribution v2")


@pytest.mark.parametrize("identifier", [f"admin:task:{TASK}", f"{TASK}:task:{TASK}", "all:task:first"])
def test_an_item_of_the_tree_lies_where_everybody_reads_it(identifier: str) -> None:
    assert word(verdict(ADMINISTRATOR, {**a_task(), "_id": identifier})) == "shape"


def test_a_process_holds_no_second_process() -> None:
    second = written(ME, "process", OTHER, name={"en": "Theirs"}, languages=["en"])
    assert word(verdict(ADMINISTRATOR, revised(second, public=True), second)) == "shape"


@pytest.mark.parametrize("key", ["process-x", "~y", "Process-x~y", ""])
def test_a_draft_says_in_its_key_what_it_is_for(key: str) -> None:
    draft = {**written(ME, "draft", text="I begin"), "_id": f"all:draft:{key}"}
    assert word(verdict(Standing(ME), draft, kind=SpaceKind.PERSON, owner=ME)) in ("shape", "undeclared")


def test_only_one_claims_in_their_own_name() -> None:
    """A type with a natural key: one document for each occurrence and member, made by that member alone."""
    claims = DocumentTypes([replace(CONTRIBUTION, key=KeyRule("{ulid}-{author}"))])
    for member, answer in ((ME, "accept"), (OTHER, "shape")):
        claim = written(ME, "contribution", f"{TASK}-{member}", partition=TASK, text="I come.")
        assert word(verdict(CONTRIBUTOR, claim, types=claims)) == answer
    assert word(verdict(CONTRIBUTOR, MINE, types=claims)) == "shape"


def test_a_key_is_not_longer_than_a_key() -> None:
    for length, answer in ((500, "accept"), (501, "shape")):
        draft = written(ME, "draft", "process-x~".ljust(length, "x"), text="I begin")
        assert word(verdict(Standing(ME), draft, kind=SpaceKind.PERSON, owner=ME)) == answer
