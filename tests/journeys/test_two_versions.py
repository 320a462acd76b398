"""Two versions of one thing: what differs is shown, one of them is chosen in two taps, also by two people apart."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from backend.kit.ids import new_ulid
from tests.journeys.stage.apart import Apart, janis_apart
from tests.journeys.stage.person import ARRIVES, Person
from tests.journeys.stage.phone import DESKTOP
from tests.makers import Server

FIRST, SECOND = "Which services at the counter?", "Which services by telephone?"
TEXT = "We open at nine.\n\nBring your card."


@pytest.fixture
def apart(server: Server) -> Iterator[Apart]:
    work = janis_apart(server)
    with work.client:
        yield work


def chooser(person: Person) -> Locator:
    return person.page.get_by_role("region", name=person.says("versions_title"))


def taps(person: Person, *what: Locator) -> None:
    for one in what:
        one.click()


def test_two_devices_choose_differently_while_apart_and_all_have_one_name_again(
    apart: Apart, a_person: Callable[..., Person]
) -> None:
    phone, laptop = a_person("janis", language="en"), a_person("janis", language="en", shape=DESKTOP)
    both = {"en": FIRST}, {"en": SECOND}
    apart.changes_twice(f"all:task:{apart.task}", *({"name": name} for name in both))
    for person, picked in ((phone, FIRST), (laptop, SECOND)):
        person.signs_in()
        person.opens(f"/processes/{apart.process}/tasks/{apart.task}")
        two = chooser(person)
        expect(two.get_by_role("radio")).to_have_count(2, timeout=ARRIVES)
        expect(two.locator("ins").first).to_be_visible()
        person.phone.picture("two-versions", whole=True)
        person.phone.goes_offline()
        one = two.get_by_role("radio", name=re.compile("telephone" if picked == SECOND else "counter"))
        taps(person, one, two.get_by_role("button", name=person.says("versions_go_mine")))
        expect(chooser(person)).to_have_count(0)
        expect(person.page.get_by_role("heading", level=1, name=picked)).to_be_visible()
        person.sees_offline(waiting=1)
    for person in (phone, laptop):
        person.phone.comes_online()
    for person in (phone, laptop):
        expect(person.page.get_by_role("heading", level=1, name=SECOND)).to_be_visible(timeout=ARRIVES)
        expect(chooser(person)).to_have_count(0)
        person.waits_until_synced()
    taps(phone, phone.page.get_by_text(phone.says("versions_other")))
    expect(phone.page.get_by_text(phone.says("versions_aside_text"))).to_be_visible(timeout=ARRIVES)


def test_of_a_page_both_versions_can_be_kept_and_each_shows_what_it_changed(
    apart: Apart, a_person: Callable[..., Person]
) -> None:
    page = f"{apart.task}:page:{new_ulid()}"
    who = {"author": apart.member, "by": apart.member, "device": "desk", "at": "2026-11-22T08:00:00Z"}
    apart.writes({"_id": page, "type": "page", "v": 1, "lang": "en", "name": "Opening hours", "text": TEXT, **who})
    apart.changes_twice(page, {"text": TEXT.replace("nine", "eight")}, {"text": TEXT.replace("card", "passport")})
    janis = a_person("janis", language="en")
    janis.signs_in(keeps_app=False)
    key = page.rsplit(":", 1)[1]
    janis.opens(f"/processes/{apart.process}/items/{apart.task}/page/{key}")
    two = chooser(janis)
    expect(two.locator("ins").filter(has_text="eight")).to_be_visible(timeout=ARRIVES)
    expect(two.locator("ins").filter(has_text="passport")).to_be_visible()
    janis.phone.picture("a-page-twice", whole=True)
    taps(
        janis,
        two.get_by_role("radio", name=re.compile("passport")),
        two.get_by_role("button", name=janis.says("versions_keep_both")),
    )
    expect(chooser(janis)).to_have_count(0)
    janis.waits_until_synced()
    janis.opens(f"/processes/{apart.process}/tasks/{apart.task}")
    expect(janis.page.get_by_role("link", name=re.compile("Opening hours"))).to_have_count(2, timeout=ARRIVES)
    assert "_conflicts" not in apart.document(page)
    assert "passport" in apart.document(page)["text"]
