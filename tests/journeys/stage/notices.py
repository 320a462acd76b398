"""Notices in Chromium, which cannot reach a push service here: its part of subscribing is stood in for, nothing else.

The address, the keys and the message are real, and the message is handed to the browser by DevTools, as its own push
client would.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession

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

TAP = """async () => {
  const [shown] = await registration.getNotifications()
  dispatchEvent(new NotificationEvent('notificationclick', { notification: shown }))
}"""


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
        if self._browser is None:
            self._browser = self.person.phone.context.new_cdp_session(self.person.page)
            self._browser.on("ServiceWorker.workerRegistrationUpdated", self._hears)
            self._browser.send("ServiceWorker.enable")
        while not self._registrations:
            self.person.page.wait_for_timeout(50)
        where = {"origin": self.person.phone.wire.address, "registrationId": self._registrations[-1]}
        self._browser.send("ServiceWorker.deliverPushMessage", {**where, "data": message})

    def _hears(self, told: dict[str, Any]) -> None:
        self._registrations += [one["registrationId"] for one in told["registrations"] if not one["isDeleted"]]

    def shown(self) -> list[str]:
        """Titles of what is on the lock screen."""
        look = "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
        return self.person.page.evaluate(f"{look}.then((all) => all.map((one) => one.title))")

    def taps(self) -> None:
        """The first one on the lock screen."""
        [worker] = self.person.phone.context.service_workers
        worker.evaluate(TAP)
