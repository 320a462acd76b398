"""Keys say what there may be only one of, and whose it is."""

import re

import pytest

from backend.kit.ids import new_owner_id, new_ulid
from backend.kit.keys import LONGEST, RANDOM, KeyRule

CLAIM = KeyRule("{ulid}-{author}")
SHIFT, ILZE, LIGA = new_ulid(), new_ulid(), new_ulid()


def fits(rule: KeyRule, key: str, *, owner: str = "garden", author: str | None = ILZE) -> bool:
    return rule.fits(key, owner=owner, author=author)


def test_a_random_key_is_a_ulid_and_nothing_else() -> None:
    assert fits(RANDOM, SHIFT)
    for other in (SHIFT.lower(), SHIFT[1:], SHIFT + "0", f"{SHIFT}\n", "", "first"):
        assert not fits(RANDOM, other)


def test_a_claim_bears_the_name_of_who_claims() -> None:
    assert fits(CLAIM, f"{SHIFT}-{ILZE}")
    assert not fits(CLAIM, f"{SHIFT}-{LIGA}"), "nobody claims for another"
    assert not fits(CLAIM, f"{SHIFT}-{ILZE}-{ILZE}")
    assert not fits(CLAIM, SHIFT)


def test_a_deletion_does_not_say_whose_it_is_but_keeps_the_form() -> None:
    assert fits(CLAIM, f"{SHIFT}-{LIGA}", author=None)
    assert not fits(CLAIM, SHIFT, author=None)


def test_there_is_one_document_for_the_owner_of_a_space() -> None:
    owner = new_owner_id()
    assert fits(KeyRule("{owner}"), owner, owner=owner)
    assert not fits(KeyRule("{owner}"), new_owner_id(), owner=owner)
    assert fits(KeyRule("{id}"), owner)


def test_signs_between_the_parts_mean_themselves() -> None:
    assert fits(KeyRule("{date}.{name}"), "2027-01-01.spring")
    assert not fits(KeyRule("{date}.{name}"), "2027-01-01-spring")


def test_no_key_is_longer_than_a_key_may_be() -> None:
    assert fits(KeyRule("{text}"), "x" * LONGEST)
    assert not fits(KeyRule("{text}"), "x" * (LONGEST + 1))


@pytest.mark.parametrize("pattern", ["{member}", "{ulid}-{ulid}"])
def test_a_slip_of_the_pen_in_a_declaration_is_found_when_the_program_starts(pattern: str) -> None:
    with pytest.raises((TypeError, re.error)):
        KeyRule(pattern)
