import pytest

from backend.kit.ids import is_ulid, new_ulid, split_id


def test_ids_sort_by_the_moment_they_were_made():
    assert new_ulid(1_000.0) < new_ulid(1_001.0)
    assert is_ulid(new_ulid())


@pytest.mark.parametrize("text", ["", "01M7ZWJ8", "01M7ZWJ835GHS644JAA8MD7CKI", "81M7ZWJ835GHS644JAA8MD7CKJ"])
def test_what_is_no_ulid_is_not_taken_for_one(text):
    assert not is_ulid(text)


def test_a_natural_key_may_hold_colons_of_its_own():
    assert split_id("all:rescued:process-1~a:b:c") == ("all", "rescued", "process-1~a:b:c")


@pytest.mark.parametrize("document_id", ["", "all", "all:task", "all::x", ":task:x", "all:task:"])
def test_an_id_with_a_part_missing_is_no_id(document_id):
    assert split_id(document_id) is None
