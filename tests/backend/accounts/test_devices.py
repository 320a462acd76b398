"""Where somebody is signed in, and what becomes of a phone that is lost."""

from datetime import date

import httpx
import pytest

from backend.accounts.devices import described
from backend.accounts.queries import sync_reports
from backend.accounts.tables import Session, SyncReport


async def on_a_tablet(town) -> httpx.AsyncClient:
    """Ilze's other device."""
    tablet = town.browser(**{"user-agent": "Mozilla/5.0 (iPad; CPU OS 19_0) AppleWebKit/605 Version/19.0 Safari/604.1"})
    await tablet.post("/session/code", json={"email": "ilze@example.org", "language": "lv", "device": "tablet"})
    used = {"email": "ilze@example.org", "code": await town.code(), "device": "tablet"}
    (await tablet.put("/session/code", json=used)).raise_for_status()
    return tablet


async def test_a_person_sees_where_they_are_signed_in_and_no_browser_is_kept_in_full(town):
    phone = await town.newcomer()
    await on_a_tablet(town)

    devices = (await phone.get("/devices")).json()["devices"]
    assert [(one["name"], one["kind"], one["here"]) for one in devices] == [
        ("Chrome, Android", "phone", True),
        ("Safari, iPad", "tablet", False),
    ]
    stored = b"".join(file.read_bytes() for file in town.house.settings.data.glob("rows.db*"))
    assert b"Pixel 9" not in stored


async def test_signing_out_that_device_ends_its_session_and_no_other(town):
    phone = await town.newcomer()
    tablet = await on_a_tablet(town)
    there = (await phone.get("/devices")).json()["devices"][1]["id"]

    assert (await phone.delete(f"/devices/{there}")).status_code == 204
    assert (await tablet.get("/account")).status_code == 401
    assert (await tablet.get("/session")).json()["wipe"] is False
    assert (await phone.get("/account")).is_success


async def test_a_lost_phone_is_signed_out_at_once_and_told_to_wipe_whenever_it_comes(town):
    phone = await town.newcomer()
    tablet = await on_a_tablet(town)
    lost = (await phone.get("/session")).json()["device"]

    assert (await tablet.post(f"/devices/{lost}/lost")).status_code == 204
    assert (await phone.get("/account")).status_code == 401
    assert (await phone.get("http://localhost:8000/db/_all_dbs")).json() == []
    for days in (1, 398):
        town.clock.later(days=days)
        answer = (await phone.get("/session")).json()
        assert (answer["account"], answer["wipe"]) == (None, True)

    await phone.delete("/session")
    assert await Session.exists().where(Session.id == lost), "what a thief sends ends nothing"


async def test_a_lost_phone_stays_marked_among_the_devices(town):
    phone = await town.newcomer()
    tablet = await on_a_tablet(town)
    lost = (await phone.get("/session")).json()["device"]
    await tablet.post(f"/devices/{lost}/lost")

    assert [(one["here"], one["lost"]) for one in (await tablet.get("/devices")).json()["devices"]] == [
        (True, False),
        (False, True),
    ]


async def test_nobody_touches_the_devices_of_others(town):
    phone = await town.newcomer()
    mallory = await town.newcomer("Mallory", "mallory@example.org")
    ilzes = (await phone.get("/session")).json()["device"]

    assert (await mallory.delete(f"/devices/{ilzes}")).status_code == 404
    assert (await mallory.post(f"/devices/{ilzes}/lost")).status_code == 404
    assert (await phone.get("/account")).is_success


async def test_the_day_on_which_a_device_was_last_seen_is_noted_once_a_day(town):
    phone = await town.newcomer()
    town.clock.later(days=3)
    await phone.get("/account")
    await phone.get("/account")

    [device] = (await phone.get("/devices")).json()["devices"]
    assert (device["created"], device["lastSeen"]) == ("2026-11-21", "2026-11-24")
    assert (await Session.select(Session.seen))[0]["seen"] == date(2026, 11, 24)


REPORT = {"spaces": [{"space": "process-1", "waiting": 3, "lastSync": "2026-11-21T08:00:00Z"}]}


async def test_how_far_a_phone_is_is_kept_only_for_who_agreed(town):
    phone = await town.newcomer()
    assert (await phone.post("/devices/here/report", json=REPORT)).status_code == 204
    assert await sync_reports("process-1") == []

    await phone.patch("/account", json={"sharesSync": True})
    await phone.post("/devices/here/report", json=REPORT)
    [report] = await sync_reports("process-1")
    assert report.waiting == 3

    await phone.patch("/account", json={"sharesSync": False})
    assert await SyncReport.count() == 0


async def test_a_report_takes_the_place_of_the_one_before_and_goes_with_the_session(town):
    phone = await town.newcomer()
    await phone.patch("/account", json={"sharesSync": True})
    for waiting in (3, 0):
        await phone.post("/devices/here/report", json={"spaces": [{"space": "process-1", "waiting": waiting}]})
    assert [one.waiting for one in await sync_reports("process-1")] == [0]

    await phone.delete("/session")
    assert await SyncReport.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"spaces": [{"space": "process-1", "waiting": -1}]},
        {"spaces": [{"space": "", "waiting": 1}]},
        {"spaces": [{"space": "process-1", "waiting": 1}] * 201},
        {"spaces": [], "words": "what I wrote"},
    ],
)
async def test_a_report_that_does_not_fit_is_refused(town, body):
    phone = await town.newcomer()
    assert (await phone.post("/devices/here/report", json=body)).status_code == 400


@pytest.mark.parametrize(
    ("agent", "name", "kind"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox, Linux", "computer"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140",
            "Edge, Windows",
            "computer",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Version/19 Safari/605.1.15", "Safari, macOS", "computer"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/604.1", "Safari, iPhone", "phone"),
        ("Mozilla/5.0 (Linux; Android 15; SM-X200) Chrome/140 Safari/537.36", "Chrome, Android", "tablet"),
        ("curl/8.10", "", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_a_device_is_called_by_its_browser_and_system(agent, name, kind):
    assert described(agent) == (name, kind)
