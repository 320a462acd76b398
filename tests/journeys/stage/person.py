"""What a person does with the app and sees in it: verbs for stories, found by role and by the app's own words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.stage import words
from tests.journeys.stage.demo import EMAIL, PASSWORD
from tests.journeys.stage.phone import Phone

Text = str | Mapping[str, str]

# A phone that finds its network again tries within this time, whatever it waited before.
ARRIVES = 45_000  # ms

# The words of each state of one's own work; «waiting» says for what.
STATES = {
    "draft": ("state_draft",),
    "waiting": ("state_waiting", "state_waiting_network", "state_waiting_text_first"),
    "received": ("state_received",),
    "refused": ("state_refused",),
}

# True once the page says more than its title and said the same at four looks in a row.
SETTLED = """() => {
  const said = document.querySelector('main')?.innerText.trim() ?? ''
  const title = document.querySelector('h1')?.innerText.trim() ?? ''
  const looks = globalThis.saidBefore === said ? (globalThis.looks ?? 0) + 1 : 0
  Object.assign(globalThis, { saidBefore: said, looks })
  return said.replace(title, '').trim().length > 20 && looks >= 3
}"""


@dataclass
class Person:
    """Someone with a phone."""

    name: str
    phone: Phone
    language: str = "en"

    @property
    def page(self) -> Page:
        return self.phone.page

    def says(self, *keys: str) -> re.Pattern[str]:
        """What the app says in this person's language, for any of these messages."""
        return words.says(self.language, *keys)

    # Going about

    def opens(self, path: str = "/") -> None:
        """Type an address; wait until its screen has drawn what this phone holds."""
        self.phone.opens(path)
        # The app's own: before it is there, the server's words stand on public pages, and on others with a title.
        expect(self.page.locator("#app h1")).to_be_attached()

    def signs_in(self, *, keeps_app: bool = True) -> None:
        """With the demo's password, and wait for the work of this person and for the app itself to be on the phone.

        `keeps_app=False` is for whom the story leaves online: keeping the app costs a browser and the server seconds.
        """
        if not keeps_app:
            self.phone.shape = replace(self.phone.shape, keeps_app=False)
        self.opens("/sign-in")
        self.tries_to_sign_in(PASSWORD)
        expect(self.place("dock_today")).to_be_visible()
        self.waits_until_synced()
        if keeps_app:
            self.waits_until_kept()

    def forgets_invitation(self) -> None:
        """As in another tab: signing in leads to no invitation that was looked at before."""
        self.page.evaluate("sessionStorage.clear()")

    def tries_to_sign_in(self, password: str) -> None:
        """By the keyboard's own key: the words about the network come and go above the button."""
        self.field("email").fill(EMAIL.format(name=self.name))
        self.field("password").fill(password)
        self.field("password").press("Enter")

    def field(self, key: str) -> Locator:
        return self.page.get_by_role("main").get_by_label(self.says(key))

    def place(self, key: str) -> Locator:
        """One of the four places at the thumb."""
        return self.page.get_by_role("navigation", name=self.says("dock_label")).get_by_text(self.says(key))

    def goes_to(self, place: str, *, title: str) -> None:
        """One of the four places; `title` is the message its screen is headed with."""
        self.place(place).click()
        self.sees_title(title)

    def looks_what_waits(self) -> None:
        """Tap the chip in the corner of every screen: it leads to what is not there yet."""
        self.page.get_by_role("banner").get_by_role("link").last.click()
        self.sees_title("not_there_yet")

    def sees_title(self, key: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=self.says(key))).to_be_attached()

    def presses(self, key: str) -> None:
        self.page.get_by_role("button", name=self.says(key)).click()

    def follows(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def reads(self, text: Text) -> str:
        """The text in this person's language; a plain string is the same in every language."""
        return text if isinstance(text, str) else text[self.language]

    def opens_process(self, process: Text) -> None:
        """From anywhere: the list of my processes, then this one; until it came, its public page may stand there."""
        name = self.reads(process)
        self.opens("/processes")
        self.page.get_by_role("main").locator("a[href^='/processes/']").filter(has_text=name).first.click()
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def opens_guide(self, process: Text) -> None:
        """From anywhere: this process, then its guide."""
        self.opens_process(process)
        self.turns_to("guide")
        self.sees_title("guide")

    def turns_to(self, part: str) -> None:
        """Another part of the process that is open: one of the tabs, by its message."""
        tabs = self.page.get_by_role("navigation", name=self.says("parts_of_process"))
        tabs.get_by_role("link", name=self.says(part)).click()

    def opens_task(self, process: Text, task: Text) -> None:
        name = self.reads(task)
        self.opens_guide(process)
        self.unfolds_phases()
        self.follows(re.compile(re.escape(name)))
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def unfolds_phases(self) -> None:
        folded = self.page.get_by_role("button", name=self.says("phase_tasks"), expanded=False)
        expect(self.page.get_by_role("button", name=self.says("phase_tasks")).first).to_be_visible()
        while folded.count():
            folded.first.click()

    def opens_first_in_list(self) -> str:
        """Open the first thing of the list on this screen; returns its name, which is then the title."""
        name = self.things_in_list().first.get_by_role("heading").inner_text()
        self.things_in_list().first.get_by_role("link").first.click()
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()
        return name

    def things_in_list(self) -> Locator:
        """What a list of processes or of building blocks holds."""
        named = self.page.get_by_role("heading", level=3)
        return self.page.get_by_role("main").get_by_role("listitem").filter(has=named)

    # Contributing

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("form", name=self.says("composer"))

    def writes(self, text: str) -> None:
        self.composer.get_by_label(self.says("your_contribution")).fill(text)

    def adds_photo(self, photo: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.presses("take_photo")
        chooser.value.set_files(photo)
        expect(self.composer.get_by_role("button", name=self.says("photo_drop"))).to_be_visible()

    def contributes(self, text: str, photo: Path | None = None) -> None:
        """Write, perhaps add a photo, save: never blocked, with or without a network."""
        self.writes(text)
        if photo:
            self.adds_photo(photo)
        self.presses("save_and_send")
        expect(self.contribution(text)).to_be_visible()
        expect(self.composer.get_by_label(self.says("your_contribution"))).to_have_value("")

    def contribution(self, text: str) -> Locator:
        return self.page.get_by_role("article").filter(has_text=text)

    def sees_contribution(self, text: str) -> None:
        expect(self.contribution(text)).to_be_visible(timeout=ARRIVES)

    def sees_state(self, text: str, state: str) -> None:
        """`state` is draft, waiting, received or refused."""
        expect(self.contribution(text).get_by_text(self.says(*STATES[state]))).to_be_visible(timeout=ARRIVES)

    def sees_photo(self, text: str) -> None:
        """The photo of this contribution is not only announced: its pixels are here."""
        picture = self.contribution(text).locator("img")
        expect(picture).to_be_visible(timeout=ARRIVES)
        self.page.wait_for_function("(img) => img.complete && img.naturalWidth > 0", arg=picture.element_handle())

    # The network

    def sees_offline(self, *, waiting: int = 0) -> None:
        """The chip says so, and how much waits on this phone."""
        said = words.word(self.language, "net_offline") + (rf"\s*{waiting}" if waiting else "")
        expect(self.page.get_by_role("banner").get_by_text(re.compile(said))).to_be_visible(timeout=ARRIVES)

    def waits_until_synced(self) -> None:
        """Everything this person may have here has arrived, and nothing waits to be sent."""
        expect(self.page.get_by_role("banner").get_by_text(self.says("net_synced"))).to_be_visible(timeout=ARRIVES)

    # The app itself

    def chooses_language(self, language: str) -> None:
        """From now on this person reads another language."""
        self.page.get_by_label(self.says("language")).select_option(language)
        self.language = language
        expect(self.page.locator("html")).to_have_attribute("lang", language)

    def waits_until_kept(self) -> None:
        """The app itself is on this phone now: it opens without a network."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def waits_until_settled(self) -> None:
        """Local data has been drawn: nothing on the screen changes any more for a moment."""
        self.page.wait_for_function(SETTLED, polling=150)
