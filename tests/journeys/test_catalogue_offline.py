"""The catalogue without a network: found by a word without its accents, filtered, rated, and used in a task."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import ARRIVES, STATES, Person

AGREEMENT = "Partnerības līgums"
SECRECY = "Neizpaušanas līgums"
WORDS = "Der arī mazam ciemam."
VISIT = "Visit with five questions"


def found(person: Person, name: str) -> Locator:
    return person.things_in_list().filter(has_text=name)


def opinions(person: Person) -> Locator:
    """What people say of the building block on the screen."""
    heading = person.page.get_by_role("heading", level=2, name=person.says("opinions_title"))
    return person.page.get_by_role("main").locator("section").filter(has=heading)


def test_a_building_block_is_found_filtered_and_rated_in_airplane_mode_and_others_see_what_was_said(anna, ilze):
    anna.signs_in()
    anna.opens("/catalogue")
    expect(found(anna, AGREEMENT)).to_be_visible(timeout=ARRIVES)
    anna.waits_until_synced()
    anna.phone.goes_offline()
    anna.phone.closes_browser()

    anna.opens("/catalogue")
    anna.page.get_by_role("searchbox").fill("ligums")
    expect(found(anna, AGREEMENT)).to_be_visible()
    expect(found(anna, SECRECY)).to_be_visible()
    expect(found(anna, "Vienkāršu vārdu pārbaude")).to_have_count(0)
    anna.presses("filters_more")
    anna.page.get_by_label(anna.says("filter_stars"), exact=True).select_option("4")
    expect(found(anna, SECRECY)).to_have_count(0)
    anna.phone.picture("found", whole=True)
    anna.page.reload()  # what was asked stands in the address
    expect(anna.page.get_by_role("searchbox")).to_have_value("ligums")
    expect(found(anna, SECRECY)).to_have_count(0)

    anna.follows(re.compile(AGREEMENT))
    expect(anna.page.get_by_role("heading", level=1, name=AGREEMENT)).to_be_visible()
    said = opinions(anna)
    said.get_by_role("button", name=anna.says("rate_change")).click()
    said.get_by_role("radio").nth(1).check(force=True)
    said.get_by_label(anna.says("rate_text")).fill(WORDS)
    said.get_by_role("button", name=anna.says("rate_save")).click()
    expect(said.get_by_text(anna.says(*STATES["waiting"]))).to_be_visible()
    anna.phone.picture("rated", whole=True)
    anna.phone.comes_online()
    expect(said.get_by_text(anna.says("state_received"))).to_be_visible(timeout=ARRIVES)

    ilze.opens("/catalogue/partnership-agreement")
    expect(opinions(ilze).get_by_role("listitem").filter(has_text=WORDS)).to_be_visible(timeout=ARRIVES)
    expect(opinions(ilze).get_by_text("3.7 of 5, from 3 people")).to_be_visible()


def test_a_building_block_recommended_in_a_task_becomes_a_page_there_without_a_network(ilze):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.waits_until_synced()
    ilze.phone.goes_offline()

    ilze.page.get_by_role("group").filter(has_text=VISIT).locator("summary").click()
    expect(ilze.page.get_by_text("We do not know what people need").first).to_be_visible()
    ilze.phone.picture("recommended", whole=True)
    ilze.follows(VISIT)
    expect(ilze.page.get_by_role("heading", level=1, name=VISIT)).to_be_visible()
    ilze.presses("block_use_here")
    ilze.page.get_by_role("dialog").get_by_role("button", name=ilze.says("make_it")).click()
    expect(ilze.page.get_by_role("heading", level=1, name=VISIT)).to_be_visible()
    expect(ilze.page.get_by_text("What I saw in 20 minutes").first).to_be_visible(timeout=ARRIVES)
    ilze.phone.picture("made", whole=True)
