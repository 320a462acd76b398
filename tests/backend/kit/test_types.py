"""A declaration says everything about a type of document, and old documents are read through it."""

from typing import Any

import pytest

from backend.kit.spaces import SpaceKind
from backend.kit.types import (
    DocumentType,
    DocumentTypes,
    Envelope,
    Erasure,
    Ground,
    InvalidDocumentError,
    Member,
    Merge,
    Partition,
    UnknownVersionError,
    Who,
)

OLD = {
    "_id": "all:bench:1",
    "type": "bench",
    "v": 1,
    "lang": "lv",
    "author": "m",
    "by": "m",
    "device": "d",
    "at": "2026-11-21T20:00:00Z",
    "colour": "green",
    "plaque": "In memory of rain",
}


class Bench(Envelope, kw_only=True):
    paint: str


def a_type(**changed: Any) -> DocumentType[Bench]:
    members = {
        "name": "bench",
        "purpose": "Benches of the village.",
        "struct": Bench,
        "spaces": frozenset({SpaceKind.PROCESS}),
        "partition": Partition.ALL,
        "create": frozenset({Who.MEMBER}),
        "edit": frozenset({Who.AUTHOR}),
        "delete": frozenset({Who.AUTHOR}),
        "members": {"paint": Member(Merge.LATEST)},
        "ground": Ground.PUBLIC_TASK,
        "retention_days": None,
        "erasure": Erasure.DISOWN,
        "export": True,
        "upcasts": (lambda old: {**old, "paint": old.pop("colour")},),
    }
    return DocumentType(**(members | changed))


def test_an_older_document_is_read_as_the_newest_version_and_keeps_what_we_do_not_know():
    current = a_type().current(OLD)

    assert (current["v"], current["paint"], current["plaque"]) == (2, "green", "In memory of rain")
    assert a_type().read(OLD).paint == "green"


def test_reading_an_older_document_does_not_change_the_stored_one():
    before = dict(OLD)
    a_type().current(OLD)

    assert before == OLD


@pytest.mark.parametrize("version", [0, 3, None, True, "1"])
def test_a_version_we_do_not_know_is_not_guessed_at(version):
    with pytest.raises(UnknownVersionError):
        a_type().current(OLD | {"v": version})


def test_a_document_of_another_form_is_refused_with_the_place():
    with pytest.raises(InvalidDocumentError, match=r"\$\.colour|\$\.paint"):
        a_type().read(OLD | {"colour": 3})


def test_a_member_that_nobody_declared_is_found_when_the_program_starts():
    with pytest.raises(TypeError, match="paint"):
        a_type(members={})


def test_one_name_is_one_type():
    with pytest.raises(TypeError, match="bench"):
        DocumentTypes([a_type(), a_type()])
