"""Each screen speaks one language at a time: the person's."""

import pytest
from playwright.sync_api import expect

from tests.journeys.stage import seeing
from tests.journeys.stage.demo import PROCESS, SPANISH, TASK
from tests.journeys.stage.screens import screens_of
from tests.journeys.stage.words import LANGUAGES, foreign_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_keeps_words_of_another_language(language, a_person, server):
    screens, left = screens_of(server), {}
    ilze = a_person("ilze", language=language)
    ilze.phone.opens_browser()
    seeing.opens_eyes(ilze.phone.context)
    ilze.opens("/")
    ilze.chooses_language(language)
    for signed_in, paths in ((False, screens.of_a_stranger()), (True, screens.of_a_member())):
        if signed_in:
            ilze.forgets_invitation()
            ilze.signs_in()
        for name, path in paths.items():
            ilze.opens(path)
            ilze.waits_until_settled()
            assert ilze.page.locator("html").get_attribute("lang") == language, name
            left[name] = foreign_words(seeing.own_words(ilze.page), language)
    assert {name: words for name, words in left.items() if words} == {}


def test_a_language_chosen_once_stays_chosen(a_person):
    stranger = a_person("stranger", language="en")
    stranger.opens("/")
    stranger.chooses_language("lv")
    assert stranger.page.locator("html").get_attribute("lang") == "lv"
    stranger.phone.closes_browser()
    stranger.opens("/catalogue")
    assert stranger.page.locator("html").get_attribute("lang") == "lv"


def test_words_in_another_language_say_so_to_eyes_and_to_ears(a_person):
    ilze = a_person("ilze")
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    words = ilze.contribution(SPANISH)
    expect(words.get_by_text("Español")).to_be_visible()
    assert words.get_by_text(SPANISH).get_attribute("lang") == "es"
