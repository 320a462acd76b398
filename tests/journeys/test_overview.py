"""Marta comes back after a week: what changed, what waits for her, what is held up, without asking the server."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, expect

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.memory import remembers
from tests.journeys.stage.person import ARRIVES, Person

SAID = "The library closes at six; many people come after work."


def part(person: Person, heading: str) -> Locator:
    """A part of the overview, by what it is headed with."""
    named = person.page.get_by_role("heading", level=2, name=person.says(heading))
    return person.page.get_by_role("main").locator("section").filter(has=named)


def leaves(person: Person) -> None:
    """Close the browser once the phone has noted until where was read."""
    today = person.page.evaluate("new Date().toISOString().slice(0, 10)")
    person.turns_to("guide")
    remembers(person.page, '"read":{"mark":')
    remembers(person.page, f'"at":"{today}T')
    person.phone.closes_browser()


def comes_back_after(person: Person, **away: float) -> None:
    """The phone lay in a drawer, and its clock went on."""
    person.phone.opens_browser()
    person.phone.context.clock.set_fixed_time(datetime.now(UTC) + timedelta(**away))


def test_who_comes_back_after_a_week_sees_what_changed_what_waits_and_what_is_held_up(a_person, anna):
    marta = a_person("marta", language="en")
    marta.signs_in()
    marta.opens_process(PROCESS)
    expect(part(marta, "ov_new").get_by_text(marta.says("ov_first"))).to_be_visible()
    expect(part(marta, "today_waits_for_you").get_by_role("link").first).to_be_visible()
    held = part(marta, "ov_blocked")
    expect(held.get_by_role("listitem").first).to_contain_text(re.compile("Waits for"))
    marta.phone.picture("first", whole=True)
    marta.waits_until_synced()
    leaves(marta)

    anna.signs_in()
    anna.opens_task(PROCESS, TASK)
    anna.contributes(SAID)
    anna.sees_state(SAID, "received")

    comes_back_after(marta, days=7)
    marta.opens_process(PROCESS)
    new = part(marta, "ov_new")
    expect(new).to_contain_text("1 contribution", timeout=ARRIVES)
    expect(new).to_contain_text("Anna")
    marta.phone.picture("a-week-later", whole=True)
    new.get_by_role("link", name=TASK["en"]).click()
    marta.sees_contribution(SAID)

    marta.waits_until_synced()
    marta.phone.goes_offline()
    marta.opens_process(PROCESS)
    expect(part(marta, "ov_new"), "looking at one thing does not make the rest old").to_contain_text("1 contribution")
    leaves(marta)
    comes_back_after(marta, days=8)
    marta.opens_process(PROCESS)
    expect(part(marta, "ov_new").get_by_text(marta.says("ov_nothing_new"))).to_be_visible()

    marta.turns_to("tab_activity")
    marta.sees_title("tab_activity")
    marta.page.get_by_label(marta.says("act_who")).select_option(label="Anna")
    line = marta.page.get_by_role("listitem").filter(has_text=TASK["en"]).first
    expect(line).to_contain_text("1 contribution")
    expect(marta.page.get_by_role("listitem").filter(has_text="Jānis")).to_have_count(0)
    marta.phone.picture("what-happened", whole=True)
