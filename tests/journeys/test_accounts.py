"""Getting in, staying in and leaving: with a passkey, a code by e-mail, a password; and what others' phones may do."""

import time
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.stage import invitations
from tests.journeys.stage.demo import EMAIL, PASSWORD, PROCESS, SPANISH, TASK
from tests.journeys.stage.memory import databases, holding
from tests.journeys.stage.passkeys import a_passkey_device
from tests.journeys.stage.person import ARRIVES, Person

MINE = "Written before leaving."
NEW_PASSWORD = "a sentence of my own, twice"


@pytest.fixture
def edgars(a_person: Callable[..., Person]) -> Person:
    """A company's man, with nothing unsent."""
    return a_person("edgars")


def signs_out(person: Person) -> None:
    """With nothing unsent there is nothing to ask."""
    person.opens("/settings")
    person.presses("sign_out")
    person.sees_title("welcome_title")


def test_a_passkey_made_in_the_settings_signs_in_without_typing_anything(edgars):
    edgars.phone.is_called("localhost")
    edgars.phone.opens_browser()
    with a_passkey_device(edgars.page) as device:
        edgars.signs_in(keeps_app=False)
        edgars.opens("/settings/passkeys")
        edgars.presses("passkey_add")
        expect(edgars.page.get_by_text(edgars.says("passkey_added"))).to_be_visible()
        assert device.passkeys() == 1
        edgars.phone.picture("passkeys", whole=True)
        signs_out(edgars)
        device.waits_for_a_finger()
        edgars.opens("/sign-in")
        device.is_asked()  # by the browser, which offers it by itself
        device.feels_a_finger()
        edgars.presses("sign_in_passkey")
        expect(edgars.place("dock_today")).to_be_visible()
        edgars.waits_until_synced()

        signs_out(edgars)
        edgars.opens("/sign-in")  # the browser offers it by itself, and the finger is there
        expect(edgars.place("dock_today")).to_be_visible()


def test_a_code_by_e_mail_signs_in_and_lets_choose_a_new_password(edgars, server):
    address = EMAIL.format(name="edgars")
    edgars.opens("/sign-in")
    edgars.field("email").fill(address)
    edgars.presses("code_send")
    edgars.phone.watch.expects("status of 4.*/session/code")  # the wrong code that is meant here
    edgars.field("code").fill("000000")
    edgars.presses("sign_in")
    expect(edgars.page.get_by_role("alert")).to_be_visible()
    edgars.phone.picture("code", whole=True)
    edgars.field("code").fill(invitations.code_mailed_to(server, address))
    edgars.presses("sign_in")
    expect(edgars.place("dock_today")).to_be_visible()

    edgars.opens("/settings/account")
    edgars.field("password_new").fill(NEW_PASSWORD)
    edgars.presses("password_save")
    expect(edgars.page.get_by_text(edgars.says("password_saved"))).to_be_visible()
    signs_out(edgars)
    edgars.opens("/sign-in")
    edgars.phone.watch.expects("status of 401.*/api/v1/session")  # the old password is refused, which is meant
    edgars.tries_to_sign_in(PASSWORD)
    expect(edgars.page.get_by_role("alert")).to_be_visible()
    edgars.tries_to_sign_in(NEW_PASSWORD)
    expect(edgars.place("dock_today")).to_be_visible()


def test_leaving_without_a_network_asks_about_unsent_work_and_then_leaves_nothing(ilze, server):
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.sees_contribution(SPANISH)
    ilze.phone.goes_offline()
    ilze.contributes(MINE)
    ilze.opens("/settings")
    ilze.presses("sign_out")
    dialog = ilze.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    ilze.phone.picture("asked", whole=True)
    dialog.get_by_role("button", name=ilze.says("stay_signed_in")).click()
    assert holding(ilze.page, MINE), "nothing happened yet"
    cookies = {one["name"]: one["value"] for one in ilze.phone.context.cookies()}

    ilze.presses("sign_out")
    dialog.get_by_role("button", name=ilze.says("sign_out_lose")).click()
    ilze.sees_title("welcome_title")
    for words in (MINE, SPANISH, "Ilze"):
        assert holding(ilze.page, words) == []
    left = databases(ilze.page)
    assert all(name == "interlink/session" or "/-" in name for name in left), f"more than the public catalogue: {left}"

    with httpx.Client(base_url=server.address, cookies=cookies) as thief:
        assert thief.get("/api/v1/session").json()["account"], "the server could not be told"
        ilze.phone.comes_online()
        until = time.monotonic() + ARRIVES / 1000
        while thief.get("/api/v1/session").json()["account"]:
            assert time.monotonic() < until, "the session was never ended"
            time.sleep(0.2)


def test_a_name_changed_in_the_settings_is_the_name_the_others_read(ilze, anna):
    ilze.signs_in(keeps_app=False)
    ilze.opens("/settings/account")
    ilze.field("name_own").fill("Ilze K.")
    ilze.presses("name_save")
    expect(ilze.page.get_by_text(ilze.says("name_saved"))).to_be_visible()
    ilze.opens_task(PROCESS, TASK)
    ilze.contributes(MINE)
    ilze.sees_state(MINE, "received")
    anna.signs_in(keeps_app=False)
    anna.opens(ilze.phone.path)
    expect(anna.contribution(MINE).get_by_text("Ilze K.")).to_be_visible(timeout=ARRIVES)


def test_another_program_gets_a_key_of_its_own_which_can_be_taken_back(ilze, server):
    ilze.signs_in(keeps_app=False)
    ilze.opens("/settings/programs")
    ilze.field("program_name").fill("My laptop")
    ilze.presses("program_add")
    token = ilze.page.get_by_role("main").get_by_role("textbox", name=ilze.says("program_token")).input_value()
    ilze.phone.picture("key", whole=True)
    with httpx.Client(base_url=server.address, headers={"Authorization": f"Bearer {token}"}) as laptop:
        assert [one for one in laptop.get("/db/_all_dbs").json() if one.startswith("process-")]
        ilze.opens("/settings/programs")
        ilze.page.get_by_role("listitem").filter(has_text="My laptop").get_by_role("button").click()
        ilze.page.get_by_role("dialog").get_by_role("button", name=ilze.says("take_back")).click()
        expect(ilze.page.get_by_role("listitem").filter(has_text="My laptop")).to_have_count(0)
        assert laptop.get("/db/_all_dbs").json() == ["commons"]


@pytest.mark.parametrize("screen", ["account", "passkeys", "devices", "programs", "record"])
def test_settings_that_need_the_server_say_so_without_a_network(screen, ilze):
    ilze.signs_in()
    ilze.phone.goes_offline()
    ilze.opens(f"/settings/{screen}")
    expect(ilze.page.get_by_role("main").get_by_text(ilze.says("needs_network_to_see")).first).to_be_visible()
