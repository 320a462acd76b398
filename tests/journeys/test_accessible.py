"""Everybody can use every screen: with other eyes, other hands, other phones (WCAG 2.2 A and AA), in their language.

Each screen is opened once and looked at in every way: axe's rules, its width, what is pressed, words of another
language, text of twice the size, wide spacing.
"""

import os
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.stage import seeing
from tests.journeys.stage.demo import EMAIL, PASSWORD, PROCESS, TASK
from tests.journeys.stage.keyboard import Keyboard
from tests.journeys.stage.parts import before_saving, more_about, sheet
from tests.journeys.stage.person import Person
from tests.journeys.stage.phone import DESKTOP, PHONE
from tests.journeys.stage.screens import screens_of
from tests.journeys.stage.words import foreign_words

SHAPES = {
    "phone": {"shape": PHONE, "language": "en"},
    "dark": {"shape": PHONE, "dark": True, "language": "it"},
    "narrow": {"shape": PHONE, "width": 320, "height": 640, "language": "lv"},
    "desktop": {"shape": DESKTOP, "language": "es"},
}
NIGHT = bool(os.environ.get("INTERLINK_SOAK"))
# What a member works with is seen at each width and in each theme, each in a language of its own; the rest where room
# is scarcest. The night looks at every shape.
LOOKED_AT = list(SHAPES) if NIGHT else ["dark", "narrow", "desktop"]
SCARCE = list(SHAPES) if NIGHT else ["narrow"]


@pytest.fixture
def seen(a_person, request) -> Person:
    """Ilze with a phone of the wanted shape, seen with axe's eyes."""
    ilze = a_person("ilze", **SHAPES[request.param])
    ilze.phone.opens_browser()
    seeing.opens_eyes(ilze.phone.context)
    ilze.opens("/")
    ilze.chooses_language(ilze.language)
    return ilze


@pytest.fixture
def janis(a_person, request) -> Person:
    """An administrator with a phone of the wanted shape, seen with axe's eyes."""
    janis = a_person("janis", **SHAPES[request.param] | {"language": "en"})
    janis.phone.opens_browser()
    seeing.opens_eyes(janis.phone.context)
    return janis


def opens_and_looks(person: Person, name: str, path: str) -> list[str]:
    """Open a screen, picture it, look at it in every way, and leave it as it was."""
    person.opens(path)
    person.waits_until_settled()
    person.phone.picture(name, whole=True)
    page = person.page
    strange = [f"not in {person.language}: {one}" for one in foreign_words(seeing.own_words(page), person.language)]
    if page.locator("html").get_attribute("lang") != person.language:
        strange.append("the page says it is in another language")
    found = [*complaints(person), *strange]
    seeing.enlarges_text(page, 200)
    found += [f"enlarged: {one}" for one in seeing.sideways(page)]
    seeing.enlarges_text(page, 100)
    seeing.spaces_text(page)
    found += [f"spaced: {one}" for one in seeing.sideways(page)]
    seeing.spaces_text(page, wide=False)
    return found


def complaints(person: Person) -> list[str]:
    page = person.page
    return [*seeing.violations(page), *seeing.sideways(page), *(f"small: {one}" for one in seeing.small_targets(page))]


@pytest.mark.parametrize("seen", SCARCE, indirect=True)
def test_a_stranger_meets_no_barrier_on_any_screen(seen, server):
    found = {}
    for name, path in screens_of(server).of_a_stranger().items():
        found[name] = opens_and_looks(seen, name, path)
    seen.opens("/sign-in")
    seen.phone.watch.expects("status of 401.*/api/v1/session")  # the browser reports the refusal that is meant here
    seen.tries_to_sign_in("wrong words")
    expect(seen.page.get_by_role("alert")).to_be_visible()
    found["wrong password"] = complaints(seen)
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("seen", LOOKED_AT, indirect=True)
def test_a_member_meets_no_barrier_on_any_screen_in_any_state(seen, server, photo):
    found = {}
    seen.signs_in()
    for name, path in screens_of(server).of_a_member().items():
        found[name] = opens_and_looks(seen, name, path)
    seen.opens_task(PROCESS, TASK)
    seen.phone.goes_offline()
    seen.contributes("A contribution with a photo, waiting for a network.", photo=photo)
    seen.writes("And one that is only begun.")
    seen.sees_offline(waiting=1)
    found["task, offline, waiting and begun"] = complaints(seen)
    seen.phone.picture("task-offline", whole=True)
    seen.looks_what_waits()
    found["waiting, offline"] = complaints(seen)
    seen.phone.picture("waiting-offline", whole=True)
    seen.opens("/")
    found["today, offline"] = complaints(seen)
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("janis", SCARCE, indirect=True)
def test_an_administrator_meets_no_barrier_on_any_screen_nor_in_any_sheet(janis, server):
    found = {}
    janis.signs_in()
    screens = screens_of(server)
    for name, path in screens.of_an_administrator().items():
        found[name] = opens_and_looks(janis, name, path)
    janis.opens(f"/processes/{screens.process}/people")
    more_about(janis, "Marta")
    found["what to do with somebody"] = complaints(janis)
    janis.phone.picture("somebody")
    janis.opens(f"/processes/{screens.process}/people/invite")
    janis.presses("invite_make")
    janis.page.get_by_role("button", name=janis.says("qr_show")).first.click()
    found["a QR code held up"] = complaints(janis)
    janis.phone.picture("qr")
    janis.opens(f"/processes/{screens.process}/rights")
    janis.page.get_by_role("button", name=re.compile("Design")).last.click()
    found["a choice of rights"] = complaints(janis)
    sheet(janis).get_by_role("button", name=janis.says("right_nothing")).click()
    expect(before_saving(janis).get_by_role("button", name=janis.says("rights_save_for"))).to_be_visible()
    found["rights before saving"] = complaints(janis)
    janis.phone.picture("before-saving")
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("seen", ["desktop", "phone"], indirect=True)
def test_the_main_way_is_walked_with_the_keyboard_alone(seen):
    """Sign in, open the process, its guide and a task, contribute; the focus always shows and nothing lies over it."""
    hands = Keyboard(seen)
    seen.opens("/")
    hands.follow(seen.says("sign_in"), to=seen.says("sign_in"))
    hands.tab_to(seen.says("email"))
    hands.type(EMAIL.format(name="ilze"))
    hands.tab_to(seen.says("password"))
    hands.type(PASSWORD)
    hands.press("Enter")
    expect(seen.place("dock_today")).to_be_visible()
    seen.waits_until_synced()
    hands.follow(seen.says("dock_processes"), to=seen.says("dock_processes"))
    hands.follow(seen.reads(PROCESS), to=seen.reads(PROCESS))
    hands.follow(seen.says("guide"), to=seen.says("guide"))
    hands.follow(seen.reads(TASK), to=seen.reads(TASK))
    hands.tab_to(seen.says("your_contribution"))
    hands.type("Written without a mouse.")
    hands.tab_to(seen.says("save_and_send"))
    hands.press("Enter")
    seen.sees_contribution("Written without a mouse.")
    expect(seen.composer.get_by_label(seen.says("your_contribution"))).to_be_focused()


def test_nobody_is_kept_from_zooming(a_person):
    someone = a_person("someone")
    someone.opens("/")
    someone.waits_until_kept()
    viewport = someone.page.locator("meta[name=viewport]").get_attribute("content")
    assert "user-scalable" not in viewport
    assert "maximum-scale" not in viewport
