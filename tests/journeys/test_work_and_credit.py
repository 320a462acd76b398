"""Ilze is asked to do something, says without a network what she did, and the coordinator approves it."""

from playwright.sync_api import Locator, expect

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import ARRIVES, Person

ASKED = "Please ask the people in the queue on Friday."
DID = "I asked twelve people, most of them wanted help with a form."
THANKS = "Paldies, tas ļoti palīdz."


def request(person: Person, text: str) -> Locator:
    return person.page.get_by_role("listitem").filter(has_text=text)


def test_who_is_asked_does_it_offline_and_the_coordinator_approves(ilze, a_person):
    janis = a_person("janis")
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    janis.signs_in(keeps_app=False)
    janis.opens_task(PROCESS, TASK)

    janis.presses("work_ask")
    sheet = janis.page.get_by_role("dialog", name=janis.says("work_ask_title"))
    sheet.get_by_role("button", name=janis.says("work_save_ask")).click()
    expect(sheet.get_by_role("alert")).to_have_text(janis.says("work_nobody"))
    sheet.get_by_role("checkbox", name="Ilze").check()
    sheet.get_by_label(janis.says("work_what")).fill(ASKED)
    janis.phone.picture("asks")
    sheet.get_by_role("button", name=janis.says("work_save_ask")).click()

    asked = request(ilze, ASKED)
    expect(asked.get_by_text(ilze.says("work_for_you"))).to_be_visible(timeout=ARRIVES)
    ilze.phone.goes_offline()
    ilze.presses("work_claim")
    sheet = ilze.page.get_by_role("dialog", name=ilze.says("work_claim_title"))
    sheet.get_by_role("button", name=ilze.says("work_delivering")).click()
    sheet.get_by_label(ilze.says("work_claim_text")).fill(DID)
    sheet.get_by_label(ilze.says("work_minutes")).fill("40")
    ilze.phone.picture("claims")
    sheet.get_by_role("button", name=ilze.says("work_save_claim")).click()
    expect(request(ilze, DID).get_by_text(ilze.says("state_waiting_network"))).to_be_visible()
    asked.get_by_role("button", name=ilze.says("work_done")).click()
    ilze.phone.picture("did-it-offline", whole=True)

    ilze.phone.comes_online()
    claimed = request(janis, DID)
    expect(claimed).to_be_visible(timeout=ARRIVES)
    claimed.get_by_role("button", name=janis.says("work_approve_or_answer")).click()
    claimed.get_by_label(janis.says("work_answer_text")).fill(THANKS)
    janis.phone.picture("approves", whole=True)
    claimed.get_by_role("button", name=janis.says("work_approve")).click()

    expect(request(ilze, DID).get_by_text(ilze.says("work_approved"))).to_be_visible(timeout=ARRIVES)
    expect(request(ilze, DID).get_by_text(THANKS)).to_be_visible()
    ilze.phone.picture("approved", whole=True)
