"""The parts of a process beside its guide, as coordinators and members use them."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.stage.demo import PROCESS
from tests.journeys.stage.person import ARRIVES, Person
from tests.journeys.stage.words import word


def opens_part(person: Person, part: str, *, title: str) -> None:
    """From anywhere: the demo's process, then one of its tabs (`people` or `rights`)."""
    person.opens_process(PROCESS)
    person.turns_to(part)
    person.sees_title(title)


def sheet(person: Person) -> Locator:
    """The one decision that is open at the thumb, or the question before something that cannot be undone."""
    return person.page.get_by_role("dialog").last


def decides(person: Person, key: str) -> None:
    """Press a button of the open sheet."""
    sheet(person).get_by_role("button", name=person.says(key)).click()


def cell(person: Person, team: str, item: str) -> Locator:
    """One cell of the table of rights: what the team may do on the item."""
    return person.page.get_by_role("button", name=re.compile(f"^{re.escape(team)}, {re.escape(item)}: "))


def sets_cell(person: Person, team: str, item: str, choice: str) -> None:
    """Open a cell and choose by one message; «see» is not «see, add»."""
    cell(person, team, item).click()
    words = re.escape(word(person.language, choice))
    sheet(person).get_by_role("button", name=re.compile(rf"^\s*{words}(?=\s|$)")).click()
    expect(person.page.get_by_role("dialog")).to_have_count(0)


def before_saving(person: Person) -> Locator:
    """What is told before rights are saved."""
    return person.page.get_by_role("region", name=person.says("rights_before_saving"))


def saves_rights(person: Person) -> None:
    """Wait until it is told who gains and loses, save, and see that it was done."""
    button = before_saving(person).get_by_role("button", name=person.says("rights_save_for"))
    expect(button).to_be_visible(timeout=ARRIVES)
    button.click()
    expect(before_saving(person)).to_have_count(0)
    expect(person.page.get_by_text(person.says("rights_saved"))).to_be_visible()


def card(person: Person, team: str) -> Locator:
    """A team among the people of the process."""
    return person.page.get_by_role("region", name=team)


def more_about(person: Person, name: str) -> None:
    """Open what an administrator may do with somebody."""
    person.page.get_by_role("button", name=re.compile(f" {re.escape(name)}$")).first.click()
    expect(sheet(person).get_by_role("heading", name=name)).to_be_visible()
