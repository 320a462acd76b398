"""Ilze works without a network, her browser is closed, and nothing of what she saved is lost."""

from tests.journeys.stage.demo import PROCESS, TASK

PENSIONS = "Pensions, every Monday. People bring the letters."
PARKING = "And parking permits for people who cannot walk far."
COUNTER = "This is how the counter looks on a Monday morning."


def test_three_contributions_and_a_photo_survive_a_restart_without_a_network_and_reach_the_others(ilze, anna, photo):
    anna.signs_in(keeps_app=False)
    anna.opens_task(PROCESS, TASK)
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)

    ilze.phone.goes_offline()
    ilze.contributes(PENSIONS)
    ilze.contributes(PARKING)
    ilze.contributes(COUNTER, photo=photo)
    ilze.sees_offline(waiting=3)
    ilze.phone.picture("offline")
    here = ilze.phone.path

    ilze.phone.closes_browser()
    ilze.opens(here)
    for text in (PENSIONS, PARKING, COUNTER):
        ilze.sees_state(text, "waiting")
    ilze.sees_photo(COUNTER)
    ilze.sees_offline(waiting=3)
    ilze.phone.picture("opened-again-offline")
    assert anna.contribution(PENSIONS).count() == 0

    ilze.phone.comes_online()
    for text in (PENSIONS, PARKING, COUNTER):
        anna.sees_contribution(text)
    anna.sees_photo(COUNTER)
    anna.phone.picture("received-by-anna", whole=True)
    for text in (PENSIONS, PARKING, COUNTER):
        ilze.sees_state(text, "received")
    ilze.phone.picture("received")


def test_a_network_the_browser_still_believes_in_stops_nobody(ilze, anna):
    anna.signs_in(keeps_app=False)
    anna.opens_task(PROCESS, TASK)
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline(browser_knows=False)
    ilze.contributes(PENSIONS)
    ilze.sees_state(PENSIONS, "waiting")
    ilze.sees_offline(waiting=1)
    ilze.phone.comes_online()
    anna.sees_contribution(PENSIONS)
    ilze.sees_state(PENSIONS, "received")


def test_an_answer_that_is_lost_on_its_way_makes_no_second_contribution(ilze, anna):
    """The server stored it, the phone never heard so, and sends it again."""
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    anna.signs_in(keeps_app=False)
    anna.opens_task(PROCESS, TASK)
    ilze.phone.wire.loses_the_answer_to(b"/_bulk_docs")
    ilze.contributes(PENSIONS)
    anna.sees_contribution(PENSIONS)
    ilze.sees_state(PENSIONS, "received")
    assert anna.contribution(PENSIONS).count() == 1


def test_a_battery_that_ends_right_after_saving_takes_nothing_with_it(ilze):
    ilze.signs_in()
    ilze.phone.closes_browser()  # the evening before
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    here = ilze.phone.path
    ilze.contributes(PENSIONS)
    ilze.phone.dies()
    ilze.opens(here)
    ilze.sees_state(PENSIONS, "waiting")
    ilze.phone.comes_online()
    ilze.sees_state(PENSIONS, "received")
