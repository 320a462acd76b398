"""What people make in a task, on a phone without a network, is seen, changed, taken along and put away on a laptop."""

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.journeys.stage import seeing
from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import ARRIVES, STATES, Person
from tests.journeys.stage.phone import DESKTOP

PLAN = "Plan for Monday"
TEXT = "Open at nine.\nTwo people at the counter."
LIST = "What we carry"


def makes(person: Person, kind: str, name: str) -> None:
    """From the task: two taps to the kind, then its name."""
    person.presses("make_something")
    sheet = person.page.get_by_role("dialog")
    sheet.get_by_role("button").filter(has=person.page.get_by_text(person.says(kind))).last.click()
    sheet.get_by_label(person.says("asset_name")).fill(name)
    sheet.get_by_role("button", name=person.says("make_it")).click()
    sees_name(person, name)


def sees_name(person: Person, name: str) -> None:
    expect(person.page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible(timeout=ARRIVES)


def made_here(person: Person, name: str) -> Locator:
    """Its row among what was made in the task."""
    return (
        person.page.get_by_role("main")
        .get_by_role("link")
        .filter(has=person.page.get_by_role("heading", level=3, name=name, exact=True))
    )


def writes_page(person: Person, text: str) -> None:
    person.page.get_by_label(person.says("page_text"), exact=True).last.fill(text)


def goes_back(person: Person) -> None:
    person.page.get_by_role("banner").get_by_role("link").first.click()
    expect(person.page.get_by_role("heading", level=1, name=person.reads(TASK))).to_be_visible()


def does(person: Person, act: str) -> None:
    """One of the things one may do with the whole of it."""
    acts = person.page.get_by_text(person.says("asset_acts"))
    button = person.page.get_by_role("main").get_by_role("button", name=person.says(act)).first
    if not button.is_visible():
        acts.click()
    button.click()


def saves(person: Person, act: str, folder: Path) -> str:
    with person.page.expect_download() as download:
        does(person, act)
    kept = folder / download.value.suggested_filename
    download.value.save_as(kept)
    return kept.read_text()


def meets_no_barrier(person: Person) -> None:
    page = person.page
    assert [*seeing.violations(page), *seeing.sideways(page), *seeing.small_targets(page)] == []


def test_a_page_and_a_checklist_made_offline_are_seen_copied_saved_and_deleted_on_a_laptop(ilze, a_person, tmp_path):
    janis = a_person("janis", language="en", shape=DESKTOP)
    ilze.phone.opens_browser()
    seeing.opens_eyes(ilze.phone.context)
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()

    makes(ilze, "page_title", PLAN)
    writes_page(ilze, TEXT)
    ilze.phone.picture("writing", whole=True)
    meets_no_barrier(ilze)
    ilze.presses("save")
    expect(ilze.page.get_by_text("Two people at the counter.")).to_be_visible()
    goes_back(ilze)
    makes(ilze, "checklist_title", LIST)
    for thing in ("Chairs", "Coffee"):
        ilze.page.get_by_label(ilze.says("checklist_add"), exact=True).fill(thing)
        ilze.presses("checklist_add_it")
    ilze.page.get_by_role("checkbox", name="Chairs").check()
    expect(ilze.page.get_by_text("1 of 2 done")).to_be_visible()
    ilze.phone.picture("checklist", whole=True)
    meets_no_barrier(ilze)
    goes_back(ilze)
    for name in (PLAN, LIST):
        expect(made_here(ilze, name).get_by_text(ilze.says(*STATES["waiting"]))).to_be_visible()
    ilze.phone.picture("made-here", whole=True)
    ilze.looks_what_waits()
    ilze.follows(re.compile(PLAN))
    sees_name(ilze, PLAN)

    ilze.phone.comes_online()
    janis.signs_in()
    janis.opens_task(PROCESS, TASK)
    expect(made_here(janis, LIST)).to_contain_text("1 of 2 done", timeout=ARRIVES)
    made_here(janis, PLAN).click()
    expect(janis.page.get_by_text("Open at nine.")).to_be_visible()
    janis.phone.picture("on-the-laptop", whole=True)
    assert saves(janis, "asset_save_as", tmp_path).startswith(f"# {PLAN}\n\nOpen at nine.")

    does(janis, "asset_rename")
    janis.page.get_by_role("dialog").get_by_label(janis.says("asset_name")).fill("Plan for Tuesday")
    janis.page.get_by_role("dialog").get_by_role("button", name=janis.says("save")).click()
    sees_name(ilze, "Plan for Tuesday")
    does(janis, "asset_copy")
    janis.page.get_by_role("dialog").get_by_role("button", name=janis.says("asset_copy")).click()
    sees_name(janis, "Plan for Tuesday (copy)")
    goes_back(janis)
    made_here(janis, "Plan for Tuesday").click()
    does(janis, "asset_delete")  # he administers the process
    expect(ilze.page.get_by_text(ilze.says("asset_missing"))).to_be_visible(timeout=ARRIVES)
    goes_back(ilze)
    made_here(ilze, "Plan for Tuesday (copy)").click()
    ilze.page.get_by_text(ilze.says("asset_acts")).click()
    expect(ilze.page.get_by_role("button", name=ilze.says("asset_archive"))).to_be_visible()
    expect(ilze.page.get_by_role("button", name=ilze.says("asset_delete"))).to_have_count(0)  # it is not hers
