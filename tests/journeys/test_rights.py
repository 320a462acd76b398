"""Who may do what: seen as a table, changed with open eyes, and told to everybody whom it concerns, with the reason."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS, SPANISH, TASK, TEAMS
from tests.journeys.stage.office import an_office
from tests.journeys.stage.parts import (
    before_saving,
    cell,
    decides,
    more_about,
    opens_part,
    saves_rights,
    sets_cell,
    sheet,
)
from tests.journeys.stage.person import ARRIVES, Person
from tests.journeys.stage.phone import DESKTOP
from tests.makers import a_client

CITIZENS, OFFICE = TEAMS["citizens"], TEAMS["office"]
ITEM = TASK["en"]


@pytest.fixture
def janis(a_person) -> Person:
    """He administers the process, at a desk."""
    return a_person("janis", language="en", shape=DESKTOP)


@pytest.fixture
def marta(a_person) -> Person:
    """His colleague, at hers."""
    return a_person("marta", language="en", shape=DESKTOP)


def opens_rights(person: Person) -> None:
    opens_part(person, "rights", title="rights_title")


def test_a_task_closes_for_a_team_and_opens_again_and_each_phone_learns_it_with_the_reason(janis, ilze):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(SPANISH)
    janis.signs_in(keeps_app=False)
    opens_rights(janis)
    expect(cell(janis, CITIZENS, ITEM)).to_have_accessible_name(re.compile("see, add, comes from above"))

    sets_cell(janis, CITIZENS, ITEM, "right_nothing")
    expect(cell(janis, CITIZENS, ITEM)).to_have_accessible_name(re.compile("nothing, closed here"))
    told = before_saving(janis)
    expect(told).to_contain_text(f"«{ITEM}» closes for {CITIZENS}.")
    expect(told).to_contain_text("3 people lose 6 texts they can read now.", timeout=ARRIVES)
    expect(told).to_contain_text("Nobody gains.")
    janis.phone.picture("before-saving")
    saves_rights(janis)

    expect(ilze.page.get_by_text(SPANISH)).to_have_count(0, timeout=ARRIVES)
    expect(ilze.page.get_by_text(f"because «{ITEM}» is closed to your team: {CITIZENS}")).to_be_visible(timeout=ARRIVES)
    expect(ilze.composer).to_have_count(0)
    ilze.phone.picture("closed", whole=True)

    sets_cell(janis, CITIZENS, ITEM, "rights_as_above")
    expect(before_saving(janis)).to_contain_text("3 people can read 6 texts from now on.", timeout=ARRIVES)
    saves_rights(janis)
    ilze.sees_contribution(SPANISH)
    expect(ilze.composer).to_be_visible(timeout=ARRIVES)


def test_changes_are_collected_and_taken_back_one_by_one_before_anybody_is_touched(janis):
    janis.signs_in(keeps_app=False)
    opens_rights(janis)
    sets_cell(janis, CITIZENS, "Agree", "right_see")
    sets_cell(janis, OFFICE, ITEM, "right_nothing")
    expect(before_saving(janis).get_by_role("heading")).to_have_text(janis.says("rights_unsaved"))
    expect(before_saving(janis)).to_contain_text("2 changes, not saved yet")
    janis.presses("undo")
    expect(cell(janis, OFFICE, ITEM)).to_have_accessible_name(re.compile("comes from above"))
    expect(cell(janis, CITIZENS, "Agree")).to_have_accessible_name(re.compile(": see, set here"))

    opens_part_of_same_page(janis, "people")
    opens_part_of_same_page(janis, "rights")
    expect(before_saving(janis)).to_contain_text("1 change, not saved yet")
    janis.presses("undo")
    expect(before_saving(janis)).to_have_count(0)


def opens_part_of_same_page(person: Person, part: str) -> None:
    tabs = person.page.get_by_role("navigation", name=person.says("parts_of_process"))
    tabs.get_by_role("link", name=person.says(part)).click()


def test_the_table_is_walked_with_arrows_and_a_cell_is_set_without_a_mouse(janis):
    janis.signs_in(keeps_app=False)
    opens_rights(janis)
    keys = janis.page.keyboard
    cell(janis, OFFICE, "The whole process").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
        keys.press(key)
    expect(cell(janis, CITIZENS, "Agree")).to_be_focused()
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    expect(cell(janis, CITIZENS, "The whole process")).to_be_focused()
    keys.press("End")
    expect(cell(janis, TEAMS["company"], "The whole process")).to_be_focused()
    keys.press("Home")
    keys.press("ArrowRight")
    keys.press("ArrowDown")
    keys.press("Enter")
    choice = sheet(janis).get_by_role("button", name="see", exact=True)
    choice.focus()
    keys.press("Enter")
    expect(cell(janis, CITIZENS, "Agree")).to_have_accessible_name(re.compile(": see, set here"))
    expect(cell(janis, CITIZENS, "Agree")).to_be_focused()
    stops = janis.page.locator("[role=grid] button[tabindex='0']")
    expect(stops).to_have_count(1)


def test_two_who_change_rights_at_once_are_told_and_nothing_of_either_is_lost(janis, marta):
    janis.signs_in(keeps_app=False)
    opens_part(janis, "people", title="people")
    more_about(janis, "Marta")
    decides(janis, "administrator_make")
    expect(janis.page.get_by_role("dialog")).to_have_count(0)
    opens_rights(janis)
    sets_cell(janis, CITIZENS, "Agree", "right_see")

    marta.signs_in(keeps_app=False)
    opens_rights(marta)
    sets_cell(marta, TEAMS["company"], "Agree", "right_nothing")
    saves_rights(marta)

    janis.phone.watch.expects("status of 409.*/grants")  # the refusal is meant
    before_saving(janis).get_by_role("button", name=janis.says("rights_save_for")).click()
    expect(before_saving(janis).get_by_text(janis.says("rights_clash"))).to_be_visible(timeout=ARRIVES)
    expect(cell(janis, TEAMS["company"], "Agree")).to_have_accessible_name(re.compile("nothing, closed here"))
    expect(cell(janis, CITIZENS, "Agree")).to_have_accessible_name(re.compile(": see, set here"))
    saves_rights(janis)
    opens_rights(marta)
    expect(cell(marta, CITIZENS, "Agree")).to_have_accessible_name(re.compile(": see, set here"), timeout=ARRIVES)


def test_a_decision_is_told_that_work_waits_on_a_phone_that_has_been_silent(janis, server):
    with a_client(server, "ilze") as phone:
        space = next(
            one["name"] for one in phone.get("/api/v1/spaces").json()["spaces"] if one["name"].startswith("process-")
        )
        phone.patch("/api/v1/account", json={"sharesSync": True}).raise_for_status()
        waits = {"space": space, "waiting": 2, "lastSync": "2026-01-15T09:00:00Z"}
        phone.post("/api/v1/devices/here/report", json={"spaces": [waits]}).raise_for_status()
    janis.signs_in(keeps_app=False)
    opens_part(janis, "people", title="people")
    expect(
        janis.page.get_by_text(janis.says("phone_waiting")).or_(janis.page.get_by_text("2 things wait on their phones"))
    ).to_be_visible()
    opens_rights(janis)
    sets_cell(janis, CITIZENS, ITEM, "right_nothing")
    expect(before_saving(janis)).to_contain_text("1 of them has work waiting on a phone last seen", timeout=ARRIVES)
    janis.phone.picture("silent-phone")


def test_on_a_phone_rights_are_a_list_and_without_a_network_they_are_only_read(a_person):
    janis = a_person("janis", language="en")
    janis.signs_in()
    opens_rights(janis)
    janis.page.get_by_label(janis.says("team")).select_option(label=CITIZENS)
    row = janis.page.get_by_role("button", name=re.compile(f"^{re.escape(ITEM)}"))
    row.click()
    sheet(janis).get_by_role("button", name="see", exact=True).click()
    expect(row.get_by_text(janis.says("rights_set_here"))).to_be_visible()
    saves_rights(janis)
    janis.phone.picture("list", whole=True)

    janis.waits_until_synced()
    janis.phone.goes_offline()
    janis.opens(janis.phone.path)
    expect(janis.page.get_by_text(janis.says("rights_offline"))).to_be_visible(timeout=ARRIVES)
    janis.page.get_by_label(janis.says("team")).select_option(label=CITIZENS)
    row.click()
    expect(sheet(janis).get_by_text(janis.says("needs_network_to_change"))).to_be_visible()


def test_why_one_may_add_or_only_read_is_told_at_each_task_also_without_a_network(ilze):
    ilze.signs_in()
    ilze.phone.goes_offline()
    ilze.opens_task(PROCESS, TASK)
    ilze.page.get_by_text(ilze.says("why_may_i")).click()
    expect(ilze.page.get_by_text(f"because your team may add in the whole process: {CITIZENS}.")).to_be_visible()

    ilze.opens_task(PROCESS, "Decide what happens to data")
    words = f"because in «Decide what happens to data» your team may see, not add: {CITIZENS}."
    expect(ilze.page.get_by_text(words)).to_be_visible()


def test_who_does_not_administer_is_told_who_sets_rights_and_finds_no_dead_tab(ilze):
    ilze.signs_in(keeps_app=False)
    ilze.opens_process(PROCESS)
    tabs = ilze.page.get_by_role("navigation", name=ilze.says("parts_of_process"))
    expect(tabs.get_by_role("link", name=ilze.says("people"))).to_be_visible()
    expect(tabs.get_by_role("link", name=ilze.says("rights"))).to_have_count(0)
    ilze.opens(f"{ilze.phone.path}/rights")
    expect(ilze.page.get_by_text(ilze.says("rights_denied"))).to_be_visible()


def test_who_administers_reads_what_happened_to_whom_and_by_whom(janis, server):
    with an_office(server.address) as office:
        office.takes_from_team("Ilze")
    janis.signs_in(keeps_app=False)
    opens_part(janis, "people", title="people")
    janis.follows(janis.says("process_record"))
    janis.sees_title("process_record")
    line = janis.page.get_by_role("listitem").filter(has_text=re.compile(r": Ilze\b")).first
    expect(line).to_contain_text("Jānis")
    janis.phone.picture("record", whole=True)
