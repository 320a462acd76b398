"""What a person looks for is found by the beginning of a word, without its accents, without a network, in two taps."""

import re

from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import ARRIVES


def test_everything_on_the_phone_is_found_offline_and_more_on_the_server_with_a_network(ilze):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.contributes("The šķūnis behind the mill stands empty.")
    ilze.phone.goes_offline()
    ilze.page.get_by_role("banner").get_by_role("link", name=ilze.says("search")).click()
    words = ilze.page.get_by_role("searchbox")
    words.fill("skun mil")
    hit = ilze.page.get_by_role("main").get_by_role("link", name=re.compile("šķūnis"))
    expect(hit).to_be_visible()
    expect(ilze.page.get_by_text(ilze.says("search_offline"))).to_be_visible()
    ilze.phone.picture("found", whole=True)
    hit.click()
    ilze.sees_contribution("šķūnis")

    ilze.page.go_back()
    expect(words).to_have_value("skun mil")
    words.fill("nobody says this")
    expect(ilze.page.get_by_text(ilze.says("search_none"))).to_be_visible()
    ilze.phone.comes_online()
    server = ilze.page.get_by_role("button", name=ilze.says("search_server"))
    expect(server).to_be_visible(timeout=ARRIVES)
    server.click()
    expect(ilze.page.get_by_text(ilze.says("search_nothing_more"))).to_be_visible(timeout=ARRIVES)
