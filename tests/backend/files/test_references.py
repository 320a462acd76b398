"""Which files a document names, and where they lie."""

import msgspec

from backend.conflicts.upkeep import KEPT as VERSIONS_KEPT
from backend.files.domain import KEPT
from backend.files.references import files_named

ONE, OTHER = "a" * 64, "b" * 64
ITEM, KEY = "01ARZ3NDEKTSV4RRFFQ69G5FA1", "01ARZ3NDEKTSV4RRFFQ69G5FA2"
PROCESS, PERSON = "process-01arz3ndektsv4rrffq69g5fav", "person-01arz3ndektsv4rrffq69g5faw"


def saying(**members: object) -> bytes:
    return msgspec.json.encode(members)


def photo(digest: str) -> dict[str, object]:
    return {"sha256": digest, "type": "image/jpeg", "size": 3, "name": "well.jpg"}


def test_a_document_names_the_files_of_its_own_place_in_whatever_member_they_stand() -> None:
    body = saying(files=[photo(ONE)], a_later_version={"has": {"also": photo(OTHER)}})
    named = files_named(PROCESS, f"{ITEM}:contribution:{KEY}", [body])
    assert named == {f"{PROCESS}/{ITEM}/{ONE}", f"{PROCESS}/{ITEM}/{OTHER}"}


def test_of_two_versions_each_names_its_files() -> None:
    named = files_named(PROCESS, f"{ITEM}:file:{KEY}", [saying(files=[photo(ONE)]), saying(files=[photo(OTHER)])])
    assert len(named) == 2


def test_words_are_no_names_of_files() -> None:
    assert files_named(PROCESS, f"{ITEM}:contribution:{KEY}", [saying(text=ONE), b""]) == frozenset()


def test_what_somebody_keeps_on_its_way_to_a_place_names_the_files_there_and_in_their_own_space() -> None:
    form, work = saying(form={"files": [photo(ONE)]}), saying(document={"files": [photo(ONE)]})
    both = {f"{PROCESS}/{ITEM}/{ONE}", f"{PERSON}/all/{ONE}"}
    assert files_named(PERSON, f"all:draft:{PROCESS}~{ITEM}", [form]) == both
    assert files_named(PERSON, f"all:draft:{PROCESS}~{ITEM}~file", [form]) == both
    assert files_named(PERSON, f"all:rescued:{PROCESS}~{ITEM}:contribution:{KEY}~1-{'c' * 32}", [work]) == both
    assert files_named(PERSON, f"all:handover:{PROCESS}~{ITEM}:contribution:{KEY}~1-{'c' * 32}", [work]) == both


def test_nobody_names_files_of_another_place_from_within_a_process() -> None:
    named = files_named(PROCESS, f"{ITEM}:need:{PERSON}~all", [saying(files=[photo(ONE)])])
    assert named == {f"{PROCESS}/{ITEM}/{ONE}"}


def test_an_id_that_is_none_names_nothing() -> None:
    for space, document in ((PROCESS, "note"), ("elsewhere", f"{ITEM}:file:{KEY}"), (PROCESS, "../..:file:1")):
        assert files_named(space, document, [saying(files=[photo(ONE)])]) == frozenset()


def test_a_file_stays_as_long_as_a_version_that_names_it_can_be_brought_back() -> None:
    assert KEPT >= VERSIONS_KEPT
