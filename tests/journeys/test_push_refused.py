"""Who refused notices is told how to allow them, and an iPhone what comes first; nobody is asked when the app opens."""

from playwright.sync_api import expect

from tests.journeys.stage.notices import Notices
from tests.journeys.stage.person import Person
from tests.push_service import Device

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
IS_AN_IPHONE = f"Object.defineProperty(Navigator.prototype, 'userAgent', {{ get: () => {IPHONE!r} }})"


def test_a_no_is_respected_and_the_way_back_is_shown(ilze: Person, anna: Person):
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

    anna.phone.opens_browser()
    anna.phone.context.add_init_script(IS_AN_IPHONE)
    anna.signs_in()
    anna.opens("/settings/notices")
    for step in ("notices_install", "notices_install_1", "notices_install_2", "notices_install_3"):
        expect(anna.page.get_by_text(anna.says(step)).first).to_be_visible()
