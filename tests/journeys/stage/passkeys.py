"""A device that makes and uses passkeys: Chromium's virtual authenticator (WebDriver's WebAuthn extension, over CDP).

It is the browser's own WebAuthn and CTAP2 with a key store in memory, so options, origins and signatures are checked as
with a fingerprint; only the finger is not there. It lives as long as the page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


COUNTS = """
navigator.credentials && (() => {
  const get = navigator.credentials.get.bind(navigator.credentials)
  navigator.credentials.get = options => {
    globalThis.passkeysAsked = true
    return get(options)
  }
})()
"""


@dataclass
class PasskeyDevice:
    """The part of a phone that keeps passkeys."""

    _page: Page
    _browser: CDPSession
    _id: str

    def passkeys(self) -> int:
        """How many it holds."""
        return len(self._browser.send("WebAuthn.getCredentials", {"authenticatorId": self._id})["credentials"])

    def waits_for_a_finger(self) -> None:
        """From now on it asks for a touch, and none comes."""
        self._presence(there=False)

    def is_asked(self) -> None:
        """Wait until the page asks it for a passkey."""
        self._page.wait_for_function("() => globalThis.passkeysAsked", polling=150)

    def feels_a_finger(self) -> None:
        """The touch is there for whoever asks from now on; who asked before waits on in vain."""
        self._presence(there=True)

    def _presence(self, *, there: bool) -> None:
        how = {"authenticatorId": self._id, "enabled": there}
        self._browser.send("WebAuthn.setAutomaticPresenceSimulation", how)


@contextmanager
def a_passkey_device(page: Page) -> Iterator[PasskeyDevice]:
    """Put it into the phone that shows this page."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    page.add_init_script(COUNTS)
    added = browser.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    try:
        yield PasskeyDevice(page, browser, added["authenticatorId"])
    finally:
        browser.detach()
