"""Our own catalogue: good by itself, complete in four languages, in the voice of the house."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from backend.catalogue.actions import Counts
from backend.catalogue.content import OWN_CONTENT
from backend.kit.languages import LANGUAGES
from tests.backend.catalogue.commons import Commons

PLURAL_BY_BRACKETS = re.compile(r"\w\((?:s|es|en|i|e|as|os|us|is)\)")


@pytest.fixture
async def documents(commons: Commons) -> list[dict[str, Any]]:
    await commons.take(OWN_CONTENT)
    return list((await commons.documents()).values())


def texts(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every map of languages in a document, with its place."""
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
        yield place, value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one, f"{place}.{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from texts(one, f"{place}[{number}]")


def all_texts(documents: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [found for document in documents for found in texts(document, document["_id"])]


async def test_a_demo_without_the_real_catalogue_has_one_schema_and_enough_to_choose_from(commons: Commons):
    assert await commons.take(OWN_CONTENT) == Counts(
        schemas=1,
        phases=4,
        objectives=9,
        tasks=21,
        interlinkers=13,
        profiles=8,
        pictures=0,
        pictures_left_out=0,
        written=22,
    )


def test_every_text_is_there_in_four_languages(documents: list[dict[str, Any]]):
    found = all_texts(documents)
    assert len(found) > 130
    incomplete = {place: sorted(text) for place, text in found if set(text) != set(LANGUAGES)}
    assert incomplete == {}


def test_no_translation_is_a_copy(documents: list[dict[str, Any]]):
    copies = [
        (place, text)
        for place, text in all_texts(documents)
        if not place.endswith("tags") and len({str(one).casefold() for one in text.values()}) < len(LANGUAGES)
    ]
    assert copies == []


def test_translations_are_about_as_long_as_their_originals(documents: list[dict[str, Any]]):
    odd = [
        (place, language)
        for place, text in all_texts(documents)
        if isinstance(text["en"], str) and len(text["en"]) > 60
        for language, one in text.items()
        if not 0.6 < len(one) / len(text["en"]) < 1.7
    ]
    assert odd == []


def test_instructions_have_the_same_headings_and_steps_in_each_language(documents: list[dict[str, Any]]):
    for document in documents:
        if document["type"] == "interlinker":
            shapes = {
                language: re.findall(r"^(#+|\d+\.|-|\*\*\d+)", text, re.MULTILINE)
                for language, text in document["instructions"].items()
            }
            assert all(shape == shapes["en"] for shape in shapes.values()), document["_id"]


def test_each_building_block_brings_something_ready_that_has_the_same_parts_in_each_language(
    documents: list[dict[str, Any]],
):
    for document in documents:
        if document["type"] == "interlinker":
            template = document["template"]
            shapes = {
                language: re.findall(r"^(#+|\d+\.|-|\*\*)", text, re.MULTILINE)
                for language, text in template["text"].items()
            }
            assert all(shape == shapes["en"] for shape in shapes.values()), document["_id"]
            if template["kind"] == "checklist":
                assert set(shapes["en"]) == {"-"}, document["_id"]


def test_the_agreements_that_the_original_lacks_are_ready_to_be_filled_in(documents: list[dict[str, Any]]):
    ready = {one["_id"].split(":")[2]: one["template"]["kind"] for one in documents if one["type"] == "interlinker"}
    assert len(ready) >= 12
    for one in ("partnership-agreement", "non-disclosure-agreement", "data-management-plan"):
        assert ready[one] == "page"


def test_nobody_shouts_and_no_plural_stands_in_brackets(documents: list[dict[str, Any]]):
    for place, text in all_texts(documents):
        for one in text.values():
            assert "!" not in str(one), place
            assert not PLURAL_BY_BRACKETS.search(str(one)), place


def test_each_task_finds_a_building_block_and_each_block_a_task(documents: list[dict[str, Any]]):
    answered = {profile for one in documents if one["type"] == "interlinker" for profile in one["profiles"]}
    schema = next(one for one in documents if one["type"] == "schema")
    asked = {
        profile
        for phase in schema["phases"]
        for objective in phase["objectives"]
        for task in objective["tasks"]
        for profile in task["profiles"]
    }
    assert asked <= answered
    assert asked == {one["_id"].split(":")[2] for one in documents if one["type"] == "problem-profile"}
