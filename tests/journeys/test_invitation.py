"""Somebody gets a link: sees without an account what it is about, joins, and contributes; three taps after the link."""

import pytest
from playwright.sync_api import expect

from tests.journeys.stage import invitations, seeing
from tests.journeys.stage.demo import PROCESS, SPANISH, TASK
from tests.journeys.stage.passkeys import a_passkey_device
from tests.journeys.stage.person import ARRIVES, Person
from tests.journeys.stage.words import LANGUAGES, foreign_words

ROSA = "Rosa, by the market"
MINE = "I would ask for the residence form, every time I move."

# Counts what a finger or a keyboard's Enter did, in the capturing phase, before any screen hears of it.
COUNT_TAPS = (
    "addEventListener('click', (event) => { if (event.isTrusted) globalThis.taps = (globalThis.taps ?? 0) + 1 }, true)"
)


@pytest.fixture
def rosa(a_person) -> Person:
    """Nobody knows her yet."""
    return a_person("rosa")


def joins(rosa: Person, link: str, way: str, *, name: str = ROSA) -> None:
    """Open the link, say a name, press the button of one way in."""
    rosa.opens(link)
    rosa.field("join_name").fill(name)
    rosa.presses(way)


def sees_first_task(rosa: Person) -> None:
    """The screen of a task that may be answered, with its composer."""
    expect(rosa.composer).to_be_visible(timeout=ARRIVES)


def test_a_person_without_an_account_contributes_three_taps_after_the_link(rosa, server, anna):
    rosa.phone.is_called("localhost")  # passkeys belong to names; a number has none
    rosa.phone.opens_browser()
    rosa.phone.context.add_init_script(COUNT_TAPS)
    link = invitations.to_process(server, team="citizen")
    with a_passkey_device(rosa.page) as device:
        rosa.opens(link)
        expect(rosa.page.get_by_role("heading", level=1)).to_have_text(PROCESS["en"])
        rosa.phone.picture("look", whole=True)
        assert rosa.phone.context.cookies() == [], "looking needs no account"

        rosa.field("join_name").click()
        rosa.page.keyboard.type(ROSA)
        rosa.presses("join_passkey")
        sees_first_task(rosa)
        rosa.writes(MINE)
        rosa.presses("save_and_send")
        rosa.sees_state(MINE, "received")
        assert rosa.page.evaluate("globalThis.taps") <= 3
        assert device.passkeys() == 1
    rosa.phone.picture("first-contribution", whole=True)

    anna.signs_in(keeps_app=False)
    anna.opens(rosa.phone.path)
    anna.sees_contribution(MINE)
    expect(anna.contribution(MINE).get_by_text(ROSA)).to_be_visible(timeout=ARRIVES)


def test_an_e_mail_address_and_its_code_are_another_way_in(rosa, server):
    joins(rosa, invitations.to_process(server, team="citizen"), "join_email")
    rosa.page.get_by_role("dialog").get_by_label(rosa.says("email")).fill("rosa@example.org")
    rosa.presses("code_send")
    rosa.field("code").fill(invitations.code_mailed_to(server, "rosa@example.org"))
    rosa.presses("join")
    sees_first_task(rosa)
    rosa.contributes(MINE)
    rosa.sees_state(MINE, "received")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_alone_is_enough_in_every_language(language, a_person, server):
    rosa = a_person("rosa", language=language)
    rosa.phone.opens_browser()
    seeing.opens_eyes(rosa.phone.context)
    rosa.opens(invitations.to_process(server, team="citizen", language=language))
    expect(rosa.page.get_by_role("heading", level=1)).to_have_text(PROCESS[language])
    rosa.waits_until_settled()
    assert foreign_words(seeing.own_words(rosa.page), language) == []
    rosa.phone.picture("look", whole=True)
    rosa.field("join_name").fill(ROSA)
    rosa.presses("join_with_name")
    sees_first_task(rosa)
    rosa.contributes(MINE)
    rosa.sees_state(MINE, "received")


