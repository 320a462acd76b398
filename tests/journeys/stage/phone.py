"""A phone: a browser with a memory of its own, held in one hand at 360 × 800, on a cable that can be pulled."""

import contextlib
import os
import shutil
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.journeys.stage.watch import Watch
from tests.journeys.stage.wire import Wire

PATIENCE = 30_000  # ms; how long a story waits for something to be seen on a loaded machine

ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36"
)

# Beside Playwright's own flags (a second --disable-features would replace its list, so there is none here).
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--disable-domain-reliability")


@dataclass(frozen=True)
class Shape:
    """What is held in the hand, and how its owner set it up."""

    width: int = 360
    height: int = 800
    scale: float = 2
    touch: bool = True
    language: str = "en"
    dark: bool = False
    contrast: Literal["more", "no-preference"] = "no-preference"
    keeps_app: bool = True  # without: a private window, where no service worker is


PHONE = Shape()
DESKTOP = Shape(width=1280, height=900, scale=1, touch=False)


@dataclass
class Phone:
    """Opened, closed and opened again it keeps what a browser keeps: databases, caches, cookies."""

    playwright: Playwright
    wire: Wire
    memory: Path  # the browser's profile
    pictures: Path  # where screenshots go
    proxy: str  # the witness: the way to everywhere but the server
    shape: Shape = PHONE
    owner: str = "someone"
    _context: BrowserContext | None = None
    _offline: bool = False
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(self.wire.address)

    @property
    def context(self) -> BrowserContext:
        assert self._context, f"{self.owner}'s browser is closed"
        return self._context

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    @property
    def path(self) -> str:
        """Where the page is, without the server's address."""
        return self.page.url.removeprefix(self.wire.address)

    @property
    def is_open(self) -> bool:
        return self._context is not None

    def is_called(self, name: str) -> None:
        """Reach the server under this name from now on; before the browser is opened."""
        assert not self.is_open, "the browser knows the other address already"
        self.wire.name = name
        self.watch = Watch(self.wire.address)

    def opens_browser(self) -> None:
        """Start the browser on this phone's memory, with an empty page."""
        shape = self.shape
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        assert chromium, "no Chromium on PATH: make test-tools"
        how: dict[str, Any] = {"user_agent": ANDROID} if shape.touch else {}
        self._context = self.playwright.chromium.launch_persistent_context(
            self.memory,
            executable_path=chromium,
            args=[*FLAGS, f"--proxy-server={self.proxy}"],
            viewport={"width": shape.width, "height": shape.height},
            device_scale_factor=shape.scale,
            is_mobile=shape.touch,
            has_touch=shape.touch,
            locale=shape.language,
            color_scheme="dark" if shape.dark else "light",
            contrast=shape.contrast,
            timezone_id="Europe/Riga",
            reduced_motion="reduce",
            accept_downloads=True,
            service_workers="allow" if shape.keeps_app else "block",
            **how,
        )
        self._context.set_default_timeout(PATIENCE)
        self._context.set_offline(self._offline)
        self.watch.listens_to(self._context)

    def closes_browser(self) -> None:
        self.context.close()
        self._context = None

    def dies(self) -> None:
        """The battery is empty: the browser ends at once, in the middle of whatever it did."""
        mine = f"--user-data-dir={self.memory}".encode()
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and mine in _arguments(process):
                os.kill(int(process.name), signal.SIGKILL)
        with contextlib.suppress(Error):  # Playwright may notice the end before it is asked to close
            self.context.close()
        self._context = None

    def opens(self, path: str) -> None:
        """Type an address of this server (its path) and wait until the page is there."""
        if not self.is_open:
            self.opens_browser()
        self.page.goto(f"{self.wire.address}{path}")

    def goes_offline(self, *, browser_knows: bool = True) -> None:
        """Lose the network; with `browser_knows=False` the browser still believes in it."""
        self.wire.cut()
        if browser_knows:
            self._tell(offline=True)

    def comes_online(self) -> None:
        self.wire.carries()
        self._tell(offline=False)

    def _tell(self, *, offline: bool) -> None:
        self._offline = offline
        if self._context:
            self._context.set_offline(offline)

    def picture(self, name: str, *, whole: bool = False) -> None:
        """Keep what is on the screen as tests/journeys/.out/<test>/<owner>-<name>.png."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.pictures / f"{self.owner}-{name}.png", full_page=whole)


def _arguments(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []  # it ended while we looked
