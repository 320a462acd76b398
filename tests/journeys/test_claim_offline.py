"""One place, two people who say yes, one without a network: each is told one clear answer, and who came is thanked."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import ARRIVES, Person

CALL = "Palīdzi senioriem izveidot pirmo e-adresi"
THANKS = "Paldies, Ilze, divi seniori jau raksta vēstules"


def test_a_yes_without_a_network_is_requested_and_then_has_one_end(ilze: Person, anna: Person, a_person) -> None:
    janis = a_person("janis")
    janis.signs_in()
    janis.opens_task(PROCESS, TASK)
    janis.follows(janis.says("need_call"))
    calls(janis)
    for one in (ilze, anna):
        one.signs_in()
        opens_call(one)
    sees_the_four_answers(ilze)
    ilze.phone.picture("asked", whole=True)

    ilze.phone.goes_offline()
    ilze.presses("need_yes")
    stands(ilze, "need_requested")
    expect(ilze.page.get_by_text(ilze.says("need_confirmed"))).to_have_count(0)
    ilze.phone.picture("requested")

    anna.presses("need_yes")
    stands(anna, "need_confirmed")
    ilze.phone.comes_online()
    stands(ilze, "need_waiting")
    ilze.phone.picture("waiting-list")

    anna.presses("need_cannot")
    stands(anna, "need_withdrawn")
    stands(ilze, "need_confirmed")
    ilze.phone.picture("confirmed")
    expect(janis.page.get_by_role("listitem").get_by_text("Ilze").first).to_be_visible(timeout=ARRIVES)
    janis.phone.picture("who-comes", whole=True)

    moves_to_now(janis)
    writes_down_who_came(janis)
    expect(ilze.page.get_by_text(THANKS)).to_be_visible(timeout=ARRIVES)
    stands(ilze, "need_confirmed")
    ilze.phone.picture("thanked", whole=True)
    has_a_certificate(ilze)


def moves_to_now(coordinator: Person) -> None:
    """The time of the call moves to one that has begun; before saving it is said who is told."""
    began = datetime.now(ZoneInfo("Europe/Riga")) - timedelta(hours=2)
    coordinator.follows(coordinator.says("need_edit"))
    expect(coordinator.field("need_name")).to_have_value(CALL)
    coordinator.field("need_day").fill(f"{began:%Y-%m-%d}")
    coordinator.field("need_from").fill(f"{began:%H:%M}")
    coordinator.page.get_by_label(coordinator.says("need_to")).first.fill(f"{began - timedelta(minutes=1):%H:%M}")
    expect(coordinator.page.get_by_text(coordinator.says("need_moved_warn"))).to_be_visible()
    coordinator.phone.picture("edit", whole=True)
    coordinator.presses("need_save")
    expect(coordinator.page.get_by_role("heading", level=1, name=CALL)).to_be_visible()


def writes_down_who_came(coordinator: Person) -> None:
    """In the hall there is no network."""
    coordinator.phone.goes_offline()
    came = coordinator.page.get_by_role("group", name="Ilze")
    came.get_by_role("button", name=coordinator.says("came_yes")).click()
    came.get_by_role("button", name=coordinator.says("came_change")).click()
    sheet = coordinator.page.get_by_role("dialog")
    sheet.get_by_label(coordinator.says("work_minutes")).fill("95")
    sheet.get_by_label(coordinator.says("came_thanks")).fill(THANKS)
    sheet.get_by_role("button", name=coordinator.says("came_save")).click()
    expect(came.get_by_text(THANKS)).to_be_visible()
    coordinator.phone.picture("came", whole=True)
    coordinator.phone.comes_online()
    coordinator.waits_until_synced()


def has_a_certificate(volunteer: Person) -> None:
    """Her hours are added up, those of the demo's open day too, and the paper comes as a file."""
    volunteer.opens("/needs")
    expect(volunteer.page.get_by_text(volunteer.says("hours_total"))).to_be_visible()
    volunteer.phone.picture("hours", whole=True)
    volunteer.presses("certificate_get")
    sheet = volunteer.page.get_by_role("dialog")
    with volunteer.page.expect_download() as download:
        sheet.get_by_role("button", name=volunteer.says("certificate_get")).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_a_yes_is_taken_back_within_ten_seconds(ilze: Person, a_person) -> None:
    janis = a_person("janis")
    janis.signs_in(keeps_app=False)
    janis.opens_task(PROCESS, TASK)
    janis.follows(janis.says("need_call"))
    calls(janis)
    ilze.signs_in(keeps_app=False)
    opens_call(ilze)
    ilze.presses("need_yes")
    ilze.presses("undo")
    stands(ilze, "need_withdrawn")
    expect(janis.page.get_by_role("heading", name=re.compile(r"^Nāk 0"))).to_be_visible(timeout=ARRIVES)


def calls(coordinator: Person) -> None:
    """For one person in a week, with what protects both."""
    coordinator.field("need_name").fill(CALL)
    coordinator.field("need_day").fill(f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%d}")
    coordinator.field("need_place").fill("Madonas novada bibliotēka")
    coordinator.field("need_address").fill("Skolas iela 12")
    coordinator.field("need_places").fill("1")
    coordinator.field("need_skills").fill("pacietība, viedtālrunis")
    coordinator.field("need_safety").fill("Nekad neprasiet paroli vai personas kodu.")
    coordinator.phone.picture("call", whole=True)
    coordinator.presses("need_call")
    expect(coordinator.page.get_by_role("heading", level=1, name=CALL)).to_be_visible()
    coordinator.waits_until_synced()


def opens_call(volunteer: Person) -> None:
    """From the list of all calls, as somebody who has five minutes."""
    volunteer.opens("/needs")
    expect(volunteer.page.get_by_role("link", name=re.compile(CALL))).to_be_visible(timeout=ARRIVES)
    volunteer.phone.picture("needs")
    volunteer.follows(re.compile(CALL))
    expect(volunteer.page.get_by_role("heading", level=1, name=CALL)).to_be_visible()


def sees_the_four_answers(volunteer: Person) -> None:
    for key in ("need_requested", "need_confirmed", "need_waiting", "need_late"):
        expect(volunteer.page.get_by_text(volunteer.says(key))).to_be_visible()


def stands(volunteer: Person, key: str) -> None:
    said = volunteer.page.get_by_role("main").get_by_role("status")
    expect(said.get_by_text(volunteer.says(key))).to_be_visible(timeout=ARRIVES)
