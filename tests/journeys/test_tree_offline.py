"""Jānis, who administers the process, changes its guide without a network; then Anna's phone shows it all."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.stage.demo import PROCESS
from tests.journeys.stage.parts import sheet
from tests.journeys.stage.person import ARRIVES, Person
from tests.journeys.stage.words import messages

NEED, DRAW = "Zināt, kas cilvēkiem vajadzīgs", "Uzzīmēt pakalpojumu"
WAY, PLAIN, TABLE = (
    "Uzzīmējiet leti",
    "Uzrakstiet to vienkāršos vārdos",
    "Izmēģiniet to uz galda",
)
NEW = "Uzņemiet īsu video"
RENAMED = "Uzzīmējiet visu ceļu līdz letei"


def says(person: Person, key: str, **filled: str) -> str:
    """A message with its places filled."""
    return messages(person.language)[key].format(**filled)


def adds_task(person: Person, name: str, objective: str) -> None:
    add = says(person, "edit_new_name_in", verb=says(person, "edit_add_task"), to=objective)
    person.page.get_by_role("button", name=add).click()
    person.page.get_by_label(add).fill(name)
    person.page.keyboard.press("Enter")
    expect(row(person, name)).to_be_visible()


def row(person: Person, name: str):
    return person.page.get_by_role("link", name=re.compile(re.escape(name) + r"$"))


def opens_more(person: Person, name: str) -> None:
    person.page.get_by_role("button", name=says(person, "edit_more", name=name)).click()
    expect(sheet(person).get_by_role("heading", name=name)).to_be_visible()


def moves(person: Person, name: str, objective: str) -> None:
    opens_more(person, name)
    sheet(person).get_by_role("combobox").select_option(objective)
    sheet(person).get_by_role("button", name=says(person, "edit_move_there")).click()
    expect(person.page.get_by_text(says(person, "edit_moved", name=name))).to_be_visible()


def opens_the_circle(person: Person) -> None:
    """What was moved now waits for a part of what waits for it: that is told at once, and one tap puts it right."""
    circle = person.page.get_by_role("region", name=says(person, "circle_title"))
    expect(circle).to_contain_text(says(person, "circle_waits", one=PLAIN, other=RENAMED))
    person.phone.picture("circle", whole=True)
    circle.get_by_role("button", name=says(person, "circle_open")).first.click()
    expect(circle).to_have_count(0)


def switches_off(person: Person, name: str) -> None:
    opens_more(person, name)
    sheet(person).get_by_role("button", name=says(person, "edit_switch_off")).click()
    restore = person.page.get_by_role("button", name=says(person, "edit_restore_it", name=name))
    expect(restore).to_be_visible()


def puts_up(person: Person, name: str) -> None:
    up = person.page.get_by_role("button", name=says(person, "edit_up", name=name))
    up.click()
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")


def drags(person: Person, name: str, before: str) -> None:
    """Take one thing by its handle and let it go above another."""

    def line(one: str) -> Locator:
        return person.page.locator("[data-item]").filter(has=row(person, one))

    line(before).evaluate("it => it.scrollIntoView({ block: 'center' })")
    handle, target = line(name).locator("[data-handle]").bounding_box(), line(before).bounding_box()
    assert handle
    assert target
    mouse = person.page.mouse
    mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    mouse.down()
    mouse.move(target["x"] + 50, target["y"] + 4, steps=8)
    person.phone.picture("dragged")
    mouse.up()
    placed = says(person, "edit_placed", name=name, place="1", count="2")
    expect(person.page.get_by_role("status").filter(has_text=placed)).to_have_count(1)


def learns_that_a_circle_would_close(person: Person, name: str, other: str) -> None:
    """Wants the one task to wait for the other, which waits for it already."""
    person.page.get_by_role("combobox", name=says(person, "after_choose")).select_option(f"– {other}")
    person.page.get_by_role("button", name=says(person, "after_add")).click()
    alert = person.page.get_by_role("alert")
    expect(alert).to_contain_text(says(person, "after_circle"))
    expect(alert).to_contain_text(says(person, "circle_waits", one=other, other=name))


def test_half_a_day_of_changes_to_the_guide_is_made_without_a_network_and_reaches_every_phone(a_person, anna: Person):
    janis = a_person("janis")
    janis.signs_in()
    janis.opens_guide(PROCESS)
    janis.follows(janis.says("edit_guide"))
    janis.sees_title("edit_guide")
    janis.phone.goes_offline()

    row(janis, WAY).click()
    janis.sees_title("edit_task")
    learns_that_a_circle_would_close(janis, WAY, PLAIN)
    janis.phone.picture("would-close", whole=True)
    janis.page.get_by_role("textbox", name="Latviešu").first.fill(RENAMED)
    janis.presses("save")
    expect(janis.page.get_by_role("heading", level=1, name=RENAMED)).to_be_visible()
    janis.page.go_back()
    janis.sees_title("edit_guide")

    adds_task(janis, NEW, DRAW)
    switches_off(janis, TABLE)
    moves(janis, PLAIN, NEED)
    opens_the_circle(janis)
    puts_up(janis, NEW)
    drags(janis, RENAMED, before=NEW)
    janis.phone.picture("edited", whole=True)
    janis.sees_offline(waiting=4)

    anna.signs_in(keeps_app=False)
    janis.phone.comes_online()
    janis.waits_until_synced()
    anna.opens_guide(PROCESS)
    anna.unfolds_phases()
    for name, times in ((RENAMED, 1), (NEW, 1), (TABLE, 0), (WAY, 0)):
        expect(anna.page.get_by_role("heading", level=5, name=name)).to_have_count(times, timeout=ARRIVES)
    names = anna.page.get_by_role("heading", level=5).all_inner_texts()
    assert names.index(RENAMED) + 1 == names.index(NEW)
    assert names.index(PLAIN) < names.index(RENAMED)
    assert TABLE not in names
    assert WAY not in names
