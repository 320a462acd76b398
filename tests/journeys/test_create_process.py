"""Anna begins something of her own on her phone, in Latvian: typed without a network, founded, described, put away."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.stage.demo import PHASES, SCHEMA, TASKS
from tests.journeys.stage.parts import sheet
from tests.journeys.stage.person import ARRIVES, Person
from tests.journeys.stage.words import word

NAME = "Rotaļu laukums visiem"
AIM = "Lai te var spēlēties katrs bērns."
KIND = "governance_c2g"
ANSWERS = ("governance_begins_citizens", "governance_works_helped", "governance_answers_administration")


def schema(person: Person) -> Locator:
    return person.page.get_by_role("radio", name=re.compile(re.escape(person.reads(SCHEMA))))


def sees_whole_tree(person: Person) -> None:
    person.turns_to("guide")
    for phase in PHASES[person.language]:
        expect(person.page.get_by_role("heading", level=3, name=phase)).to_be_visible(timeout=ARRIVES)
    person.unfolds_phases()
    expect(person.page.get_by_role("heading", level=5)).to_have_count(TASKS, timeout=ARRIVES)


def begins_without_a_network(person: Person) -> None:
    """Types what she has in mind, learns that founding needs a network, and puts the phone away."""
    person.phone.goes_offline()
    person.field("process_name").fill(NAME)
    person.field("about_aim").fill(AIM)
    schema(person).check()
    expect(person.page.get_by_text(person.says("draft_kept"))).to_be_visible()
    expect(person.page.get_by_text(re.compile(word(person.language, "start_offline")))).to_be_visible(timeout=ARRIVES)
    person.presses("start_it")
    expect(person.page.get_by_role("alert")).to_have_text(person.says("start_unreachable"))
    person.phone.closes_browser()


def founds(person: Person) -> None:
    """Finds her words again from the list of what she began, and founds the process."""
    person.phone.comes_online()
    person.opens("/")
    person.follows(re.compile(re.escape(NAME)))
    expect(person.field("process_name")).to_have_value(NAME)
    expect(person.field("about_aim")).to_have_value(AIM)
    expect(schema(person)).to_be_checked()
    person.presses("start_it")
    expect(person.page.get_by_role("heading", level=1, name=NAME)).to_be_visible(timeout=ARRIVES)
    expect(person.page.get_by_text(AIM)).to_be_visible()


def test_what_was_typed_without_a_network_becomes_a_process_with_its_whole_tree(anna: Person):
    anna.signs_in()
    anna.opens("/processes/new")
    anna.presses("start_it")
    expect(anna.page.get_by_role("alert")).to_have_text(anna.says("process_name_missing"))
    expect(anna.field("process_name")).to_be_focused()
    begins_without_a_network(anna)
    founds(anna)
    sees_whole_tree(anna)
    anna.phone.picture("started", whole=True)

    anna.waits_until_synced()
    anna.phone.goes_offline()
    anna.phone.closes_browser()
    anna.opens_process(NAME)
    sees_whole_tree(anna)


def opens_about(person: Person) -> None:
    person.follows(person.says("about_title"))
    person.sees_title("about_title")


def answers_the_questionnaire(person: Person) -> None:
    person.follows(person.says("governance_find"))
    person.sees_title("governance_title")
    person.presses("save")
    expect(person.page.get_by_role("alert")).to_have_text(person.says("governance_missing"))
    for answer in ANSWERS:
        person.page.get_by_role("radio", name=word(person.language, answer), exact=True).last.check()
    chosen = person.page.get_by_role("radio", name=re.compile(re.escape(word(person.language, KIND))))
    expect(chosen).to_be_checked()
    person.phone.picture("questions", whole=True)
    person.presses("save")
    person.sees_title("about_title")
    expect(person.page.get_by_text(person.says(KIND))).to_be_visible()
    expect(person.page.get_by_text(re.compile(re.escape(word(person.language, ANSWERS[1]))))).to_be_visible()


def test_a_process_begun_empty_says_what_it_is_is_put_away_and_comes_back_all_without_a_network(anna: Person):
    anna.signs_in()
    anna.opens("/processes/new")
    anna.field("process_name").fill(NAME)
    anna.page.get_by_role("radio", name=anna.says("schema_none")).check()
    anna.presses("start_it")
    expect(anna.page.get_by_role("heading", level=1, name=NAME)).to_be_visible(timeout=ARRIVES)
    anna.waits_until_synced()
    anna.phone.goes_offline()

    opens_about(anna)
    answers_the_questionnaire(anna)
    anna.presses("about_publish")
    expect(sheet(anna)).to_contain_text(word(anna.language, "about_unseen_text"))
    anna.page.get_by_role("button", name=anna.says("about_stay_private")).click()
    anna.presses("about_archive")
    expect(anna.page.get_by_role("button", name=anna.says("about_bring_back"))).to_be_visible()
    anna.phone.picture("put-away", whole=True)

    anna.opens("/processes")
    card = anna.page.get_by_role("link", name=re.compile(re.escape(NAME)))
    expect(card).to_be_hidden()
    anna.page.get_by_text(anna.says("processes_archived")).click()
    card.click()
    opens_about(anna)
    anna.presses("about_bring_back")
    anna.opens("/processes")
    expect(card).to_be_visible()
    anna.sees_offline(waiting=1)
    anna.phone.comes_online()
    anna.waits_until_synced()
