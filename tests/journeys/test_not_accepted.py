"""What the server refused is shown to its author with the reason, and can be mended, kept or given up."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.stage.demo import REFUSED
from tests.journeys.stage.person import ARRIVES, Person


def refused(person: Person) -> Locator:
    """What was not accepted of this person's work, on the screen of what is not there yet."""
    person.looks_what_waits()
    return person.page.get_by_role("main").get_by_role("article")


def test_ilze_sees_what_was_not_accepted_and_why(ilze):
    ilze.signs_in(keeps_app=False)
    article = refused(ilze)
    expect(article).to_contain_text(REFUSED, timeout=ARRIVES)
    expect(article.get_by_text(re.compile("^Why: .{20,}"))).to_be_visible()
    ilze.phone.picture("not-accepted", whole=True)


def test_ilze_gives_up_what_was_not_accepted_only_after_a_second_thought_and_for_good(ilze):
    ilze.signs_in()
    article = refused(ilze)
    article.get_by_role("button", name=ilze.says("discard")).click()
    ilze.page.get_by_role("dialog").get_by_role("button", name=ilze.says("keep_it")).click()
    expect(article).to_be_visible()
    article.get_by_role("button", name=ilze.says("discard")).click()
    ilze.page.get_by_role("dialog").get_by_role("button", name=ilze.says("discard_for_good")).click()
    expect(article).to_have_count(0)
    ilze.waits_until_synced()
    ilze.phone.closes_browser()
    ilze.opens("/waiting")
    expect(ilze.page.get_by_text(ilze.says("nothing_stuck"))).to_be_visible()
