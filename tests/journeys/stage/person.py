"""What a person does with the app and sees in it: verbs for stories, found by role and by the app's own words."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.stage import words
from tests.journeys.stage.demo import EMAIL, PASSWORD
from tests.journeys.stage.phone import Phone

# A phone that finds its network again tries within this time, whatever it waited before.
ARRIVES = 30_000  # ms


@dataclass
class Person:
    """Someone with a phone."""

    name: str
    phone: Phone
    language: str = "en"

    @property
    def page(self) -> Page:
        return self.phone.page

    def says(self, key: str) -> re.Pattern[str]:
        return words.says(self.language, key)

    # Going about

    def opens(self, path: str = "/") -> None:
        self.phone.opens(path)
        expect(self.page.get_by_role("heading", level=1)).to_be_attached()

    def signs_in(self) -> None:
        """With the demo's password, and wait for the work of this person."""
        self.opens("/sign-in")
        self.page.get_by_label(self.says("email")).fill(EMAIL.format(name=self.name))
        self.page.get_by_label(self.says("password"), exact=True).fill(PASSWORD)
        self.presses("sign_in")
        expect(self.place("dock_today")).to_be_visible()

    def place(self, key: str) -> Locator:
        """One of the four places at the thumb."""
        return self.page.get_by_role("navigation", name=self.says("dock_label")).get_by_role(
            "link", name=self.says(key)
        )

    def presses(self, key: str) -> None:
        self.page.get_by_role("button", name=self.says(key)).click()

    def follows(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def opens_process(self, name: str) -> None:
        self.place("dock_processes").click()
        self.follows(re.compile(re.escape(name)))
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def opens_task(self, process: str, task: str) -> None:
        self.opens_process(process)
        self.follows(re.compile(re.escape(task)))
        expect(self.page.get_by_role("heading", level=1, name=task)).to_be_visible()

    # Contributing

    def writes(self, text: str) -> None:
        self.page.get_by_label(self.says("composer_label")).fill(text)

    def adds_photo(self, photo: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.presses("composer_photo")
        chooser.value.set_files(photo)
        expect(self.page.get_by_role("img", name=self.says("photo_new"))).to_be_visible()

    def contributes(self, text: str, photo: Path | None = None) -> None:
        """Write, perhaps add a photo, save: never blocked, with or without a network."""
        self.writes(text)
        if photo:
            self.adds_photo(photo)
        self.presses("composer_save")
        expect(self.contribution(text)).to_be_visible()
        expect(self.page.get_by_label(self.says("composer_label"))).to_have_value("")

    def contribution(self, text: str) -> Locator:
        return self.page.get_by_role("listitem").filter(has_text=text)

    def sees_contribution(self, text: str) -> None:
        expect(self.contribution(text)).to_be_visible(timeout=ARRIVES)

    def sees_state(self, text: str, state: str) -> None:
        """`state` is draft, waiting, received or refused."""
        expect(self.contribution(text)).to_contain_text(words.word(self.language, f"state_{state}"), timeout=ARRIVES)

    def sees_photo(self, text: str) -> None:
        """The photo of this contribution is not only announced: its pixels are here."""
        picture = self.contribution(text).get_by_role("img").last
        expect(picture).to_be_visible(timeout=ARRIVES)
        expect(picture).to_have_js_property("complete", value=True, timeout=ARRIVES)
        assert picture.evaluate("(img) => img.naturalWidth") > 0
