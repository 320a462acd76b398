"""A phone is about to be lost: its unsent work goes into a file, and another phone reads it back and sends it."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import Person

TEXT = "The door of the hall is too heavy for a wheelchair."


def saves_unsent(person: Person, folder: Path) -> Path:
    """Into a file, on the screen of what is not there yet; the file."""
    person.looks_what_waits()
    with person.page.expect_download() as download:
        person.presses("save_to_file")
    saved = folder / download.value.suggested_filename
    download.value.save_as(saved)
    return saved


def reads_back(person: Person, saved: Path) -> None:
    person.looks_what_waits()
    with person.page.expect_file_chooser() as chooser:
        person.presses("load_from_file")
    chooser.value.set_files(saved)
    expect(person.page.get_by_role("main").get_by_text(person.says("loaded"))).to_be_visible()


def test_unsent_work_with_a_photo_travels_in_a_file_to_another_phone(ilze, anna, a_person, photo, tmp_path):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    ilze.contributes(TEXT, photo=photo)
    saved = saves_unsent(ilze, tmp_path)
    ilze.phone.closes_browser()  # and this phone is never seen again

    other_phone = a_person("ilze")
    other_phone.signs_in(keeps_app=False)
    reads_back(other_phone, saved)
    other_phone.opens_task(PROCESS, TASK)
    other_phone.sees_state(TEXT, "received")

    anna.signs_in(keeps_app=False)
    anna.opens_task(PROCESS, TASK)
    anna.sees_contribution(TEXT)
    anna.sees_photo(TEXT)
    assert anna.contribution(TEXT).count() == 1


def test_a_file_read_back_without_a_network_waits_there_too(ilze, a_person, tmp_path):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    ilze.contributes(TEXT)
    saved = saves_unsent(ilze, tmp_path)

    other_phone = a_person("ilze")
    other_phone.signs_in()
    other_phone.phone.goes_offline()
    reads_back(other_phone, saved)
    other_phone.opens_task(PROCESS, TASK)
    other_phone.sees_state(TEXT, "waiting")


def test_what_arrived_by_the_file_and_by_the_phone_itself_is_one_contribution(ilze, anna, a_person, tmp_path):
    """The lost phone is found again: the same revision comes a second time."""
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    ilze.contributes(TEXT)
    saved = saves_unsent(ilze, tmp_path)
    other_phone = a_person("ilze")
    other_phone.signs_in(keeps_app=False)
    reads_back(other_phone, saved)
    other_phone.opens_task(PROCESS, TASK)
    other_phone.sees_state(TEXT, "received")

    ilze.phone.comes_online()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_state(TEXT, "received")
    anna.signs_in(keeps_app=False)
    anna.opens_task(PROCESS, TASK)
    anna.sees_contribution(TEXT)
    assert anna.contribution(TEXT).count() == 1
