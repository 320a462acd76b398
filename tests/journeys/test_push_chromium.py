"""Chromium is called: asked only after a tap, shown by the worker, answered with the app closed."""

import json
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.journeys.stage.calling import SKILL, Call, janis_calls
from tests.journeys.stage.notices import Notices
from tests.journeys.stage.person import ARRIVES, Person
from tests.journeys.stage.push_service import LocalPushService, a_local_push_service
from tests.makers import a_client
from tests.push_service import Device

PATH = "/p/chromium"
OPENED = "() => fetch('/api/v1/push').then((one) => one.json()).then((told) => told.deliveries[0].state === 'opened')"
ASKED = "Piezvani bibliotēkai"
SPOKEN = "Vai vari atnest sarakstu?"
NOWHERE = "about:blank"


@dataclass
class Sent:
    """What the server sent to a device, one message after the other."""

    service: LocalPushService
    device: Device
    read: int = 0

    def next(self) -> str:
        self.service.waits_until(lambda: len(self.service.received) > self.read, "the server sends")
        self.read += 1
        return self.device.decrypt(self.service.received[self.read - 1].body).decode()

    def next_of(self, kind: str) -> str:
        """The next message of a kind."""
        while True:
            message = self.next()
            if json.loads(message)["notification"].get("data", {}).get("kind") == kind:
                return message

    def next_with(self, *actions: str) -> str:
        """The next message with these buttons."""
        while True:
            message = self.next()
            if [one["action"] for one in json.loads(message)["notification"].get("actions", [])] == [*actions]:
                return message


def test_a_call_is_shown_and_answered_with_the_app_closed(serve, demo_copy, phone_at):
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
        sent = Sent(service, device)
        ilze.signs_in()
        switches_on(ilze, notices)
        sees_a_test(ilze, notices, sent)
        wishes_to_be_called(ilze)
        with janis_calls(server) as call:
            message = sent.next()
            shown = json.loads(message)["notification"]
            assert [one["action"] for one in shown["actions"]] == ["accept", "decline"]
            assert call.path in shown["navigate"]
            says_no_then_yes_without_a_network(ilze, notices, message, call)
            puts_off_then_is_done_without_a_network(ilze, notices, sent, call, shown["data"]["member"])
            wants_to_hear_no_more(ilze, notices, sent, call, shown["data"]["member"])
        notices.delivers("what no server of ours says")
        notices.waits_until_shown("Interlink")
        switches_off(ilze, notices)


def switches_on(person: Person, notices: Notices) -> None:
    person.opens("/settings/notices")
    expect(person.page.get_by_text(person.says("notices_off"))).to_be_visible()
    assert notices.asked() == 0
    person.presses("notices_turn_on")
    expect(person.page.get_by_text(person.says("notices_on"))).to_be_visible()
    assert notices.asked() == 1


def sees_a_test(person: Person, notices: Notices, sent: Sent) -> None:
    """It leads to where it was asked for, in the window that is open."""
    person.presses("notices_test")
    message = sent.next()
    notices.delivers(message)
    expect(person.page.get_by_text(person.says("notices_test_shown"))).to_be_visible()
    assert notices.shown() == [json.loads(message)["notification"]["title"]]
    person.opens("/catalogue")
    person.page.evaluate("globalThis.sameWindow = true")
    notices.taps()
    person.sees_title("notices")
    assert person.page.evaluate("globalThis.sameWindow"), "the page did not load anew"
    assert notices.shown() == []
    person.page.wait_for_function(OPENED, polling=300)  # the worker tells the server after the screen is there


def wishes_to_be_called(person: Person) -> None:
    """At any hour, often, and for what she likes."""
    person.opens("/settings/notices")
    person.page.get_by_label(person.says("wishes_quiet")).uncheck()
    expect(person.field("need_from")).to_have_count(0)
    person.field("wishes_cap").select_option("5")
    person.field("wishes_skills").fill(SKILL)
    person.presses("wishes_save")
    expect(person.page.get_by_role("button", name=person.says("wishes_save"))).to_have_count(0)
    person.waits_until_synced()
    person.phone.picture("wishes", whole=True)


