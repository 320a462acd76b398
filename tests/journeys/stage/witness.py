"""A proxy that carries nothing and remembers who tried: the browser's way to every address but loopback.

Page events do not show what workers, prefetches or the browser itself ask for. So browsers get this as their proxy;
loopback goes around it, anything else ends here and is named in `asked`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

# What Chromium and Firefox ask for by themselves at every start, whatever page is open: clock, updates, forms.
BROWSERS_OWN = re.compile(
    r"(accounts|clients2)\.google\.com|(update|content-autofill|passwordsleakcheck-pa)\.googleapis\.com"
    r"|redirector\.gvt1\.com|\.mozilla\.(com|org|net)[:/]|detectportal\.firefox\.com"
)


class Witness(ThreadingHTTPServer):
    """Listens on a loopback port and answers every request with 502."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Refuse)
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """The browser hung up before it read the refusal: nothing to tell."""

    @contextmanager
    def standing(self) -> Iterator["Witness"]:
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            thread.join(5)
            self.server_close()


class _Refuse(BaseHTTPRequestHandler):
    server: Witness

    def _refuse(self) -> None:
        if not BROWSERS_OWN.search(self.path):
            self.server.asked.append(f"{self.command} {self.path}")
        self.send_error(502)

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Answer `do_CONNECT`, `do_GET` and whatever else http.server looks for."""
        if name.startswith("do_"):
            return self._refuse
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        pass
