"""Firefox, driven by WebDriver BiDi over one socket: what Debian ships, without a driver program beside it.

Commands and results: https://w3c.github.io/webdriver-bidi/. Elements are found by role and name, as people find them.
"""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

STARTS_WITHIN = 60.0  # seconds
PATIENCE = 60.0  # as long as a loaded machine may need to keep the whole app

SETTINGS = {
    "network.proxy.type": 1,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.log.level": "Info",
    "services.settings.server": "http://127.0.0.1:9/",  # discard: no settings from elsewhere
    "toolkit.telemetry.server": "http://127.0.0.1:9/",
}


# Brings an element to the middle of the window until it stood there for five frames with nothing over it.
RESTS = """async (element, patience) => {
  const end = performance.now() + patience
  for (let frames = 0, before = ''; frames < 5; ) {
    if (performance.now() > end) throw new Error('it never rests, or something lies over it')
    element.scrollIntoView({ block: 'center', behavior: 'instant' })
    await new Promise((drawn) => requestAnimationFrame(drawn))
    const { x, y, width, height } = element.getBoundingClientRect()
    const met = document.elementFromPoint(x + width / 2, y + height / 2)
    const here = [x, y, width, height].join()
    frames = here === before && element.contains(met) ? frames + 1 : 0
    before = here
    if (!element.isConnected) return false
  }
  return true
}"""


class BiDiError(Exception):
    """Firefox refused a command."""


class Firefox:
    """One window of one Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._last = 0
        self.errors: list[str] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self._window: str = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and wait for its result; events that come meanwhile are kept."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=PATIENCE))
            if message.get("id") == self._last:
                break
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.errors.append(message["params"]["text"])
        if message["type"] == "error":
            raise BiDiError(f"{method}: {message['error']}: {message['message']}")
        return message["result"]

    def opens(self, address: str) -> None:
        self.ask("browsingContext.navigate", context=self._window, url=address, wait="interactive")

    def waits_until_kept(self) -> None:
        """The app itself is on this device now: it opens without a network."""
        self.evaluates("navigator.serviceWorker.ready.then(() => true)")

    def has_size(self, width: int, height: int) -> None:
        self.ask("browsingContext.setViewport", context=self._window, viewport={"width": width, "height": height})

    def nodes(self, locator: dict[str, Any]) -> list[dict[str, Any]]:
        return self.ask("browsingContext.locateNodes", context=self._window, locator=locator)["nodes"]

    def finds(self, role: str, name: str) -> dict[str, Any]:
        """Wait for the first element with this role and accessible name."""
        return self._waits(lambda: self.nodes({"type": "accessibility", "value": {"role": role, "name": name}}))[0]

    def sees(self, text: str) -> None:
        """Wait until the page shows this text, whatever stands around it."""
        self._waits(lambda: self.evaluates(f"document.body.innerText.includes({json.dumps(text)})"))

    def presses(self, role: str, name: str) -> None:
        self._points_at(lambda: self.finds(role, name))

    def writes(self, label: str, text: str) -> None:
        """Tap the field with this label and type."""
        self._points_at(lambda: self._waits(lambda: self._fields(label))[0])
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self._acts({"type": "key", "id": "keys", "actions": keys})

    def _fields(self, label: str) -> list[dict[str, Any]]:
        """By name alone: a field for passwords has no role."""
        named = self.nodes({"type": "accessibility", "value": {"name": label}})
        return [node for node in named if node["value"]["localName"] in {"input", "textarea"}]

    def evaluates(self, expression: str) -> Any:
        """The value of an expression in the page (strings, numbers and booleans)."""
        answer = self.ask("script.evaluate", expression=expression, target={"context": self._window}, awaitPromise=True)
        if answer["type"] == "exception":
            raise BiDiError(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def cookies(self) -> dict[str, str]:
        """The cookies of the page, those that no script sees too."""
        where = {"type": "context", "context": self._window}
        return {
            one["name"]: one["value"]["value"] for one in self.ask("storage.getCookies", partition=where)["cookies"]
        }

    def _waits(self, look: Callable[[], Any]) -> Any:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if seen := look():
                return seen
            time.sleep(0.1)
        raise AssertionError(f"never seen; the page says:\n{self.evaluates('document.body.innerText')}")

    def _points_at(self, find: Callable[[], dict[str, Any]]) -> None:
        """Tap it where it rests: what arrives late moves a page, and a tap meets whatever is there by then."""
        node: dict[str, Any] = self._waits(lambda: self._rested(find()))
        origin = {"type": "element", "element": {"sharedId": node["sharedId"]}}
        self._acts(
            {
                "type": "pointer",
                "id": "finger",
                "parameters": {"pointerType": "touch"},
                "actions": [
                    {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
                    {"type": "pointerDown", "button": 0},
                    {"type": "pointerUp", "button": 0},
                ],
            }
        )

    def _rested(self, node: dict[str, Any]) -> dict[str, Any] | None:
        """The element once it rests; None when the page put another in its place meanwhile."""
        answer = self.ask(
            "script.callFunction",
            functionDeclaration=RESTS,
            arguments=[{"sharedId": node["sharedId"]}, {"type": "number", "value": PATIENCE * 500}],
            target={"context": self._window},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise BiDiError(answer["exceptionDetails"]["text"])
        return node if answer["result"]["value"] else None

    def _acts(self, *sources: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self._window, actions=list(sources))


@contextmanager
def a_firefox(profile: Path, *, proxy: str, settings: dict[str, Any] | None = None) -> Iterator[Firefox]:
    """Start Firefox on a profile folder, its way to the outside world through `proxy`, and end it with the block."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "no Firefox on PATH: make test-tools"
    _writes_settings(profile, proxy, settings or {})
    log = profile / "browser.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            with connect(f"{_listens_at(log, process)}/session", max_size=None, proxy=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _writes_settings(profile: Path, proxy: str, more: dict[str, Any]) -> None:
    profile.mkdir(parents=True, exist_ok=True)
    host, port = proxy.removeprefix("http://").split(":")
    way_out = {"network.proxy.http": host, "network.proxy.http_port": int(port)}
    way_out |= {"network.proxy.ssl": host, "network.proxy.ssl_port": int(port)}
    told = {**SETTINGS, **way_out, **more}
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in told.items())
    (profile / "user.js").write_text("\n".join(lines))


def _listens_at(log: Path, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if said := re.search(r"WebDriver BiDi listening on (ws://\S+)", log.read_text(errors="replace")):
            return said.group(1)
        time.sleep(0.1)
    raise AssertionError(f"Firefox did not start:\n{log.read_text(errors='replace')[-2000:]}")
