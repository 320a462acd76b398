"""Signing in by a provider that was not written here (npm oidc-provider), and by one that somebody has taken over."""

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from backend.accounts.tables import Account, Identity
from backend.kit.settings import ProviderSettings
from tests.backend.accounts.town import ADDRESS, Moment, Town, a_town
from tests.interop.conftest import started
from tests.makers import a_free_port

HERE = Path(__file__).parent
SECRET = "a secret that client and provider share, long enough"
DISCOVERY = "/.well-known/openid-configuration"


def settings(name: str, issuer: str, **members: str) -> ProviderSettings:
    return ProviderSettings(name=name, issuer=issuer, client_id="interlink", client_secret=SECRET, **members)


@contextmanager
def a_provider(name: str, folder: Path) -> Iterator[ProviderSettings]:
    """Run a provider until the end of the block."""
    port, node = a_free_port(), shutil.which("node")
    assert node
    callback = f"{ADDRESS}/api/v1/session/oidc/{name}/callback"
    command = [node, str(HERE / "oidc_provider.mjs"), str(port), callback]
    with started(command, f"http://127.0.0.1:{port}{DISCOVERY}", folder / f"{name}.log"):
        yield settings(name, f"http://127.0.0.1:{port}")


@pytest.fixture(scope="module")
def providers(tmp_path_factory) -> Iterator[tuple[ProviderSettings, ProviderSettings]]:
    folder = tmp_path_factory.mktemp("providers")
    with ExitStack() as running:
        eid, work = (running.enter_context(a_provider(name, folder)) for name in ("eid", "work"))
        yield eid, work


@pytest.fixture
async def town(tmp_path, providers) -> AsyncIterator[Town]:
    async with a_town(tmp_path, Moment(datetime.now(UTC)), oidc=providers) as town:
        yield town


async def at_the_provider(location: str, login: str = "ilze") -> str:
    """Go through the provider's own pages as a person does; where it sends the browser back to."""
    async with httpx.AsyncClient(follow_redirects=False) as browser:
        answer = await browser.get(location)
        while True:
            if answer.is_redirect:
                target = str(httpx.URL(answer.request.url).join(answer.headers["location"]))
                if target.startswith(ADDRESS):
                    return target
                answer = await browser.get(target)
                continue
            form = re.search(r'<form[^>]* action="([^"]+)"', answer.text)
            assert form, answer.text[:2000]
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert prompt
            filled = {"prompt": prompt[1], "login": login, "password": "any"}
            action = httpx.URL(str(answer.request.url)).join(unescape(form[1]))
            answer = await browser.post(action, data=filled)


async def leave(browser: httpx.AsyncClient, provider: str = "eid", way: str = "/") -> str:
    answer = await browser.get(f"/session/oidc/{provider}", params={"next": way, "device": "phone"})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


async def through(town: Town, provider: str = "eid", login: str = "ilze", way: str = "/") -> tuple[Any, httpx.Response]:
    """The whole way: there, sign in, and back."""
    browser = town.browser()
    back = await at_the_provider(await leave(browser, provider, way), login)
    return browser, await browser.get(back)


def changed(url: str, **members: str | None) -> str:
    """The same address with other members in its query."""
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query)), **members}
    return parts._replace(query=urlencode({name: value for name, value in query.items() if value is not None})).geturl()


async def refused(town: Town, browser: httpx.AsyncClient, answer: httpx.Response) -> None:
    """Nobody is signed in, nothing was made, and the person is told on a page of ours."""
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/sign-in?problem=provider_")
    assert (await browser.get("/session")).json()["account"] is None
    assert await Account.count() == 0


async def test_somebody_new_comes_by_a_provider_and_chooses_a_name_of_their_own(town):
    browser, answer = await through(town, way="/processes?mine=1")

    assert (answer.status_code, answer.headers["location"]) == (302, "/sign-in?choose-name&next=/processes%3Fmine%3D1")
    account = (await browser.get("/session")).json()["account"]
    assert (account["name"], account["email"], account["recoverable"]) == ("", None, True)
    assert (await browser.patch("/account", json={"name": "Ilze"})).json()["providers"] == [
        {"name": "eid", "label": "eid"}
    ]


async def test_who_comes_again_is_the_same_person_and_goes_on_where_they_wanted(town):
    browser, _ = await through(town)
    await browser.patch("/account", json={"name": "Ilze"})
    again, answer = await through(town, way="/waiting")

    assert answer.headers["location"] == "/waiting"
    assert (await again.get("/session")).json()["account"] == (await browser.get("/session")).json()["account"]
    assert await Account.count() == 1


async def test_two_providers_with_the_same_mail_are_two_accounts(town):
    one, _ = await through(town, "eid")
    other, _ = await through(town, "work")

    ids = {(await browser.get("/session")).json()["account"]["id"] for browser in (one, other)}
    assert len(ids) == 2
    stored = b"".join(file.read_bytes() for file in town.house.settings.data.glob("rows.db*"))
    assert b"same@example.org" not in stored


async def test_what_is_kept_of_a_provider_recognises_a_person_and_names_nobody(town):
    await through(town, login="ilze.berzina")

    [row] = await Identity.select()
    assert "ilze" not in str(row)


async def test_a_person_links_a_provider_to_the_account_they_have_and_unlinks_it(town):
    phone = await town.newcomer()
    location = (await phone.post("/account/identities/eid")).json()["location"]
    answer = await phone.get(await at_the_provider(location))
    assert answer.headers["location"] == "/settings"
    assert [one["name"] for one in (await phone.get("/account")).json()["providers"]] == ["eid"]

    browser, _ = await through(town)
    assert (await browser.get("/session")).json()["account"]["name"] == "Ilze"
    assert (await phone.delete("/account/identities/eid")).status_code == 204
    assert (await phone.delete("/account/identities/eid")).status_code == 404


