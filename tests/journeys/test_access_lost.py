"""Ilze loses a right while her phone has no network and work of hers waits on it.

What may still be sent is sent; what is refused stays hers, with the reason; what others wrote leaves the phone. First
every word is found on the phone's disk: a search that finds nothing there would prove nothing afterwards.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.stage.demo import EMAIL, PROCESS, SPANISH, TASK
from tests.journeys.stage.memory import forgets, holding
from tests.journeys.stage.office import Office, a_desk, an_office
from tests.journeys.stage.person import ARRIVES, Person
from tests.journeys.stage.phone import Phone
from tests.journeys.stage.profile import found
from tests.makers import interlink

MINE = "The ticket machine should speak, for people who cannot see."
DRAFT = "And the counter is too high for"
ROOT = "four tall gates of Zaragoza"
SPANISH_ONLY = "domicilio"  # in what Lucía wrote, nowhere else


def narrows_the_grant(office: Office) -> None:
    for team in office.teams_of("Ilze"):
        office.sets_task(team)


def takes_her_from_the_team(office: Office) -> None:
    office.takes_from_team("Ilze")


def takes_her_from_the_process(office: Office) -> None:
    office.takes_from_process("Ilze")


def disables_her_account(address: str, data: Path) -> None:
    """Only who administers the whole server may."""
    secret = data.parent / "password"
    secret.write_text(ROOT)
    root = EMAIL.format(name="root")
    interlink("create-admin", "--data", str(data), "--email", root, "--name", "Root", "--password-file", str(secret))
    with an_office(address) as office:
        account = office.member("Ilze")["account"]
    with a_desk(address, "root", ROOT) as desk:
        desk.asks("PATCH", f"accounts/{account}", {"disabled": True})


def sees_on_disk(phone: Phone, *words: str) -> None:
    """The control: the search finds what is there."""
    phone.closes_browser()
    where = found(phone.memory, *words)
    assert all(where.values()), f"the search is blind: {where}"


def reports_leftovers(phone: Phone, word: str) -> None:
    """What the browser's engine keeps of deleted data until it tidies up: said, not hidden (docs/privacy.md)."""
    left = found(phone.memory, word)
    phone.pictures.mkdir(parents=True, exist_ok=True)
    (phone.pictures / "left-on-disk.json").write_text(json.dumps(left, indent=2))
    ours = [file for file in left[word] if "leveldb" not in file and "indexeddb.blob" not in file]
    assert ours == [], "outside the engine's own log and tables nothing may be left"


def rescued(person: Person) -> Locator:
    return person.page.get_by_role("main").get_by_role("article").filter(has_text=MINE)


# Who is taken from the team loses the same as who is taken from the process: that is looked at in the night.
WAYS = [narrows_the_grant, takes_her_from_the_process]
if os.environ.get("INTERLINK_SOAK"):
    WAYS.append(takes_her_from_the_team)


@pytest.mark.parametrize("decides", WAYS, ids=lambda one: one.__name__)
def test_a_right_lost_while_away_costs_nobody_their_own_words(
    decides: Callable[[Office], None], ilze: Person, server, photo: Path
):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(SPANISH)
    assert holding(ilze.page, SPANISH_ONLY)
    sees_on_disk(ilze.phone, SPANISH_ONLY)
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    ilze.contributes(MINE, photo=photo)
    ilze.writes(DRAFT)
    expect(ilze.page.get_by_text(ilze.says("draft_kept"))).to_be_visible()
    ilze.sees_state(MINE, "waiting")

    with an_office(server.address) as office:
        decides(office)
    ilze.phone.comes_online()
    ilze.opens("/waiting")
    expect(rescued(ilze)).to_be_visible(timeout=ARRIVES)
    expect(ilze.page.get_by_role("main").get_by_text(DRAFT)).to_be_visible()
    ilze.phone.picture("rescued", whole=True)
    forgets(ilze.page, SPANISH_ONLY, within=ARRIVES / 1000)
    with ilze.page.expect_download() as download:
        ilze.presses("save_to_file")
    assert MINE in download.value.path().read_text()

    ilze.phone.closes_browser()
    reports_leftovers(ilze.phone, SPANISH_ONLY)
    ilze.opens("/waiting")
    expect(rescued(ilze)).to_be_visible()
    assert holding(ilze.page, SPANISH_ONLY) == []


def test_who_is_taken_from_a_process_while_looking_on_sees_it_go(ilze: Person, server):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(SPANISH)
    with an_office(server.address) as office:
        office.takes_from_process("Ilze")
    expect(ilze.page.get_by_text(SPANISH)).to_have_count(0, timeout=ARRIVES)
    forgets(ilze.page, SPANISH_ONLY, within=ARRIVES / 1000)


def test_a_disabled_account_keeps_its_unsent_work_and_nothing_of_others(ilze: Person, server):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(SPANISH)
    ilze.phone.goes_offline()
    ilze.contributes(MINE)
    disables_her_account(server.address, server.data)
    ilze.phone.comes_online()
    ilze.opens("/waiting")
    forgets(ilze.page, SPANISH_ONLY, within=ARRIVES / 1000)
    expect(rescued(ilze)).to_be_visible(timeout=ARRIVES)
    ilze.phone.picture("disabled", whole=True)


def test_what_was_refused_is_handed_to_an_administrator_who_lets_it_in(ilze: Person, a_person, server, photo: Path):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    ilze.contributes(MINE, photo=photo)
    with an_office(server.address) as office:
        takes_her_from_the_team(office)
    ilze.phone.comes_online()
    ilze.opens("/waiting")
    expect(rescued(ilze)).to_be_visible(timeout=ARRIVES)
    rescued(ilze).get_by_role("button", name=ilze.says("handover_give")).click()
    rescued(ilze).get_by_label(ilze.says("handover_note")).fill("I was still in the team when I wrote this.")
    rescued(ilze).get_by_role("button", name=ilze.says("handover_send")).click()
    expect(rescued(ilze).get_by_text(ilze.says("handover_waiting"))).to_be_visible(timeout=ARRIVES)
    ilze.phone.picture("handed-over", whole=True)

    janis = a_person("janis")
    janis.signs_in(keeps_app=False)
    janis.opens_process(PROCESS)
    janis.turns_to("people")
    handed = janis.page.get_by_role("article").filter(has_text=MINE)
    expect(handed).to_be_visible(timeout=ARRIVES)
    expect(handed.locator("img")).to_be_visible(timeout=ARRIVES)
    janis.phone.picture("handed-to-him", whole=True)
    handed.get_by_label(janis.says("handed_answer")).fill("Paldies!")
    handed.get_by_role("button", name=janis.says("handed_let_in")).click()
    expect(handed).to_have_count(0)

    expect(ilze.page.get_by_text(ilze.says("handover_accepted"))).to_be_visible(timeout=ARRIVES)
    expect(ilze.page.get_by_text("Paldies!")).to_be_visible()
    ilze.phone.picture("let-in", whole=True)
    janis.opens_task(PROCESS, TASK)
    janis.sees_contribution(MINE)
    janis.sees_photo(MINE)
    assert janis.contribution(MINE).count() == 1
