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
OTHER_TASK = "Draw the counter"


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


def renames(person: Person, name: str) -> None:
    does(person, "asset_rename")
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_label(person.says("asset_name")).fill(name)
    dialog.get_by_role("button", name=person.says("save")).click()


def copies_to_another_task(person: Person) -> None:
    """The copy stands where it was wanted; then back to the first."""
    address = person.page.url
    does(person, "asset_copy")
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_label(person.says("asset_name")).fill("For the other task")
    dialog.get_by_label(person.says("place_where")).select_option(label=f"– – {OTHER_TASK}")
    dialog.get_by_role("button", name=person.says("asset_copy")).click()
    sees_name(person, "For the other task")
    way_back = person.page.get_by_role("banner").get_by_role("link").first
    expect(way_back).to_have_text(OTHER_TASK)
    person.page.goto(address)
    sees_name(person, "Plan for Tuesday (copy)")


def prints(person: Person) -> None:
    """On paper stand the words, and nothing that could be pressed."""
    person.page.evaluate("window.print = () => { window.printed = true }")  # the browser's own window stops the story
    does(person, "asset_print")
    assert person.page.evaluate("window.printed")
    person.page.emulate_media(media="print")
    expect(person.page.get_by_text("Open at nine.")).to_be_visible()
    expect(person.page.get_by_role("button")).to_have_count(0)
    person.phone.picture("on-paper", whole=True)
    person.page.emulate_media(media="screen")


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
    janis.signs_in(keeps_app=False)
    janis.opens_task(PROCESS, TASK)
    expect(made_here(janis, LIST)).to_contain_text("1 of 2 done", timeout=ARRIVES)
    made_here(janis, PLAN).click()
    expect(janis.page.get_by_text("Open at nine.")).to_be_visible()
    janis.phone.picture("on-the-laptop", whole=True)
    assert saves(janis, "asset_save_as", tmp_path).startswith(f"# {PLAN}\n\nOpen at nine.")
    prints(janis)

    renames(janis, "Plan for Tuesday")
    sees_name(ilze, "Plan for Tuesday")
    does(janis, "asset_copy")
    janis.page.get_by_role("dialog").get_by_role("button", name=janis.says("asset_copy")).click()
    sees_name(janis, "Plan for Tuesday (copy)")
    copies_to_another_task(janis)
    goes_back(janis)
    made_here(janis, "Plan for Tuesday").click()
    does(janis, "asset_delete")  # he administers the process
    expect(ilze.page.get_by_text(ilze.says("asset_missing"))).to_be_visible(timeout=ARRIVES)
    goes_back(ilze)
    made_here(ilze, "Plan for Tuesday (copy)").click()
    ilze.page.get_by_text(ilze.says("asset_acts")).click()
    expect(ilze.page.get_by_role("button", name=ilze.says("asset_archive"))).to_be_visible()
    expect(ilze.page.get_by_role("button", name=ilze.says("asset_delete"))).to_have_count(0)  # it is not hers


QUESTION = "Monday or Tuesday?"
SAYS = "What do you think?"
ANSWERS = "Pirmdiena."
SHOWS = "Two people wait in front of a closed counter."


def begins(person: Person, kind: str) -> Locator:
    """The sheet in which something of this kind is made."""
    person.presses("make_something")
    sheet = person.page.get_by_role("dialog")
    sheet.get_by_role("button").filter(has=person.page.get_by_text(person.says(kind))).last.click()
    return sheet


def said(person: Person, text: str) -> Locator:
    """One comment or answer."""
    return person.page.get_by_role("article").filter(has_text=text)


