"""Signing in and out: what a device holds, what the server holds, and what somebody who guesses learns."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from litestar.connection import ASGIConnection

from backend.accounts import passwords
from backend.accounts.sessions import LIFETIME, Sessions
from backend.accounts.tables import Session
from backend.kit.clock import now
from tests.houses import PASSWORD, a_browser, an_account, sign_in


def a_request(browser: httpx.AsyncClient) -> ASGIConnection[Any, Any, Any, Any]:
    """What a server sees that has the same rows and perhaps another clock or key."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = [(b"cookie", cookies.encode())]
    return ASGIConnection({"type": "http", "path": "/api/v1/session", "headers": headers, "state": {}})  # type: ignore[typeddict-item]


@pytest.fixture(autouse=True)
async def ilze(house):
    return await an_account()


async def test_a_person_signs_in_is_known_and_signs_out(browser, ilze):
    assert (await browser.get("/api/v1/session")).json()["account"] is None

    known = await sign_in(browser)
    assert known.json()["account"].items() >= {"id": ilze, "name": "Ilze", "language": "lv"}.items()
    assert (await browser.get("/api/v1/session")).json() == known.json()

    assert (await browser.delete("/api/v1/session")).status_code == 204
    assert (await browser.get("/api/v1/session")).json()["account"] is None


async def test_a_copied_cookie_is_worth_nothing_after_signing_out(browser):
    await sign_in(browser)
    stolen = browser.cookies["interlink"]
    await browser.delete("/api/v1/session")

    answer = await browser.get("/api/v1/session", headers={"cookie": f"interlink={stolen}"})
    assert answer.json()["account"] is None


async def test_signing_in_again_makes_a_new_session_and_ends_the_old_one(browser):
    await sign_in(browser)
    first = browser.cookies["interlink"]
    await sign_in(browser)

    assert browser.cookies["interlink"] != first
    assert await Session.count() == 1


async def test_a_cookie_somebody_else_put_there_never_becomes_a_session(browser):
    browser.cookies.set("interlink", "chosen-by-mallory", domain="127.0.0.1")
    answer = await sign_in(browser)

    assert "chosen-by-mallory" not in answer.headers["set-cookie"]
    known = await browser.get("/api/v1/session", headers={"cookie": "interlink=chosen-by-mallory"})
    assert known.json()["account"] is None


async def test_two_devices_of_one_person_are_signed_in_independently(house, browser):
    await sign_in(browser)
    async with a_browser(house) as tablet:
        await sign_in(tablet, device="tablet")
        await browser.delete("/api/v1/session")

        assert (await tablet.get("/api/v1/session")).json()["account"] is not None


async def test_the_server_does_not_hold_what_signs_somebody_in(house, browser):
    await sign_in(browser)
    token = browser.cookies["interlink"]

    stored = b"".join(file.read_bytes() for file in house.settings.data.glob("rows.db*"))
    assert token.encode() not in stored
    assert PASSWORD.encode() not in stored
    assert b"$argon2id$" in stored


async def test_a_device_that_was_offline_for_a_year_is_still_signed_in_and_after_400_days_no_more(house, browser):
    answer = await sign_in(browser)
    assert f"Max-Age={400 * 86_400}" in answer.headers["set-cookie"]

    for later, known in ((timedelta(days=365), True), (LIFETIME + timedelta(minutes=1), False)):
        sessions = Sessions(key=house.secrets.session_key, secure=False, clock=lambda later=later: now() + later)
        assert (await sessions.visit(a_request(browser)) is not None) is known


async def test_another_server_with_a_copy_of_the_rows_signs_nobody_in(browser):
    await sign_in(browser)
    elsewhere = Sessions(key=b"another key", secure=False, clock=now)

    assert await elsewhere.visit(a_request(browser)) is None


@pytest.mark.parametrize(("email", "password"), [("ilze@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
async def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(browser, email, password):
    answer = await sign_in(browser, email, password=password)

    assert answer.status_code == 401
    assert answer.json()["code"] == "wrong_credentials"
    assert "set-cookie" not in answer.headers


async def test_a_refusal_costs_the_same_work_whether_or_not_somebody_has_an_account(browser, monkeypatch):
    compared: list[str] = []
    verify = passwords._verify

    def noting(password: str, digest: str) -> bool:
        compared.append(digest.rpartition("$")[0].rpartition("$")[0])  # without salt and digest: the parameters
        return verify(password, digest)

    monkeypatch.setattr(passwords, "_verify", noting)
    await sign_in(browser, "ilze@example.org", password="wrong")
    await sign_in(browser, "nobody@example.org", password="wrong")

    known, unknown = compared
    assert known == unknown, "one comparison each, with the same parameters"


async def test_the_address_is_the_same_however_somebody_writes_it(browser):
    assert (await sign_in(browser, "  ILZE@Example.ORG ")).status_code == 200


async def test_who_guesses_has_to_wait_and_is_told_how_long(browser):
    answers = [await sign_in(browser, password=f"guess {number}") for number in range(11)]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 600
    assert answers[-1].headers["retry-after"] in answers[-1].json()["detail"]


async def test_guessing_one_account_holds_up_nobody_else(house):
    await an_account("janis@example.org")
    async with a_browser(house) as browser:
        for number in range(11):
            await sign_in(browser, password=f"guess {number}")

        assert (await sign_in(browser, "janis@example.org")).status_code == 200


async def test_a_household_that_signs_in_often_is_never_taken_for_an_attacker(house):
    async with a_browser(house) as browser:
        answers = {(await sign_in(browser)).status_code for _ in range(15)}

    assert answers == {200}


@pytest.mark.parametrize(
    "body",
    [
        {"email": "ilze@example.org", "password": PASSWORD},
        {"email": 5, "password": PASSWORD, "device": "x"},
        {"email": "ilze@example.org", "password": PASSWORD, "device": "x", "administrator": True},
        {"email": "ilze@example.org", "password": "x" * 300, "device": "x"},
        ["ilze@example.org"],
    ],
)
async def test_a_form_that_does_not_fit_is_refused_before_anything_is_compared(browser, body):
    answer = await browser.post("/api/v1/session", json=body)

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_request"


async def test_expired_sessions_are_swept_when_somebody_signs_in(browser):
    await sign_in(browser)
    await Session.update({Session.expires: datetime(2020, 1, 1, tzinfo=UTC)}, force=True)
    browser.cookies.clear()
    await sign_in(browser)

    assert await Session.count() == 1
