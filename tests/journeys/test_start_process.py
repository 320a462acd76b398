"""Anna begins something of her own: from a schema of the catalogue to a tree on her phone."""

import re

from playwright.sync_api import expect

from tests.journeys.stage.demo import PHASES, SCHEMA, TASKS
from tests.journeys.stage.person import ARRIVES, Person

NAME = "A playground that everybody can use"


def sees_whole_tree(person: Person) -> None:
    person.turns_to("guide")
    for phase in PHASES[person.language]:
        expect(person.page.get_by_role("heading", level=3, name=phase)).to_be_visible(timeout=ARRIVES)
    person.unfolds_phases()
    expect(person.page.get_by_role("heading", level=5)).to_have_count(TASKS, timeout=ARRIVES)


def test_a_process_started_from_a_schema_has_its_whole_tree_and_stays_without_a_network(anna):
    anna.signs_in()
    anna.opens("/processes/new")
    anna.field("process_name").fill(NAME)
    anna.page.get_by_role("radio", name=re.compile(anna.reads(SCHEMA))).check()
    anna.presses("start_it")
    expect(anna.page.get_by_role("heading", level=1, name=NAME)).to_be_visible(timeout=ARRIVES)
    sees_whole_tree(anna)
    anna.phone.picture("started", whole=True)

    anna.waits_until_synced()
    anna.phone.goes_offline()
    anna.phone.closes_browser()
    anna.opens_process(NAME)
    sees_whole_tree(anna)


def test_a_process_without_a_name_is_asked_for_one_and_nothing_typed_is_lost(anna):
    anna.signs_in()
    anna.opens("/processes/new")
    anna.page.get_by_role("radio", name=re.compile(anna.reads(SCHEMA))).check()
    anna.presses("start_it")
    expect(anna.page.get_by_role("alert")).to_have_text(anna.says("process_name_missing"))
    expect(anna.field("process_name")).to_be_focused()
    expect(anna.page.get_by_role("radio", name=re.compile(anna.reads(SCHEMA)))).to_be_checked()
