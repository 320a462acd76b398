"""Chromium is called: asked only after a tap, shown by the worker; a tap on it goes on in the window that is open."""

import json

from playwright.sync_api import expect

from tests.journeys.stage.notices import Notices
from tests.journeys.stage.person import Person
from tests.journeys.stage.push_service import a_local_push_service
from tests.makers import a_client
from tests.push_service import Device

PATH = "/p/chromium"
OPENED = "fetch('/api/v1/push').then((one) => one.json()).then((told) => told.deliveries[0].state === 'opened')"
SHOWS = "navigator.serviceWorker.ready.then((one) => one.getNotifications())"


def test_a_notice_is_shown_and_leads_to_what_it_is_about(serve, demo_copy, phone_at):
    device = Device()
    with a_local_push_service() as service:
        server = serve(demo_copy, settings={"INTERLINK_PUSH_ALLOW": service.allow})
        with a_client(server, "ilze") as client:
            service.takes_for(PATH, client.get("/api/v1/push").raise_for_status().json()["publicKey"])
        ilze = Person("ilze", phone_at(server.port, "ilze"))
        ilze.phone.opens_browser()
        notices = Notices(ilze)
        notices.stands_in(device.subscription(service.endpoint(PATH)))
        notices.allow("granted")
        ilze.signs_in()
        ilze.opens("/settings/notices")
        expect(ilze.page.get_by_text(ilze.says("notices_off"))).to_be_visible()
        assert notices.asked() == 0

        ilze.presses("notices_turn_on")
        expect(ilze.page.get_by_text(ilze.says("notices_on"))).to_be_visible()
        assert notices.asked() == 1
        ilze.presses("notices_test")
        service.waits_until(lambda: service.received, "the server sends")
        message = device.decrypt(service.received[0].body).decode()
        notices.delivers(message)
        expect(ilze.page.get_by_text(ilze.says("notices_test_shown"))).to_be_visible()
        title = json.loads(message)["notification"]["title"]
        assert notices.shown() == [title]

        ilze.opens("/catalogue")
        ilze.page.evaluate("globalThis.sameWindow = true")
        notices.taps()
        ilze.sees_title("notices")
        assert ilze.page.evaluate("globalThis.sameWindow"), "the page did not load anew"
        assert notices.shown() == []
        ilze.page.wait_for_function(OPENED, polling=300)  # the worker tells the server after the screen is there
        ilze.opens("/settings/notices")
        expect(ilze.page.get_by_text(ilze.says("notice_opened"))).to_be_visible()

        notices.delivers("what no server of ours says")
        ilze.page.wait_for_function(
            "navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.length)"
        )
        assert notices.shown() == ["Interlink"]
        ilze.presses("notices_turn_off")
        expect(ilze.page.get_by_text(ilze.says("notices_off"))).to_be_visible()
        assert notices.shown() == [], "who wants no more, sees no more"
