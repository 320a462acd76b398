"""The story is told whole: four languages, each its own, in the voice of the house."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from backend.catalogue.domain.importer.picture import look_at
from backend.demo.pictures import HEIGHT, PICTURES, WIDTH
from backend.demo.story import the_story
from backend.kit.languages import LANGUAGES

TELLTALE = {
    "en": r"\b(the|and|is|of|for|people|counter)\b",
    "it": r"\b(il|la|le|lo|che|di|gli|un|per|una|nei|si|con)\b",
    "lv": r"[āčēģīķļņšūž]",
    "es": r"\b(el|la|los|las|que|de|en|un|una|y)\b",
}
"""What nearly every sentence of a language holds."""


def texts(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def test_every_text_of_the_process_is_there_in_four_languages_and_each_is_its_own():
    found = list(texts(msgspec.to_builtins(the_story())))
    assert len(found) > 10
    for text in found:
        assert set(text) == set(LANGUAGES)
        assert len(set(text.values())) == len(LANGUAGES), text


def test_a_text_is_in_the_language_it_claims():
    for text in texts(msgspec.to_builtins(the_story())):
        for language, one in text.items():
            if len(one) > 30:
                assert re.search(TELLTALE[language], one.lower()), (language, one)
    for said in the_story().contributions:
        assert re.search(TELLTALE[said.lang], said.text.lower()), said


def test_nobody_shouts():
    assert "!" not in str(msgspec.to_builtins(the_story()))


def test_who_and_what_the_story_names_is_there():
    story = the_story()
    people = {one.key for one in story.people}
    teams = {one.key for one in story.teams}
    said = [*story.contributions, story.refused, story.draft]
    assert story.founder in people
    assert {one for team in story.teams for one in team.people} == people
    assert {one.by for one in said} <= people
    assert {one.task for one in said} | {story.conflict.task} <= set(story.tasks)
    assert {one for task in story.tasks.values() for one in task.teams} <= teams
    assert {one for team in story.teams for one in team.reads_only} <= set(story.tasks)
    assert {one.picture for one in said if one.picture} == set(PICTURES)
    assert {one.reply_to for one in said if one.reply_to} <= {one.key for one in said}


def test_keys_of_contributions_are_their_own():
    keys = [one.key for one in the_story().contributions]
    assert len(set(keys)) == len(keys)


def test_the_drawings_are_small_pictures():
    for draw in PICTURES.values():
        assert look_at(draw()) == ("image/png", WIDTH, HEIGHT)
        assert len(draw()) < 10_000
        assert draw() == draw()
