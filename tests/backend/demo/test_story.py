"""The stories are told whole: four languages, each its own, in the voice of the house."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from backend.catalogue.domain.importer.picture import look_at
from backend.demo.pictures import HEIGHT, PICTURES, WIDTH
from backend.demo.story import Story, the_stories
from backend.kit.languages import LANGUAGES

TELLTALE = {
    "en": r"\b(the|and|is|of|for|people|counter|we|a|in)\b",
    "it": r"\b(il|la|le|lo|che|di|gli|un|per|una|nei|si|con|non|ma|dai|dal|fra|al|alla)\b",
    "lv": r"[āčēģīķļņšūž]|\b(uz|un|ir|no)\b",
    "es": r"\b(el|la|los|las|que|de|en|un|una|y|mi|lo|es|a)\b",
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


each_story = pytest.mark.parametrize("story", the_stories(), ids=[one.process.name["en"] for one in the_stories()])


@each_story
def test_every_text_of_the_process_is_there_in_four_languages_and_each_is_its_own(story: Story):
    found = list(texts(msgspec.to_builtins(story)))
    assert len(found) >= 8
    for text in found:
        assert set(text) == set(LANGUAGES)
        assert len(set(text.values())) == len(LANGUAGES), text


@each_story
def test_a_text_is_in_the_language_it_claims(story: Story):
    for text in texts(msgspec.to_builtins(story)):
        for language, one in text.items():
            if len(one) > 30:
                assert re.search(TELLTALE[language], one.lower()), (language, one)
    for said in [*story.contributions, *(one for one in story.ratings if one.text)]:
        assert re.search(TELLTALE[said.lang], said.text.lower()), said
    for made in story.made:
        words = [made.text, *(one.text for one in made.items)]
        assert re.search(TELLTALE[made.lang], " ".join(words).lower()), made


@each_story
def test_nobody_shouts(story: Story):
    assert "!" not in str(msgspec.to_builtins(story))


@each_story
def test_who_and_what_the_story_names_is_there(story: Story):
    people = {one.key for one in story.people}
    teams = {one.key for one in story.teams}
    said = [one for one in (*story.contributions, story.refused, story.draft) if one]
    conflict: set[str] = {story.conflict.task} if story.conflict else set()
    assert story.founder in people
    assert {one for team in story.teams for one in team.people} == people
    assert {one.by for one in (*said, *story.made, *story.ratings)} <= people
    assert {one.task for one in (*said, *story.made)} | conflict <= set(story.tasks)
    assert {one for task in story.tasks.values() for one in task.teams} <= teams
    assert {one for team in story.teams for one in team.reads_only} <= set(story.tasks)
    assert {one.reply_to for one in said if one.reply_to} <= {one.key for one in said}


@each_story
def test_six_people_in_three_teams_say_twenty_things_over_weeks(story: Story):
    assert (len(story.people), len(story.teams), len(story.contributions)) == (6, 3, 20)
    assert {one.by for one in story.contributions} == {one.key for one in story.people}
    days = {one.days for one in story.contributions}
    assert max(days) - min(days) > 40
    keys = [one.key for one in story.contributions]
    assert len(set(keys)) == len(keys)
    by_key = {one.key: one for one in story.contributions}
    for one in story.contributions:
        if one.reply_to:
            asked = by_key[one.reply_to]
            assert one.task == asked.task
            assert (-asked.days, asked.time) < (-one.days, one.time)


def test_the_people_of_two_stories_are_others():
    names = [one.key for story in the_stories() for one in story.people]
    assert len(set(names)) == len(names)


def test_each_drawing_is_shown_somewhere():
    assert {one.picture for story in the_stories() for one in story.contributions if one.picture} == set(PICTURES)


def test_the_drawings_are_small_pictures():
    for draw in PICTURES.values():
        assert look_at(draw()) == ("image/png", WIDTH, HEIGHT)
        assert len(draw()) < 10_000
        assert draw() == draw()