def says_no_then_yes_without_a_network(person: Person, notices: Notices, message: str, call: Call) -> None:
    """A tap leads the app to the call; closed from then on, and the coordinator sees both answers."""
    title = json.loads(message)["notification"]["title"]
    notices.delivers(message)
    notices.waits_until_shown(title)
    notices.taps()
    expect(person.page.get_by_role("button", name=person.says("need_yes"))).to_be_visible(timeout=ARRIVES)
    assert person.phone.path.startswith(call.path)
    person.page.goto(NOWHERE)
    notices.delivers(message)
    notices.waits_until_shown(title)
    notices.taps("decline")
    call.is_answered("no")
    assert notices.shown() == []

    person.opens(call.path)
    stands(person, "need_withdrawn")
    person.page.goto(NOWHERE)
    notices.delivers(message)
    notices.waits_until_shown(title)
    person.phone.goes_offline()
    notices.taps("accept")
    person.opens(call.path)
    stands(person, "need_requested")
    expect(person.page.get_by_text(person.says("need_confirmed"))).to_have_count(0)
    person.phone.picture("requested")
    person.page.goto(NOWHERE)
    person.phone.comes_online()
    call.is_answered("yes", meanwhile=notices.finds_network)
    person.opens(call.path)
    stands(person, "need_confirmed")


def puts_off_then_is_done_without_a_network(
    person: Person, notices: Notices, sent: Sent, call: Call, member: str
) -> None:
    """Asked to take care of something: «later» and then «done», both with the app closed."""
    assignment = call.asks_to_do(member, ASKED)
    message = sent.next_with("done", "later")
    title = json.loads(message)["notification"]["title"]
    person.page.goto(NOWHERE)
    notices.delivers(message)
    notices.waits_until_shown(title)
    notices.taps("later")
    person.opens("/inbox")
    put_off = person.things_in_list().get_by_text(person.says("inbox_put_off"))
    expect(put_off).to_be_visible(timeout=ARRIVES)
    person.opens(call.task_path)
    expect(person.page.get_by_text(ASKED).first).to_be_visible(timeout=ARRIVES)
    person.page.goto(NOWHERE)
    notices.delivers(message)
    notices.waits_until_shown(title)
    person.phone.goes_offline()
    notices.taps("done")
    person.opens("/inbox")
    expect(put_off).to_have_count(0)
    expect(person.things_in_list().get_by_text(person.says("inbox_settled")).first).to_be_visible()
    person.page.goto(NOWHERE)
    person.phone.comes_online()
    call.is_done(assignment, meanwhile=notices.finds_network)


def wants_to_hear_no_more(person: Person, notices: Notices, sent: Sent, call: Call, member: str) -> None:
    """Spoken to in a comment: «hear no more» with the app closed, and taken back in the inbox."""
    call.speaks_to(member, SPOKEN)
    message = sent.next_of("mention")
    told = json.loads(message)["notification"]
    person.page.goto(NOWHERE)
    notices.delivers(message)
    notices.waits_until_shown(told["title"])
    notices.taps("mute")
    assert notices.shown() == []
    person.opens(f"/inbox/{told['data']['notice']}")
    again = person.page.get_by_role("button", name=person.says("inbox_hear_again"))
    expect(again).to_be_visible(timeout=ARRIVES)
    again.click()
    expect(person.page.get_by_role("button", name=person.says("inbox_mute_process"))).to_be_visible()


def switches_off(person: Person, notices: Notices) -> None:
    person.opens("/settings/notices")
    expect(person.page.get_by_text(person.says("notice_acted")).first).to_be_visible()
    person.presses("notices_turn_off")
    expect(person.page.get_by_text(person.says("notices_off"))).to_be_visible()
    assert notices.shown() == [], "who wants no more, sees no more"


def stands(person: Person, key: str) -> None:
    said = person.page.get_by_role("main").get_by_role("status")
    expect(said.get_by_text(person.says(key))).to_be_visible(timeout=ARRIVES)
