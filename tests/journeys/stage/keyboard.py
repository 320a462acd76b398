"""Going about with Tab and Enter alone, as people do who see no pointer or hold no mouse."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.journeys.stage import seeing
from tests.journeys.stage.person import Person

STEPS = 80  # more presses than any way on one screen takes: a trap, or something that cannot be reached


@dataclass
class Keyboard:
    """The hands of a person on a keyboard. Each stop on the way must show its focus, with nothing lying over it."""

    person: Person

    def tab_to(self, name: str | re.Pattern[str]) -> None:
        """Press Tab until what has this name has the focus."""
        wanted = re.compile(re.escape(name)) if isinstance(name, str) else name
        walked: list[str] = []
        for _ in range(STEPS):
            self.press("Tab")
            stop = seeing.focus_at_rest(self.person.page)
            if not stop:
                continue  # between the end of the page and its beginning lies the browser itself
            walked.append(stop["words"] or stop["what"])
            assert stop["ring"], f"the focus does not show on {stop['what']}"
            assert not stop["covered"], f"something lies over {stop['what']}"
            if wanted.search(stop["words"]):
                return
        raise AssertionError(f"Tab never came to {name}; it went {walked}")

    def follow(self, name: str | re.Pattern[str], *, to: str | re.Pattern[str]) -> None:
        """Tab to a link and press Enter; the screen it leads to takes the focus to its title."""
        self.tab_to(name)
        self.press("Enter")
        expect(self.person.page.get_by_role("heading", level=1, name=to)).to_be_focused()

    def press(self, key: str) -> None:
        self.person.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.person.page.keyboard.type(text)
