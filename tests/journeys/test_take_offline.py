"""Before she drives out of reach, Ilze takes a process along: all of it, also what she never opened."""

from playwright.sync_api import expect

from tests.journeys.stage.demo import PHASES, PROCESS, TASK
from tests.journeys.stage.person import ARRIVES

DOOR = "This is the door. The bell hangs too high."


def test_a_process_taken_along_is_all_there_after_a_restart_without_a_network(ilze, anna, photo):
    anna.signs_in(keeps_app=False)
    anna.opens_task(PROCESS, TASK)
    anna.contributes(DOOR, photo=photo)
    anna.sees_state(DOOR, "received")
    anna.waits_until_synced()

    ilze.signs_in()
    ilze.opens_process(PROCESS)
    ilze.presses("offline_take")
    expect(ilze.page.get_by_text(ilze.says("offline_complete")).first).to_be_visible(timeout=ARRIVES)
    ilze.phone.picture("taken", whole=True)
    ilze.phone.goes_offline()
    ilze.phone.closes_browser()

    ilze.opens_guide(PROCESS)
    for phase in PHASES[ilze.language]:
        expect(ilze.page.get_by_role("heading", level=3, name=phase)).to_be_visible()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(DOOR)
    ilze.sees_photo(DOOR)
    ilze.phone.picture("photo-offline")
