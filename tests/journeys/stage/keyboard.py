"""Going about with Tab and Enter alone, as people do who see no pointer or hold no mouse."""

import re
from dataclasses import dataclass

from tests.journeys.stage import seeing
from tests.journeys.stage.person import Person

STEPS = 80  # more presses than any way on one screen takes: a trap or something that cannot be reached


@dataclass
class Keyboard:
    """The hands of a person on a keyboard. Each stop on the way must show its focus, with nothing lying over it."""

    person: Person

    def tabs_to(self, name: str | re.Pattern[str]) -> None:
        """Press Tab until what has this name has the focus."""
        wanted = re.compile(re.escape(name)) if isinstance(name, str) else name
        walked: list[str] = []
        for _ in range(STEPS):
            self.person.page.keyboard.press("Tab")
            stop = seeing.focus(self.person.page)
            if not stop:
                continue
            walked.append(stop["words"] or stop["what"])
            assert stop["ring"], f"the focus does not show on {stop['what']}"
            assert not stop["covered"], f"something lies over {stop['what']}"
            if wanted.search(stop["words"]):
                return
        raise AssertionError(f"Tab never came to {name}; it went {walked}")

    def presses(self, key: str) -> None:
        self.person.page.keyboard.press(key)

    def types(self, text: str) -> None:
        self.person.page.keyboard.type(text)
