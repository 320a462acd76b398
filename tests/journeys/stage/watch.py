"""What must never happen in a browser, whatever the story: written down as it happens, asserted when the story ends."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

# Console errors a healthy app causes. Each has its reason; the list grows only with one.
EXPECTED = (
    # The browser itself reports every request that fails for want of a network: the cable was pulled on purpose.
    re.compile(r"Failed to load resource: net::ERR_"),
    # PouchDB asks for its checkpoint before the first sync; «not there yet» is a 404 by the protocol.
    re.compile(r"status of 404.*/_local/", re.DOTALL),
)

TELL_VIOLATIONS = """
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
  console.error(`securitypolicyviolation: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`))
"""


class Watch:
    """Listens to one browser: policy violations, errors in the console, uncaught errors, requests elsewhere."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self.problems: list[str] = []
        self.requests: list[str] = []
        self._also_expected: list[re.Pattern[str]] = []

    def listens_to(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def expects(self, pattern: str) -> None:
        """This story causes a console error on purpose (say why where you call it)."""
        self._also_expected.append(re.compile(pattern, re.DOTALL))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        said = f"{message.text} ({message.location.get('url', '')})"
        if not any(pattern.search(said) for pattern in (*EXPECTED, *self._also_expected)):
            self.problems.append(f"console: {said}")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        self.requests.append(f"{request.method} {request.url}")
        own = request.url.startswith((f"{self._origin}/", "blob:", "data:"))
        if not own:
            self.problems.append(f"request elsewhere: {request.method} {request.url}")