def test_who_only_wants_to_read_reads_without_joining(rosa, server):
    rosa.opens(invitations.to_process(server, team="citizen"))
    rosa.page.get_by_role("link", name=rosa.says("join_read")).click()
    expect(rosa.page.get_by_role("heading", level=1)).to_have_text(PROCESS["en"])
    assert rosa.phone.context.cookies() == []


def test_an_observer_reads_everything_and_writes_nothing(rosa, server):
    joins(rosa, invitations.to_process(server, role="observer"), "join_with_name")
    expect(rosa.place("dock_today")).to_be_visible(timeout=ARRIVES)
    rosa.waits_until_synced()
    rosa.opens_task(PROCESS, TASK)
    rosa.sees_contribution(SPANISH)
    expect(rosa.composer).to_have_count(0)


def test_who_is_signed_in_joins_with_one_tap_and_only_once(a_person, server):
    lucia = a_person("lucia", language="en")
    lucia.signs_in(keeps_app=False)
    link = invitations.to_process(server, team="citizen", process=invitations.a_process_of(server, "janis"))
    lucia.opens(link)
    lucia.presses("join")
    sees_first_task(lucia)
    lucia.opens(link)
    expect(lucia.page.get_by_text(lucia.says("join_already"))).to_be_visible()
    lucia.page.get_by_role("link", name=lucia.says("go_to_process")).click()
    expect(lucia.page.get_by_role("heading", level=1, name=invitations.OWN)).to_be_visible(timeout=ARRIVES)
    assert invitations.used(server, link) == 1


def test_a_link_that_was_copied_is_pasted_on_the_first_screen(rosa, server):
    link = f"{rosa.phone.wire.address}{invitations.to_process(server, team='citizen')}"
    rosa.opens("/")
    rosa.follows(rosa.says("welcome_link"))
    rosa.field("join_link").fill("what is this")
    rosa.presses("join_look")
    expect(rosa.page.get_by_role("alert")).to_be_visible()
    rosa.field("join_link").fill(f"  {link}\n")
    rosa.presses("join_look")
    expect(rosa.page.get_by_role("heading", level=1)).to_have_text(PROCESS["en"])


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("unknown", "join_unknown"),
        ("revoked", "join_revoked"),
        ("used_up", "join_used"),
        ("expired", "join_expired"),
    ],
)
def test_a_link_that_opens_nothing_any_more_says_why_and_what_to_do(state, says, rosa, server):
    link = getattr(invitations, state)(server)
    rosa.phone.watch.expects(r"status of 4\d\d.*/invitations/look")  # the refusal that is meant here
    rosa.opens(link)
    expect(rosa.page.get_by_text(rosa.says(says))).to_be_visible()
    expect(rosa.page.get_by_role("main").get_by_role("link", name=rosa.says("welcome_look_around"))).to_be_visible()
    rosa.phone.picture(state, whole=True)


def test_a_link_opened_without_a_network_waits_for_one(rosa, server):
    rosa.opens("/")
    rosa.waits_until_kept()
    rosa.phone.goes_offline()
    rosa.opens(invitations.to_process(server, team="citizen"))
    expect(rosa.page.get_by_text(rosa.says("join_offline"))).to_be_visible()
    rosa.phone.picture("offline", whole=True)
    rosa.phone.comes_online()
    expect(rosa.page.get_by_role("heading", level=1)).to_have_text(PROCESS["en"], timeout=ARRIVES)


def test_the_secret_of_the_link_is_in_no_address_the_server_or_the_next_person_sees(rosa, server):
    link = invitations.to_process(server, team="citizen")
    token = link.partition("#")[2]
    joins(rosa, link, "join_with_name")
    sees_first_task(rosa)
    assert token not in rosa.page.url
    assert not [one for one in rosa.phone.watch.requests if token in one.partition("#")[0]]
    assert token not in rosa.page.evaluate("JSON.stringify([localStorage, sessionStorage])")
