"""No other site acts in the name of somebody who is signed in: every unsafe route asks for the proof, the door too."""

import re

import pytest
from litestar.routes import HTTPRoute

from backend.app import create_app
from tests.houses import ADDRESS, a_browser, a_house, an_account, sign_in

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
DOOR = ("/db/commons", "/db/commons/_bulk_docs", "/db/commons/_revs_diff", "/db/commons/all:task:1", "/db/_session")


@pytest.fixture
async def signed_in(browser):
    await an_account()
    (await sign_in(browser)).raise_for_status()
    return browser


def unsafe_routes(house):
    """Every unsafe route of the application's own table, with its parameters filled in."""
    for route in create_app(house).routes:
        if isinstance(route, HTTPRoute):
            path = re.sub(r"\{[^}]*\}", "x", route.path)
            yield from ((method, path) for method in sorted(route.methods & set(UNSAFE)))


async def test_no_unsafe_route_does_anything_without_our_header(house, signed_in):
    routes = [*unsafe_routes(house), *((method, path) for method in UNSAFE for path in DOOR)]
    assert ("POST", "/api/v1/session") in routes
    assert ("POST", "/api/v1/processes") in routes

    answers = {
        (method, path): (await signed_in.request(method, path, headers={"x-interlink": ""}, json={})).status_code
        for method, path in routes
    }

    assert set(answers.values()) == {403}, {route: status for route, status in answers.items() if status != 403}


@pytest.mark.parametrize(
    "headers",
    [
        {"x-interlink": ""},
        {"x-interlink": "0"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.example"},
    ],
)
async def test_another_site_cannot_sign_somebody_out(signed_in, headers):
    answer = await signed_in.delete("/api/v1/session", headers=headers)

    assert answer.status_code == 403
    assert answer.json()["code"] == "cross_site"
    assert (await signed_in.get("/api/v1/session")).json()["account"] is not None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": ADDRESS},
        {"sec-fetch-site": "same-origin", "origin": ADDRESS},
        {"sec-fetch-site": "none"},
    ],
)
async def test_our_own_pages_can(signed_in, headers):
    assert (await signed_in.delete("/api/v1/session", headers=headers)).status_code == 204


async def test_another_site_cannot_sign_somebody_in_under_its_own_name(browser):
    await an_account("mallory@example.org")

    answer = await sign_in(browser, "mallory@example.org")
    assert answer.status_code == 200
    browser.cookies.clear()
    forged = {"email": "mallory@example.org", "password": "correct horse battery", "device": "x"}
    refused = await browser.post("/api/v1/session", json=forged, headers={"x-interlink": ""})

    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers


async def test_a_cookie_and_another_credential_together_are_refused(signed_in):
    answer = await signed_in.get("/api/v1/session", headers={"authorization": "Bearer something"})

    assert answer.status_code == 400
    assert answer.json()["code"] == "two_credentials"


async def test_a_client_without_a_cookie_is_not_asked_at_the_door(browser):
    answer = await browser.post("/db/commons/_revs_diff", json={}, headers={"x-interlink": ""})

    assert answer.status_code != 403


async def test_couchdbs_replicator_is_told_that_there_are_no_cookies_for_it(browser):
    """Every other answer than 404 would end its replication before it uses the credential in its address."""
    del browser.headers["x-interlink"]
    answer = await browser.post("/_session", data={"name": "an account", "password": "a token"})
    assert answer.status_code == 404


async def test_other_cookies_of_the_host_are_nobodys_sign_in(browser):
    headers = {"x-interlink": "", "cookie": "theme=dark; interlinked=1"}

    assert (await browser.post("/db/commons/_revs_diff", json={}, headers=headers)).status_code != 403


async def test_behind_https_only_the_public_address_is_our_own(tmp_path):
    address = "https://interlink.example"
    inside = "http://10.0.0.1:8000"
    async with (
        a_house(tmp_path / "data", public_url=f"{address}/") as house,
        a_browser(house, address=inside) as proxy,
    ):
        ours = await proxy.delete("/api/v1/session", headers={"origin": address})
        theirs = await proxy.delete("/api/v1/session", headers={"origin": inside})

    assert (ours.status_code, theirs.status_code) == (204, 403)


async def test_refusals_speak_the_persons_language(signed_in):
    answer = await signed_in.delete("/api/v1/session", headers={"x-interlink": "", "accept-language": "lv-LV"})

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "lv"
    assert answer.json()["detail"] == "Šis pieprasījums nenāca no mūsu lapām, tāpēc mēs to neizpildījām."
