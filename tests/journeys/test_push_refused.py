"""Who refused notices is told how to allow them, and an iPhone what comes first; the inbox tells both all the same."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.stage.calling import CALL, janis_calls
from tests.journeys.stage.notices import Notices
from tests.journeys.stage.person import ARRIVES, Person
from tests.push_service import Device

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
IS_AN_IPHONE = f"Object.defineProperty(Navigator.prototype, 'userAgent', {{ get: () => {IPHONE!r} }})"


def test_a_no_is_respected_and_the_inbox_tells_all_the_same(ilze: Person, a_person, server):
    ilze.phone.opens_browser()
    notices = Notices(ilze)
    notices.stands_in(Device().subscription("https://push.example/p"))
    notices.allow("denied")
    ilze.signs_in()
    ilze.opens("/settings/notices")
    expect(ilze.page.get_by_text(ilze.says("notices_blocked"))).to_be_visible()
    expect(ilze.page.get_by_text(ilze.says("notices_unblock_android_2"))).to_be_visible()
    expect(ilze.page.get_by_role("button", name=ilze.says("notices_turn_on"))).to_have_count(0)
    assert notices.asked() == 0

    notices.allow("granted")
    ilze.presses("notices_look_again")
    expect(ilze.page.get_by_role("button", name=ilze.says("notices_turn_on"))).to_be_visible()
    ilze.phone.picture("off")

    other = a_person("ilze")
    other.phone.opens_browser()
    other.phone.context.add_init_script(IS_AN_IPHONE)
    other.signs_in()
    other.opens("/settings/notices")
    for step in ("notices_install", "notices_install_1", "notices_install_2", "notices_install_3"):
        expect(other.page.get_by_text(other.says(step)).first).to_be_visible()

    with janis_calls(server):
        for phone in (ilze, other):
            expect(new_in(phone)).to_have_text(re.compile("^1"), timeout=ARRIVES)
        ilze.goes_to("inbox", title="inbox")
        ilze.phone.picture("inbox")
        ilze.follows(re.compile(CALL))
        ilze.sees_title("told_needed")
        ilze.phone.picture("both-answers", whole=True)
        for phone in (ilze, other):
            expect(new_in(phone)).to_have_count(0, timeout=ARRIVES)

        other.goes_to("inbox", title="inbox")
        other.phone.goes_offline()
        other.follows(re.compile(CALL))
        other.presses("need_yes")
        stands(other, "need_requested")
        expect(other.page.get_by_text(other.says("need_confirmed"))).to_have_count(0)
        other.phone.picture("requested")
        other.phone.comes_online()
        for phone in (other, ilze):
            stands(phone, "need_confirmed")


def new_in(person: Person) -> Locator:
    """How many are new, at the inbox in the frame."""
    return person.place("inbox").locator("xpath=..").locator("b")


def stands(person: Person, key: str) -> None:
    said = person.page.get_by_role("main").get_by_role("status")
    expect(said.get_by_text(person.says(key))).to_be_visible(timeout=ARRIVES)
