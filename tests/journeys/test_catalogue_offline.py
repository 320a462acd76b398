"""The catalogue without a network: found by a word without its accents, filtered, rated, used in a task, added to."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import ARRIVES, STATES, Person

AGREEMENT = "Partnerības līgums"
SECRECY = "Neizpaušanas līgums"
WORDS = "Der arī mazam ciemam."
VISIT = "Visit with five questions"
PATTERN = "Viena lete, kā mēs to darījām"


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


def test_a_process_saved_as_a_pattern_without_a_network_is_there_for_everybody_to_begin_with(a_person, anna):
    janis = a_person("janis", language="lv")
    janis.signs_in()
    janis.opens("/catalogue")
    janis.waits_until_synced()
    janis.phone.goes_offline()
    janis.page.get_by_text(janis.says("give_your_own")).click()
    janis.follows(re.compile(re.escape(PROCESS["lv"])))
    janis.presses("give_schema")
    expect(janis.page.get_by_text("English, Español, Italiano, Latviešu")).to_be_visible()
    janis.phone.picture("goes-along", whole=True)
    name = janis.page.get_by_role("group", name=janis.says("give_name")).get_by_label("Latviešu", exact=True)
    name.fill(PATTERN)
    janis.presses("give_save_draft")
    draft = janis.page.get_by_role("article").filter(has_text=PATTERN)
    expect(draft.get_by_text(janis.says(*STATES["waiting"]))).to_be_visible()

    draft.get_by_role("button", name=janis.says("give_publish")).click()
    sheet = janis.page.get_by_role("dialog")
    sheet.get_by_label(janis.says("quality_owner")).fill("Madonas novads")
    janis.phone.picture("quality", whole=True)
    sheet.get_by_role("button", name=janis.says("give_to_everybody")).click()
    expect(draft.get_by_text(janis.says("give_published"))).to_be_visible()
    janis.phone.comes_online()
    janis.waits_until_synced()

    anna.signs_in(keeps_app=False)
    anna.opens("/processes/new")
    expect(anna.page.get_by_role("radio", name=re.compile(PATTERN))).to_be_visible(timeout=ARRIVES)
    anna.phone.picture("begins-with-it", whole=True)
