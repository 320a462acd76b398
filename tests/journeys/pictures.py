"""Take the pictures of the README from the running app: `make pictures`.

Each is what somebody of the demo sees on a phone of 360 × 800. They are kept as WebP, for every clone carries them.
"""

import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import Person
from tests.journeys.stage.phone import PATIENCE, PHONE, Phone
from tests.journeys.stage.wire import Wire
from tests.journeys.stage.witness import Witness
from tests.makers import Server, a_demo, a_server

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SCALE = 1.5  # pixels of the picture for each of the page: the README shows them smaller than a phone
QUALITY = 75  # of 100
LIMIT = 60_000  # bytes of one picture


def opens_the_address(stranger: Person) -> None:
    """The first screen, without an account."""
    stranger.opens()
    expect(stranger.page.get_by_role("heading", level=3, name=PROCESS["en"])).to_be_visible()


def opens_her_process(anna: Person) -> None:
    """What is new in it, who is in it and what comes next."""
    anna.signs_in()
    anna.opens_process(PROCESS)


def writes_in_a_basement(ilze: Person) -> None:
    """It is on her phone, and waits for a network."""
    ilze.signs_in()
    ilze.opens_task(PROCESS, TASK)
    ilze.phone.goes_offline()
    ilze.contributes("Tax returns, every spring: people come with a folder of paper.")
    ilze.sees_state("Tax returns", "waiting")


def is_asked_to_help(paolo: Person) -> None:
    """A call for people, with both answers."""
    paolo.signs_in()
    paolo.opens("/needs")
    paolo.follows("Leggere ad alta voce le proposte in piazza")
    expect(paolo.page.get_by_role("button", name=paolo.says("need_yes"))).to_be_visible()


def looks_at_the_day(ilze: Person) -> None:
    """Today, in the dark theme."""
    ilze.signs_in()


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, in which language, and what they do before it is taken."""

    name: str
    who: str
    language: str
    acts: Callable[[Person], None]
    dark: bool = False


SHOTS = (
    Shot("welcome", "stranger", "en", opens_the_address),
    Shot("process", "anna", "lv", opens_her_process),
    Shot("task-offline", "ilze", "en", writes_in_a_basement),
    Shot("call", "paolo", "it", is_asked_to_help),
    Shot("today-night", "lucia", "es", looks_at_the_day, dark=True),
)


def main() -> None:
    """Take all of them; exits with a sentence when one is too large to be carried."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        room = Path(scratch)
        with a_server(a_demo(room / "data"), log=room / "server.log") as server:
            for shot in SHOTS:
                file = FOLDER / f"{shot.name}.webp"
                with _somebody(shot, server, playwright, room) as person:
                    shot.acts(person)
                    person.waits_until_settled()
                    _keep(person.page.screenshot(animations="disabled"), file)
                size = file.stat().st_size
                sys.stdout.write(f"{file}: {size:,} bytes\n")
                if size > LIMIT:
                    sys.exit(f"A picture may have {LIMIT:,} bytes.")


@contextmanager
def _somebody(shot: Shot, server: Server, playwright: Playwright, room: Path) -> Generator[Person]:
    """Give this person a phone that was never used, for the length of the block."""
    with Witness().standing() as witness, Wire(server.port).laid() as wire:
        phone = Phone(
            playwright=playwright,
            wire=wire,
            memory=room / shot.name,
            pictures=room,
            proxy=witness.address,
            shape=replace(PHONE, scale=SCALE, language=shot.language, dark=shot.dark),
            owner=shot.who,
        )
        try:
            yield Person(shot.who, phone, shot.language)
        finally:
            if phone.is_open:
                phone.closes_browser()


def _keep(screenshot: bytes, file: Path) -> None:
    with Image.open(BytesIO(screenshot)) as picture:
        picture.convert("RGB").save(file, "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
