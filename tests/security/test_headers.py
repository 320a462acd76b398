"""Every answer carries the headers of the first day: pages, files, data, refusals and faults alike."""

import pytest

from backend.kit.headers import CONTENT_SECURITY_POLICY
from tests.houses import a_browser, a_house, an_account, sign_in

ANSWERS = {
    "a page": ("GET", "/", 200),
    "a page of the app": ("GET", "/processes/1/tasks/2", 200),
    "only the headers of a page": ("HEAD", "/", 200),
    "a script": ("GET", "/assets/index-4f9a1c.js", 200),
    "a missing file": ("GET", "/assets/gone.js", 404),
    "data": ("GET", "/api/v1/meta", 200),
    "the description of the interface": ("GET", "/api/v1/openapi.json", 200),
    "an unknown address below the interface": ("GET", "/api/v1/nothing", 404),
    "a wrong method": ("PATCH", "/api/v1/meta", 405),
    "a wrong method on a page": ("POST", "/processes", 405),
    "a wrong body": ("POST", "/api/v1/session", 400),
    "a door's answer": ("GET", "/db/commons", None),
    "an unknown address below the door": ("GET", "/db/no-such-space/at/all", None),
}


@pytest.mark.parametrize("what", ANSWERS)
async def test_every_answer_carries_the_headers(browser, what):
    method, path, status = ANSWERS[what]
    answer = await browser.request(method, path)

    assert status is None or answer.status_code == status
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "geolocation=(self)" in answer.headers["permissions-policy"], "needs near me are found on the device"
    assert "access-control-allow-origin" not in answer.headers
    assert "server" not in answer.headers


def test_the_policy_lets_no_inline_script_no_eval_and_no_stranger_in():
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    assert "require-trusted-types-for 'script'" in CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    "path", ["/api/v1/session", "/api/v1/spaces", "/api/v1/meta", "/api/v1/nothing", "/db", "/db/commons"]
)
async def test_no_shared_computer_keeps_what_belongs_to_a_person(browser, path):
    assert (await browser.get(path)).headers["cache-control"] == "no-store"


async def test_a_fault_of_ours_tells_nothing_of_the_inside(house, browser, monkeypatch):
    async def fail(*_):
        raise RuntimeError("SELECT * FROM account")

    monkeypatch.setattr(type(house.sessions), "visit", fail)
    answer = await browser.get("/api/v1/session", headers={"accept-language": "es"})

    assert answer.status_code == 500
    assert answer.json()["detail"].startswith("Algo ha fallado por nuestra parte")
    assert "SELECT" not in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


async def test_behind_https_browsers_are_told_to_stay_there_and_the_cookie_belongs_to_this_host_alone(tmp_path):
    address = "https://interlink.example"
    async with a_house(tmp_path / "data", public_url=address) as house, a_browser(house, address=address) as browser:
        await an_account()
        answer = await sign_in(browser)

    assert int(answer.headers["strict-transport-security"].split(";")[0].removeprefix("max-age=")) >= 31_536_000
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-interlink=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


async def test_on_this_machine_alone_nothing_promises_https(browser):
    assert "strict-transport-security" not in (await browser.get("/")).headers
