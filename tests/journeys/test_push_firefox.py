"""A real Firefox at a push service on this machine: subscribed by a tap, called open and closed, forgotten when it
left."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.journeys.stage.demo import PASSWORD
from tests.journeys.stage.firefox import a_firefox
from tests.journeys.stage.push_service import WITHIN, a_local_push_service
from tests.journeys.stage.wire import Wire
from tests.journeys.stage.words import word

SHOWN = (
    "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
    ".then((all) => all.map((one) => one.title).join())"
)
LEAVES = (
    "navigator.serviceWorker.ready.then((one) => one.pushManager.getSubscription()).then((one) => one.unsubscribe())"
)


@contextmanager
def the_same_device(address: str, cookies: dict[str, str]) -> Iterator[httpx.Client]:
    """The session of that browser, while it is closed."""
    with httpx.Client(base_url=address, cookies=cookies, headers={"X-Interlink": "1"}) as client:
        yield client


def here(client: httpx.Client) -> dict[str, Any]:
    return client.get("/api/v1/push").raise_for_status().json()


def waits_until(seen: Callable[[], Any]) -> None:
    until = time.monotonic() + WITHIN
    while not seen():
        assert time.monotonic() < until, "never seen"
        time.sleep(0.2)


def test_firefox_is_called_open_and_closed_and_not_after_it_left(serve, demo_copy, witness, tmp_path):
    with a_local_push_service() as service:
        server = serve(demo_copy, settings={"INTERLINK_PUSH_ALLOW": service.allow})
        how = {"proxy": witness.address, "settings": service.settings()}
        with Wire(server.port).laid() as wire:
            with a_firefox(tmp_path / "firefox", **how) as firefox:
                firefox.has_size(360, 800)
                firefox.opens(f"{wire.address}/sign-in")
                firefox.writes(word("en", "email"), "ilze@demo.example")
                firefox.writes(word("en", "password"), PASSWORD)
                firefox.presses("button", word("en", "sign_in"))
                firefox.finds("link", word("en", "dock_today"))
                firefox.opens(f"{wire.address}/settings/notices")
                firefox.sees(word("en", "notices_off"))
                assert service.channels == {}, "nobody subscribed before the tap"

                firefox.presses("button", word("en", "notices_turn_on"))
                firefox.sees(word("en", "notices_on"))
                assert len(service.subscribed()) == 1
                firefox.presses("button", word("en", "notices_test"))
                firefox.sees(word("en", "notices_test_shown"))
                assert firefox.evaluates(SHOWN) == "Notices arrive on this device"
                assert set(service.acknowledged) == {100}, "decrypted and handed to the worker"
                cookies = firefox.cookies()
                assert firefox.errors == []

            service.waits_until(lambda: not service.here, "the browser is closed")
            with the_same_device(server.address, cookies) as device:
                told = device.post("/api/v1/push/test").raise_for_status().json()["notice"]
                service.waits_until(lambda: any(service.waiting.values()), "the service keeps it for the browser")
                with a_firefox(tmp_path / "firefox", **how) as firefox:  # with no page of ours
                    waits_until(
                        lambda: (told, "shown") in [(n["notice"], n["state"]) for n in here(device)["deliveries"]]
                    )
                    assert set(service.acknowledged) == {100}

                    firefox.opens(f"{wire.address}/settings/notices")
                    firefox.sees(word("en", "notices_on"))
                    firefox.evaluates(LEAVES)  # behind the app's back: only the push service knows
                    service.waits_until(lambda: not service.subscribed(), "the address is given up")
                    device.post("/api/v1/push/test").raise_for_status()
                    waits_until(lambda: here(device)["here"]["state"] is None)
                    assert here(device)["deliveries"][0]["state"] == "failed"