def test_a_discussion_begun_offline_speaks_to_somebody_who_answers_and_is_settled(ilze, anna):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    sheet = begins(ilze, "discussion_title")
    sheet.get_by_label(ilze.says("asset_name")).fill(QUESTION)
    sheet.get_by_label(ilze.says("discussion_question")).fill(f"{QUESTION} We need two people.")
    sheet.get_by_role("button", name=ilze.says("make_it")).click()
    sees_name(ilze, QUESTION)

    field = ilze.page.get_by_role("textbox", name=ilze.says("talk_your_comment"))
    field.press_sequentially(f"{SAYS} @An")
    ilze.page.get_by_role("toolbar", name=ilze.says("talk_people")).get_by_role("button", name="@Anna").click()
    expect(field).to_have_value(f"{SAYS} @Anna ")
    ilze.phone.picture("speaks", whole=True)
    ilze.presses("talk_save_comment")
    mine = said(ilze, SAYS)
    expect(mine.get_by_text(ilze.says("state_waiting_network"))).to_be_visible()
    expect(mine.get_by_text("@Anna", exact=True)).to_be_visible()

    ilze.phone.comes_online()
    anna.signs_in(keeps_app=False)
    anna.opens_task(PROCESS, TASK)
    expect(made_here(anna, QUESTION)).to_be_visible(timeout=ARRIVES)
    made_here(anna, QUESTION).click()
    asked = said(anna, SAYS)
    asked.get_by_role("button", name=anna.says("talk_give_sign")).click()
    asked.get_by_role("group", name=anna.says("talk_signs")).get_by_text(anna.says("talk_sign_agree")).click()
    asked.get_by_role("button", name=anna.says("talk_answer")).click()
    anna.page.get_by_role("textbox", name=anna.says("talk_your_answer")).fill(ANSWERS)
    anna.presses("talk_save_answer")
    expect(said(anna, ANSWERS)).to_be_visible()
    anna.phone.picture("answers", whole=True)

    expect(said(ilze, ANSWERS)).to_be_visible(timeout=ARRIVES)
    signs = mine.get_by_role("group", name=ilze.says("talk_signs"))
    expect(signs.get_by_role("button", name=re.compile("I agree.*1 person"))).to_be_visible(timeout=ARRIVES)
    mine.get_by_role("button", name=ilze.says("talk_settle")).click()
    folded = ilze.page.get_by_role("group").filter(has_text=ilze.says("talk_settled_by"))
    expect(ilze.page.get_by_text(ilze.says("talk_settled"))).to_be_visible()
    expect(folded.get_by_role("article").first).to_be_hidden()
    ilze.phone.picture("settled", whole=True)


def test_a_photo_with_words_and_a_link_kept_offline_are_seen_by_others(ilze, anna, photo):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    sheet = begins(ilze, "file_title")
    with ilze.page.expect_file_chooser() as chooser:
        sheet.get_by_role("button", name=ilze.says("file_add")).click()
    chooser.value.set_files(photo)
    sheet.get_by_label(ilze.says("file_alt")).fill(SHOWS)
    ilze.phone.picture("describes")
    sheet.get_by_role("button", name=ilze.says("make_it")).click()
    sees_name(ilze, photo.stem)
    goes_back(ilze)

    sheet = begins(ilze, "link_title")
    sheet.get_by_label(ilze.says("asset_name")).fill("The library")
    sheet.get_by_label(ilze.says("link_address")).fill("javascript:alert(1)")
    sheet.get_by_role("button", name=ilze.says("make_it")).click()
    expect(sheet.get_by_role("alert")).to_have_text(ilze.says("link_wrong"))
    sheet.get_by_label(ilze.says("link_address")).fill("https://library.example.org/")
    sheet.get_by_role("button", name=ilze.says("make_it")).click()
    sees_name(ilze, "The library")
    leads = ilze.page.get_by_role("link", name=ilze.says("link_open"))
    expect(leads).to_have_attribute("href", "https://library.example.org/")
    ilze.phone.picture("link", whole=True)

    ilze.phone.comes_online()
    anna.signs_in(keeps_app=False)
    anna.opens_task(PROCESS, TASK)
    expect(made_here(anna, "The library")).to_be_visible(timeout=ARRIVES)
    made_here(anna, photo.stem).click()
    picture = anna.page.get_by_role("img", name=SHOWS)
    expect(picture).to_be_visible(timeout=ARRIVES)
    anna.page.wait_for_function("(img) => img.naturalWidth > 0", arg=picture.element_handle())
    anna.phone.picture("photo", whole=True)
