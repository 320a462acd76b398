"""A phone is lost, signed out from elsewhere, or dies: what it holds goes or stays as its owner means it."""

import json

from playwright.sync_api import expect

from tests.journeys.stage.demo import PASSWORD, PROCESS, SPANISH, TASK
from tests.journeys.stage.memory import forgets, holding
from tests.journeys.stage.person import ARRIVES
from tests.journeys.stage.words import word
from tests.makers import a_client

MINE = "Pensions, every Monday. People bring the letters."


def other_devices(server, name: str, act: str) -> None:
    """From another device of the same person: sign all others out (`sign out`), or say they are lost (`lost`)."""
    with a_client(server, name) as elsewhere:
        devices = elsewhere.get("/api/v1/devices").raise_for_status().json()["devices"]
        for device in devices:
            if device["here"]:
                continue
            path = f"/api/v1/devices/{device['id']}"
            answer = elsewhere.post(f"{path}/lost") if act == "lost" else elsewhere.delete(path)
            answer.raise_for_status()


def test_a_lost_phone_forgets_everything_at_its_next_contact_and_asks_nobody(ilze, server):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(SPANISH)
    ilze.phone.goes_offline()
    ilze.contributes(MINE)
    assert holding(ilze.page, SPANISH), "the control: the words are on the phone"

    other_devices(server, "ilze", "lost")
    ilze.phone.comes_online()
    welcome = ilze.page.get_by_role("heading", level=1, name=ilze.says("welcome_title"))
    expect(welcome).to_be_visible(timeout=ARRIVES)
    for words in (SPANISH, MINE, "Ilze"):
        assert holding(ilze.page, words) == []
    assert "Ilze" not in ilze.page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    ilze.phone.picture("wiped")
    with a_client(server, "ilze") as elsewhere:
        assert elsewhere.get("/api/v1/session").json()["account"]["name"] == "Ilze", "the person is not locked out"


def test_a_lost_phone_that_was_closed_forgets_when_it_is_opened(ilze, server):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(SPANISH)
    ilze.phone.closes_browser()
    other_devices(server, "ilze", "lost")
    ilze.opens("/")
    ilze.sees_title("welcome_title")
    forgets(ilze.page, SPANISH)


def test_a_session_that_ended_meanwhile_keeps_all_work_and_asks_to_sign_in_again(ilze, anna, server):
    """After weeks offline, or signed out from elsewhere: it looks the same to the phone."""
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    here = ilze.phone.path
    ilze.phone.goes_offline()
    ilze.contributes(MINE)
    other_devices(server, "ilze", "sign out")
    ilze.phone.comes_online()

    chip = ilze.page.get_by_role("banner").get_by_role("link").last
    expect(chip).to_contain_text(word(ilze.language, "net_sign_in"), timeout=ARRIVES)
    ilze.sees_state(MINE, "waiting")
    ilze.sees_contribution(SPANISH)
    ilze.opens("/")
    expect(ilze.page.get_by_text(ilze.says("sign_in_needed"))).to_be_visible()
    ilze.phone.picture("sign-in-again")

    ilze.follows(ilze.says("sign_in"))
    ilze.tries_to_sign_in(PASSWORD)
    expect(ilze.place("dock_today")).to_be_visible()
    ilze.opens(here)
    ilze.sees_state(MINE, "received")
    anna.signs_in(keeps_app=False)
    anna.opens(here)
    anna.sees_contribution(MINE)


def test_a_battery_that_ends_right_after_the_very_first_sign_in_leaves_the_person_known(ilze):
    ilze.signs_in()
    ilze.phone.dies()
    ilze.phone.goes_offline()
    ilze.opens_task(PROCESS, TASK)
    ilze.contributes(MINE)
    ilze.sees_state(MINE, "waiting")
    ilze.opens("/")
    expect(ilze.place("dock_today")).to_be_visible()


def test_a_battery_that_ends_while_the_phone_forgets_does_not_keep_half_of_it(ilze):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(SPANISH)
    ilze.opens("/settings")
    account = json.loads(ilze.page.evaluate("localStorage['interlink.session']"))
    ilze.page.evaluate(  # what stands on the disk when it dies after the first step of forgetting
        """(left) => new Promise((done) => {
          const opening = indexedDB.open('interlink/session')
          opening.onsuccess = () => {
            const writing = opening.result.transaction('notes', 'readwrite')
            writing.objectStore('notes').put(left, 'interlink.session')
            writing.oncomplete = () => done(opening.result.close())
          }
        })""",
        account | {"account": None, "leaving": True, "erasing": account["account"]["id"]},
    )
    ilze.phone.dies()
    ilze.opens("/")
    ilze.sees_title("welcome_title")
    forgets(ilze.page, SPANISH)
