"""The plan: a list in the hand, a timeline on the desk that needs no mouse, a table in words."""

import re

from playwright.sync_api import expect

from tests.journeys.stage import seeing
from tests.journeys.stage.demo import PROCESS
from tests.journeys.stage.keyboard import Keyboard
from tests.journeys.stage.phone import DESKTOP


def test_on_the_phone_the_plan_says_what_is_due_this_week_and_what_comes_later(ilze):
    ilze.signs_in(keeps_app=False)
    ilze.opens_process(PROCESS)
    ilze.turns_to("tab_plan")
    ilze.sees_title("tab_plan")
    headings = ilze.page.get_by_role("heading", level=2)
    expect(headings.filter(has_text=re.compile("Done"))).to_be_visible()
    expect(ilze.page.get_by_role("button", name=ilze.says("plan_chart"))).to_have_count(0)
    ilze.phone.picture("agenda", whole=True)
    ilze.presses("plan_table")
    table = ilze.page.get_by_role("table")
    expect(table.get_by_role("rowheader").filter(has_text="Design")).to_be_visible()
    ilze.phone.picture("table")


def test_on_the_desk_the_timeline_is_walked_with_the_arrow_keys_and_a_bar_opens_its_task(a_person):
    ilze = a_person("ilze", shape=DESKTOP)
    ilze.phone.opens_browser()
    seeing.opens_eyes(ilze.phone.context)
    ilze.signs_in(keeps_app=False)
    ilze.opens_process(PROCESS)
    ilze.turns_to("tab_plan")
    bars = ilze.page.get_by_role("group", name=ilze.says("plan_chart_label")).get_by_role("link")
    expect(bars.first).to_be_visible()
    ilze.phone.picture("timeline", whole=True)
    hands = Keyboard(ilze)
    hands.tab_to(ilze.says("zoom_quarter"))
    hands.press("Tab")
    expect(bars.first).to_be_focused()
    hands.press("ArrowDown")
    expect(bars.nth(1)).to_be_focused()
    hands.press("End")
    expect(bars.last).to_be_focused()
    expect(bars.last).to_be_in_viewport()
    hands.press("Home")
    hands.press("ArrowDown")
    name = (bars.nth(1).get_attribute("aria-label") or "").split(":")[0]
    hands.press("Enter")
    expect(ilze.page.get_by_role("heading", level=1, name=name)).to_be_focused()
