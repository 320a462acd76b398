"""The gate alone: values in, a verdict out."""

import json
from typing import Any

import pytest

from backend.kit.ids import new_owner_id, new_ulid
from backend.kit.spaces import SpaceKind
from backend.people.access import STRANGER, Grant, Standing
from backend.processes.tree import Node
from backend.replication.gate import Sender, Surroundings, judge
from backend.replication.registry import TYPES
from sync.document import Document
from sync.hooks import ACCEPT, Hold, Refuse, Verdict
from sync.intake import read_document
from sync.limits import OPEN
from tests.backend.world import contribution, deleted, revised, written

PROCESS = "01m7zyg1nmjdfwmxq17zxq5379"
PHASE, OBJECTIVE, TASK, REMOVED, ME, OTHER = (f"01ARZ3NDEKTSV4RRFFQ69G5FA{letter}" for letter in "ABCDEF")
NODES = {
    PHASE: Node("phase", PROCESS),
    OBJECTIVE: Node("objective", PHASE),
    TASK: Node("task", OBJECTIVE),
    REMOVED: Node("task", OBJECTIVE, gone=True),
}


def someone(*, administrator: bool = False, create: bool = False, delete: bool = False, member: str = ME) -> Standing:
    grant = Grant("team", None, access=True, create=create, delete=delete)
    return Standing(member, administrator, frozenset({"team"}), (grant,))


READER = someone()
CONTRIBUTOR = someone(create=True)
MODERATOR = someone(delete=True)
ADMINISTRATOR = someone(administrator=True)


def verdict(
    standing: Standing,
    new: dict[str, Any],
    stored: dict[str, Any] | None = None,
    *,
    kind: SpaceKind = SpaceKind.PROCESS,
    owner: str = PROCESS,
    erased: frozenset[str] = frozenset(),
    language: str = "en",
) -> Verdict:
    sender = Sender(kind=kind, owner=owner, id=standing.member or "", standing=standing, language=language)
    around = Surroundings(TYPES, sender, NODES.get, erased.__contains__)
    return judge(around, as_document(new), as_document(stored) if stored else None)


def as_document(told: dict[str, Any]) -> Document:
    return read_document(json.dumps(told).encode(), OPEN)


def word(answer: Verdict) -> str:
    """What was answered, in one word: accept, hold, or the word of the refusal."""
    match answer:
        case Refuse(word=said):
            return said
        case Hold():
            return "hold"
        case _:
            return "accept"


def a_task(**members: Any) -> dict[str, Any]:
    return written(ME, "task", TASK, parent=OBJECTIVE, order="a0", name={"en": "Paint"}, **members)


MINE = contribution(ME, TASK)
THEIRS = contribution(OTHER, TASK)


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
        ({}, "edit", "accept"),
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
    new = deleted(written(ME, kind, "one"))
    assert word(verdict(ADMINISTRATOR, new, kind=SpaceKind.COMMONS, owner="")) == "create"


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


def test_what_is_stored_in_a_newer_version_is_not_overwritten_by_an_older_program() -> None:
    assert verdict(CONTRIBUTOR, revised(MINE), {**MINE, "v": 2}) == Hold("contribution v2")


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


@pytest.mark.parametrize("identifier", [f"admin:task:{TASK}", f"{TASK}:task:{TASK}", "all:task:first"])
def test_an_item_of_the_tree_lies_where_everybody_reads_it(identifier: str) -> None:
    assert word(verdict(ADMINISTRATOR, {**a_task(), "_id": identifier})) == "shape"


def test_a_process_holds_no_second_process() -> None:
    second = written(ME, "process", OTHER, name={"en": "Theirs"}, languages=["en"])
    assert word(verdict(ADMINISTRATOR, revised(second, public=True), second)) == "shape"


def test_a_persons_space_is_written_by_that_person_alone() -> None:
    draft = written(OTHER, "draft", "process-x~y", text="I begin")
    assert word(verdict(Standing(OTHER), draft, kind=SpaceKind.PERSON, owner=PROCESS)) == "create"


def test_a_persons_space_does_not_ask_who_signed() -> None:
    """A person is another member in each process, and what was rescued may be signed by any of them."""
    draft = written(ME, "draft", "process-x~y", text="I begin")
    assert word(verdict(Standing(OTHER), draft, kind=SpaceKind.PERSON, owner=OTHER)) == "accept"


def test_a_key_is_not_longer_than_a_key() -> None:
    for length, answer in ((500, "accept"), (501, "shape")):
        draft = written(ME, "draft", "x" * length, text="I begin")
        assert word(verdict(Standing(ME), draft, kind=SpaceKind.PERSON, owner=ME)) == answer


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
