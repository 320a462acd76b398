"""Notices in Chromium, which cannot reach a push service here: its part of subscribing is stood in for, nothing else.

The address, the keys and the message are real, and the message is handed to the browser by DevTools, as its own push
client would.
"""

import json
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Worker

from tests.journeys.stage.person import Person

# `asked` counts how often the page asked for the permission; the subscription is remembered as a browser remembers it.
SUBSCRIBES = """(subscription) => {
  const kept = 'stands-in.subscribed'
  const made = () => ({
    endpoint: subscription.endpoint,
    options: {},
    toJSON: () => subscription,
    unsubscribe: async () => (localStorage.removeItem(kept), true),
  })
  PushManager.prototype.getSubscription = async () => (localStorage.getItem(kept) ? made() : null)
  PushManager.prototype.subscribe = async () => (localStorage.setItem(kept, '1'), made())
  const ask = Notification.requestPermission.bind(Notification)
  globalThis.asked = 0
  Notification.requestPermission = () => ((globalThis.asked += 1), ask())
}"""

SHOWN = "registration.getNotifications().then((all) => all.map((one) => one.title))"
TAP = """async (action) => {
  const [shown] = await registration.getNotifications()
  dispatchEvent(new NotificationEvent('notificationclick', { notification: shown, action }))
}"""


WITHIN = 30.0  # seconds


@dataclass
class Notices:
    """What a phone shows and is told outside its pages."""

    person: Person
    _browser: CDPSession | None = None
    _registrations: list[str] = field(default_factory=list)

    def allow(self, setting: str) -> None:
        """As in the browser's own settings: `granted`, `denied` or `prompt`."""
        how = {"permission": {"name": "notifications"}, "setting": setting, "origin": self.person.phone.wire.address}
        self.person.phone.context.new_cdp_session(self.person.page).send("Browser.setPermission", how)

    def stands_in(self, subscription: dict[str, Any]) -> None:
        """Before the first page: what subscribing gives."""
        self.person.phone.context.add_init_script(f"({SUBSCRIBES})({json.dumps(subscription)})")

    def asked(self) -> int:
        return self.person.page.evaluate("globalThis.asked")

    def delivers(self, message: str) -> None:
        """Hand a decrypted message to the browser."""
        self._tells("deliverPushMessage", data=message)

    def finds_network(self) -> None:
        """Background Sync: the browser wakes the service worker, no page being open."""
        self._tells("dispatchSyncEvent", tag="interlink", lastChance=False)

    def _tells(self, what: str, **told: Any) -> None:
        if self._browser is None:
            self._browser = self.person.phone.context.new_cdp_session(self.person.page)
            self._browser.on("ServiceWorker.workerRegistrationUpdated", self._hears)
            self._browser.send("ServiceWorker.enable")
        while not self._registrations:
            self.person.page.wait_for_timeout(50)
        where = {"origin": self.person.phone.wire.address, "registrationId": self._registrations[-1]}
        self._browser.send(f"ServiceWorker.{what}", {**where, **told})

    def _hears(self, told: dict[str, Any]) -> None:
        self._registrations += [one["registrationId"] for one in told["registrations"] if not one["isDeleted"]]

    def shown(self) -> list[str]:
        """Titles of what is on the lock screen."""
        return self._worker.evaluate(SHOWN)

    def waits_until_shown(self, title: str) -> None:
        until = time.monotonic() + WITHIN
        while title not in (shown := self.shown()):
            assert time.monotonic() < until, f"only shown: {shown}"
            self.person.page.wait_for_timeout(100)

    def taps(self, action: str = "") -> None:
        """The first one on the lock screen, or a button under it."""
        self._worker.evaluate(TAP, action)

    @property
    def _worker(self) -> Worker:
        [worker] = self.person.phone.context.service_workers
        return worker
