"""A language chosen once stays; words in another one say so. `test_accessible.py` looks for strays on every screen."""

from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS, SPANISH, TASK


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
    ilze.signs_in(keeps_app=False)
    ilze.opens_task(PROCESS, TASK)
    words = ilze.contribution(SPANISH)
    expect(words.get_by_text("Español")).to_be_visible()
    assert words.get_by_text(SPANISH).get_attribute("lang") == "es"
