"""A public process is read by whoever has its address: in their language, before any script, and then in the app."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS
from tests.journeys.stage.screens import screens_of
from tests.journeys.stage.words import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shared_address_is_read_at_once_and_the_app_takes_over(language, a_person, server):
    path = f"/public/{screens_of(server).process}?lang={language}"
    written = httpx.get(f"{server.address}{path}").raise_for_status().text
    assert f'<html lang="{language}"' in written
    assert f"<title>{PROCESS[language]} · Interlink</title>" in written

    stranger = a_person("stranger", language="en" if language != "en" else "lv")
    stranger.language = language
    stranger.opens(path)
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text(PROCESS[language])
    expect(stranger.page.get_by_role("banner")).to_be_visible()
    expect(stranger.page.locator("#first")).to_have_count(0)
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text(PROCESS[language])
    assert stranger.page.locator("html").get_attribute("lang") == language
    stranger.phone.picture("public", whole=True)
    stranger.opens(f"/public?lang={language}")
    assert stranger.opens_first_in_list()
    assert stranger.phone.context.cookies() == [], "reading needs no cookie"


def test_what_is_not_public_looks_like_nothing(a_person):
    stranger = a_person("stranger")
    stranger.phone.watch.expects("404.*/public/")  # the answer for an address where nothing is public
    stranger.opens("/public/01m7zyg1nmjdfwmxq17zxq5370")
    expect(stranger.page.get_by_text(stranger.says("process_missing"))).to_be_visible()
