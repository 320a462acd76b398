"""No text stands outside the catalogues, and none is cut where there is little room: seen in a language of brackets."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.stage import pseudo, seeing
from tests.journeys.stage.demo import PEOPLE
from tests.journeys.stage.person import Person
from tests.journeys.stage.screens import screens_of
from tests.makers import Server, a_client

# Names that no language translates, and what the browser itself says of numbers, days, sizes and languages.
OWN = {"Interlink", "EUPL-1.2", "·", "›", "…", "↑", "↓", "+", "*", "@"}
NO_WORDS = re.compile(r"^[\W\d_]*$")
LETTERS = re.compile(r"[^\W\d_]{2,}")
NARROW = 320
BROWSERS = {
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "day", "days", "ago"),
    *("mon", "tue", "wed", "thu", "fri", "sat", "sun", "today", "tomorrow", "yesterday", "in", "kb", "mb", "gb"),
    *("hr", "hrs", "min", "mins"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "interlink"),
    *("january", "february", "march", "april", "june", "july", "august"),
    *("september", "october", "november", "december"),
    *("english", "italiano", "latviešu", "español"),
}

CUT = """() => [...document.querySelectorAll('body *')].filter((e) => {
  if (!e.checkVisibility({ checkVisibilityCSS: true }) || e.closest('.sr, svg, textarea, input, select')) return false
  const { overflowX, textOverflow } = getComputedStyle(e)
  const box = e.getBoundingClientRect()
  return box.width > 1 && (overflowX === 'hidden' || overflowX === 'clip' || textOverflow === 'ellipsis')
    && e.scrollWidth > e.clientWidth + 1 && e.innerText.trim() !== ''
}).map((e) => e.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def brackets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pseudo.builds_pseudo(tmp_path_factory.mktemp("pseudo"))


@pytest.fixture
def server(serve: Callable[..., Server], demo_copy: Path, brackets: Path) -> Server:
    return serve(demo_copy, static=brackets)


@pytest.fixture
def reader(phone_at: Callable[..., Any], server: Server) -> Person:
    phone = phone_at(server.port, "janis", width=NARROW, height=640, language="en")
    phone.opens_browser()
    seeing.opens_eyes(phone.context)
    return Person("janis", phone, "en")


def strings(value: Any) -> Iterator[str]:
    """Every text of the documents, and of what the interface tells."""
    match value:
        case str():
            yield value
        case dict():
            yield from (one for inner in value.values() for one in strings(inner))
        case list():
            yield from (one for inner in value for one in strings(inner))
        case _:
            pass


def data_of(server: Server) -> str:
    """All that documents and people say, as one text to look into."""
    said: list[str] = []
    with a_client(server, "janis") as client:
        for space in client.get("/api/v1/spaces").json()["spaces"]:
            rows = client.get(f"/db/{space['name']}/_all_docs", params={"include_docs": "true"}).json()["rows"]
            said += strings(rows)
        for path in ("session", "devices", "passkeys", "teams", "organisations", "account/audit"):
            said += strings(client.get(f"/api/v1/{path}").json())
        for one in client.get("/api/v1/organisations").json()["organisations"]:
            said += strings(client.get(f"/api/v1/organisations/{one['id']}/teams").json())
    return plain(" ".join([*said, *PEOPLE, server.address]))


def plain(text: str) -> str:
    """Without marks, case and signs: Markdown and HTML show otherwise than they are stored."""
    return " ".join(re.findall(r"\w+", re.sub(r"<[^>]*>|&\w+;", " ", text).lower()))


def forgotten(page_says: list[str], data: str) -> list[str]:
    """What is neither a message nor data nor a number, a day, a language by its own name."""
    rests = (pseudo.said_outside(line) for line in page_says)
    left = {rest for rest in rests if rest not in OWN and not NO_WORDS.match(rest) and LETTERS.search(rest)}
    return sorted(rest for rest in left if not all(said(part, data) for part in re.split(", | · ", rest)))


def said(words: str, data: str) -> bool:
    return plain(words) in data or written_by_browser(words)


def written_by_browser(words: str) -> bool:
    """Days, months, units and languages by their own names are the browser's."""
    return all(word in BROWSERS or word.isdigit() or len(word) == 1 for word in plain(words).split())


def looked_at(reader: Person, paths: dict[str, str], data: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, path in paths.items():
        reader.opens(path)
        reader.waits_until_settled()
        page = reader.page
        cut = [f"cut: {one}" for one in page.evaluate(CUT)]
        found[name] = [*forgotten(seeing.own_words(page), data), *cut, *seeing.sideways(page)]
        if found[name]:
            reader.phone.picture(name, whole=True)
    return {name: what for name, what in found.items() if what}


def test_every_text_of_every_screen_is_a_message_or_data_and_none_is_cut_on_a_narrow_phone(
    reader: Person, server: Server
) -> None:
    data, screens = data_of(server), screens_of(server)
    found = looked_at(reader, screens.of_a_stranger(), data)
    reader.forgets_invitation()
    page = reader.page
    reader.opens("/sign-in")
    page.get_by_role("main").locator("input[type=email]").first.fill("janis@demo.example")
    page.get_by_role("main").locator("input[type=password]").first.fill("interlink-demo")
    page.get_by_role("main").locator("form button[type=submit], form .btn--main").first.click()
    page.get_by_role("navigation").locator('a[href="/inbox"]').wait_for()
    paths = screens.of_a_member() | screens.of_an_administrator()
    found |= looked_at(reader, paths, data_of(server) + " " + data)
    assert found == {}
