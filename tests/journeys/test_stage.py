"""The stage itself, on a tiny page: what the stories rely on is true before they rely on it."""

import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.journeys.stage import seeing
from tests.journeys.stage.phone import PATIENCE, Phone
from tests.journeys.stage.words import foreign_words

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self' http://elsewhere.example; worker-src 'self'; "
    "require-trusted-types-for 'script'"
)
FILES = {
    "/": (
        "text/html",
        """<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Tiny</title>
           <h1>Tiny</h1><script src=/page.js></script>""",
    ),
    "/page.js": (
        "text/javascript",
        """const here = trustedTypes.createPolicy('here', { createScriptURL: (url) => url })
           navigator.serviceWorker.register(here.createScriptURL('/worker.js'))
           localStorage.visits = Number(localStorage.visits ?? 0) + 1""",
    ),
    "/barriers": (
        "text/html",
        """<!doctype html><meta name=viewport content='width=device-width'><title>Barriers</title><h1>Barriers</h1>
           <input><button>x</button><p lang=lv>Latviski</p><script src=/barriers.js></script>""",
    ),
    "/barriers.js": (
        "text/javascript",
        """Object.assign(document.querySelector('button').style, { width: '9px', height: '9px', padding: 0 })
           Object.assign(document.querySelector('h1').style, { width: '500px' })""",
    ),
    "/worker.js": (
        "text/javascript",
        """addEventListener('install', () => skipWaiting())
           addEventListener('activate', (event) => event.waitUntil(clients.claim()))
           addEventListener('fetch', (event) => { if (event.request.url.endsWith('/through-worker')) event.respondWith(
             fetch('/data').then((r) => r.text(), () => 'no network').then((text) => new Response(text))) })""",
    ),
    "/data": ("text/plain", "data"),
}


class Tiny(BaseHTTPRequestHandler):
    server: "TinyServer"

    def do_GET(self) -> None:
        self.server.heard.append(self.path)
        kind, body = FILES.get(self.path, (None, ""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


class TinyServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, heard: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), Tiny)
        self.heard = heard


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def port(heard: list[str]) -> Iterator[int]:
    with TinyServer(heard) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def phone(phone_at: Callable[..., Phone], port: int) -> Phone:
    return phone_at(port, "Tiny")


def fetched(phone: Phone, path: str) -> str:
    return phone.page.evaluate("(path) => fetch(path).then((r) => r.text(), () => 'no network')", path)


@pytest.fixture
def open_phone(phone: Phone) -> Phone:
    phone.opens("/")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.wait_for_function("navigator.serviceWorker.controller")
    return phone


def test_a_phone_remembers_over_a_restart_of_its_browser(open_phone):
    phone = open_phone
    expect(phone.page.get_by_role("heading", name="Tiny")).to_be_visible()
    assert phone.page.evaluate("[innerWidth, matchMedia('(pointer: coarse)').matches]") == [360, True]
    phone.closes_browser()
    phone.opens("/")
    assert phone.page.evaluate("localStorage.visits") == "2"


def test_what_a_page_wrote_into_a_database_outlives_the_end_of_the_battery(phone):
    phone.opens("/")
    phone.page.evaluate(
        """() => new Promise((done) => { const open = indexedDB.open('notes')
             open.onupgradeneeded = () => open.result.createObjectStore('notes')
             open.onsuccess = () => { const written = open.result.transaction('notes', 'readwrite')
               written.objectStore('notes').put('kept', 1); written.oncomplete = () => done() } })"""
    )
    phone.dies()
    phone.opens("/")
    kept = phone.page.evaluate(
        """() => new Promise((done) => { const open = indexedDB.open('notes')
             open.onsuccess = () => { const read = open.result.transaction('notes').objectStore('notes').get(1)
               read.onsuccess = () => done(read.result) } })"""
    )
    assert kept == "kept"


def test_a_pulled_cable_cuts_page_and_service_worker_though_the_browser_believes_in_a_network(open_phone):
    assert (fetched(open_phone, "/data"), fetched(open_phone, "/through-worker")) == ("data", "data")
    open_phone.goes_offline(browser_knows=False)
    assert (fetched(open_phone, "/data"), fetched(open_phone, "/through-worker")) == ("no network", "no network")
    assert open_phone.page.evaluate("navigator.onLine")
    open_phone.comes_online()
    assert fetched(open_phone, "/through-worker") == "data"


def test_an_answer_is_lost_once_though_its_request_arrived(open_phone, heard):
    open_phone.wire.loses_the_answer_to(b"/data?lost")
    assert fetched(open_phone, "/data?lost") == "no network"
    assert "/data?lost" in heard
    assert fetched(open_phone, "/data") == "data"


def test_a_silent_network_takes_requests_and_never_answers(open_phone):
    open_phone.wire.goes_silent()
    ends = open_phone.page.evaluate(
        "fetch('/data', { signal: AbortSignal.timeout(700) }).then(() => 'answer', (e) => e.name)"
    )
    assert ends == "TimeoutError"


def test_an_offline_phone_that_is_told_so_stays_offline_over_a_restart(open_phone):
    expect(open_phone.page.get_by_role("heading", name="Tiny")).to_be_visible()
    open_phone.goes_offline()
    assert not open_phone.page.evaluate("navigator.onLine")
    open_phone.closes_browser()
    open_phone.opens_browser()
    assert not open_phone.page.evaluate("navigator.onLine")


def test_the_watch_tells_policy_violations_errors_and_requests_elsewhere(open_phone):
    assert open_phone.watch.problems == [], "the control: a page that does nothing wrong"
    open_phone.page.evaluate("fetch('http://forbidden.example/').catch(() => 0)")
    open_phone.page.evaluate("setTimeout(() => { throw new Error('broken') })")
    problems = open_phone.watch.problems
    for said in ("securitypolicyviolation: connect-src http://forbidden.example", "uncaught: broken"):
        until = time.monotonic() + PATIENCE / 1000
        while not any(said in problem.replace("Error: ", "") for problem in problems):
            assert time.monotonic() < until, f"never told: {said}"
            open_phone.page.wait_for_timeout(50)
    open_phone.page.wait_for_timeout(300)  # the browser may tell the same once more, in words of its own
    problems.clear()


def test_the_witness_sees_what_leaves_from_a_worker_too(open_phone, witness):
    open_phone.page.evaluate("fetch('http://elsewhere.example/x').then(() => 0, () => 0)")
    asked, witness.asked = witness.asked, []
    open_phone.watch.problems.clear()
    assert asked == ["GET http://elsewhere.example/x"]


def test_eyes_see_barriers_where_there_are_some(phone):
    phone.opens_browser()
    seeing.opens_eyes(phone.context)
    phone.opens("/barriers")
    found = {line.split(":")[0] for line in seeing.violations(phone.page)}
    assert found == {"html-has-lang", "label", "target-size"}
    assert seeing.sideways(phone.page)[0].startswith("the page is ")
    assert any(one.endswith("9×9") for one in seeing.small_targets(phone.page))
    assert "Barriers" in seeing.own_words(phone.page)
    assert "Latviski" not in seeing.own_words(phone.page)


def test_a_word_of_another_language_is_found_among_the_words_of_a_screen():
    assert foreign_words(["Accedi", "Sign in", "Interlink", "23:10"], "it") == ["Sign in"]