async def test_nobody_takes_an_identity_that_is_anothers(town):
    await through(town)
    mallory = await town.newcomer("Mallory", "mallory@example.org")
    location = (await mallory.post("/account/identities/eid")).json()["location"]
    answer = await mallory.get(await at_the_provider(location))

    assert answer.headers["location"] == "/settings?problem=identity_taken"
    assert (await mallory.get("/account")).json()["providers"] == []


async def test_a_link_that_was_begun_is_not_finished_in_another_persons_session(town):
    mallory = await town.newcomer("Mallory", "mallory@example.org")
    location = (await mallory.post("/account/identities/eid")).json()["location"]
    back = await at_the_provider(location)
    ilze = await town.newcomer()
    ilze.cookies.set("interlink-oidc", mallory.cookies["interlink-oidc"], domain="localhost.local")
    answer = await ilze.get(back)

    assert answer.headers["location"] == "/settings?problem=identity_taken"
    assert await Identity.count() == 0


@pytest.mark.parametrize(
    "members",
    [
        {"state": "mallorys"},
        {"state": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"code": None},
        {"code": "guess"},
    ],
    ids=["another state", "no state", "another iss", "no iss", "no code", "another code"],
)
async def test_an_answer_that_was_changed_on_the_way_is_refused(town, members):
    browser = town.browser()
    back = await at_the_provider(await leave(browser))
    await refused(town, browser, await browser.get(changed(back, **members)))


async def test_an_answer_is_good_in_the_browser_that_asked_and_nowhere_else(town):
    mallorys, ilzes = town.browser(), town.browser()
    back = await at_the_provider(await leave(mallorys))
    await refused(town, ilzes, await ilzes.get(back))
    await leave(ilzes)
    await refused(town, ilzes, await ilzes.get(back))


async def test_a_code_that_was_used_is_refused(town):
    browser = town.browser()
    back = await at_the_provider(await leave(browser))
    kept = browser.cookies["interlink-oidc"]
    assert (await browser.get(back)).headers["location"].startswith("/sign-in?choose-name")
    await browser.delete("/session")

    browser.cookies.set("interlink-oidc", kept, domain="localhost.local")
    answer = await browser.get(back)
    assert answer.headers["location"] == "/sign-in?problem=provider_refused"
    assert (await browser.get("/session")).json()["account"] is None


async def test_another_nonce_is_refused(town):
    browser = town.browser()
    back = await at_the_provider(changed(await leave(browser), nonce="mallorys"))
    await refused(town, browser, await browser.get(back))


async def test_another_challenge_is_refused_by_the_provider(town):
    browser = town.browser()
    back = await at_the_provider(changed(await leave(browser), code_challenge="m" * 43))
    await refused(town, browser, await browser.get(back))


PAST = int((datetime.now(UTC) - timedelta(hours=2)).timestamp())
TOKENS: dict[str, dict[str, Any]] = {
    "alg none": {"header": {"alg": "none"}, "key": "none"},
    "keyed by our secret": {"header": {"alg": "HS256"}, "key": "secret"},
    "signed by another key": {"key": "other"},
    "expired": {"claims": {"exp": PAST}},
    "without an end": {"claims": {"exp": None}},
    "of another issuer": {"claims": {"iss": "https://evil.example"}},
    "for another client": {"claims": {"aud": "somebody-else"}},
    "handed on by another client": {"claims": {"aud": ["interlink", "other"], "azp": "other"}},
    "with another nonce": {"claims": {"nonce": "replayed"}},
    "from the future": {"claims": {"iat": PAST + 20_000}},
    "about nobody": {"claims": {"sub": ""}},
}


@pytest.mark.parametrize("mutation", TOKENS.values(), ids=TOKENS)
async def test_an_id_token_that_is_not_right_is_refused(town, providers, mutation):
    browser = town.browser()
    async with httpx.AsyncClient(base_url=providers[0].issuer) as attacker:
        try:
            await attacker.put("/mutation", json=mutation)
            await refused(town, browser, await browser.get(await at_the_provider(await leave(browser))))
        finally:
            await attacker.put("/mutation", content=b"null")


async def test_the_mutants_are_refused_for_what_is_wrong_with_them(town, providers):
    async with httpx.AsyncClient(base_url=providers[0].issuer) as attacker:
        try:
            await attacker.put("/mutation", json={"key": "own"})
            _, answer = await through(town)
        finally:
            await attacker.put("/mutation", content=b"null")
    assert answer.headers["location"].startswith("/sign-in?choose-name")


@pytest.mark.parametrize(
    "way",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "",
        "/a\nb",
    ],
)
async def test_the_way_back_never_leads_to_another_site(town, way):
    first, _ = await through(town)
    await first.patch("/account", json={"name": "Ilze"})
    _, answer = await through(town, way=way)

    assert answer.headers["location"] == "/"


async def test_a_stranger_by_a_provider_makes_no_account_where_only_the_invited_register(tmp_path, providers):
    async with a_town(tmp_path, Moment(datetime.now(UTC)), oidc=providers, registration="invited") as town:
        _, answer = await through(town)
        assert answer.headers["location"] == "/sign-in?problem=registration_closed"
        assert await Account.count() == 0


async def test_a_provider_that_calls_itself_otherwise_is_not_believed(tmp_path, providers):
    evil = settings("evil", providers[0].issuer.replace("127.0.0.1", "localhost"))
    async with a_town(tmp_path, Moment(datetime.now(UTC)), oidc=(evil,)) as town:
        answer = await town.browser().get("/session/oidc/evil")
        assert answer.headers["location"] == "/sign-in?problem=provider_failed"
