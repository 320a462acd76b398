"""A stranger opens the address: understands what this is and looks around, with no account and no trace."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.stage.words import LANGUAGES

WELCOME = {
    "en": "Public services, made together.",
    "it": "Servizi pubblici, fatti insieme.",
    "lv": "Publiskie pakalpojumi, veidoti kopā.",
    "es": "Servicios públicos, hechos entre todos.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_understands_and_looks_around_without_an_account(language, a_person):
    stranger = a_person("stranger", language=language)
    stranger.opens("/")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text(WELCOME[language])
    assert stranger.page.locator("html").get_attribute("lang") == language
    stranger.phone.picture("welcome")

    stranger.follows(stranger.says("welcome_look_around"))
    stranger.sees_title("dock_processes")
    process = stranger.opens_first_in_list()
    stranger.page.go_back()
    stranger.sees_title("dock_processes")
    stranger.goes_to("dock_catalogue", title="catalogue_title")
    block = stranger.opens_first_in_list()
    assert process != block

    assert stranger.phone.context.cookies() == [], "reading needs no cookie"


def test_a_screen_that_cannot_be_fetched_says_so_and_comes_when_asked_again(a_person):
    stranger = a_person("stranger", keeps_app=False)
    stranger.opens("/")
    stranger.phone.goes_offline()
    stranger.follows(stranger.says("welcome_look_around"))
    stranger.sees_title("unfetched")
    stranger.phone.picture("unfetched")
    stranger.phone.comes_online()
    stranger.presses("try_now")
    stranger.sees_title("dock_processes")
    expect(stranger.things_in_list().first).to_be_visible()


def test_a_stranger_finds_a_building_block_by_a_word_of_it(a_person):
    stranger = a_person("stranger")
    stranger.opens("/catalogue")
    everything = stranger.things_in_list()
    stranger.page.get_by_role("searchbox").fill("agreement")
    expect(everything.filter(has_text="greement").first).to_be_visible()
    expect(everything.filter(has_not_text="greement")).to_have_count(0)


def test_a_stranger_who_looked_around_reads_on_without_a_network(a_person):
    stranger = a_person("stranger")
    stranger.opens("/catalogue")
    block = stranger.opens_first_in_list()
    stranger.waits_until_kept()
    stranger.phone.goes_offline()
    stranger.phone.closes_browser()
    stranger.opens("/catalogue")
    stranger.follows(re.compile(re.escape(block)))
    expect(stranger.page.get_by_role("heading", level=1, name=block)).to_be_visible()
