"""What a phone must fetch before it shows the first screen, counted in the app as it is built."""

import gzip
import re
from pathlib import Path

DIST = Path(__file__).parents[2] / "pwa" / "dist"
FIRST_VIEW = 90_000
"""Bytes of script, compressed, of the first screen; the worker that keeps the data starts beside it."""
WORKER = 90_000
STYLE = 9_000
"""Bytes of style, compressed: with the page itself all that stands between a tap and the first words."""
FILES = 220
"""Scripts, styles and letters of all screens."""
_STATIC = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
_ENTRY = re.compile(r'(?:src|href)="/assets/([\w.-]+\.js)"')


def needed(entries: list[str]) -> set[str]:
    """These scripts and all they import before they run."""
    found: set[str] = set()
    waiting = [*entries]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += _STATIC.findall((DIST / "assets" / one).read_text())
    return found


def weight(scripts: set[str]) -> int:
    return sum(len(gzip.compress((DIST / "assets" / one).read_bytes(), 9)) for one in scripts)


def first() -> set[str]:
    return needed(_ENTRY.findall((DIST / "index.html").read_text()))


def test_the_first_screen_needs_at_most_90_kb_of_script() -> None:
    scripts = first()
    assert scripts, "the app was not built"
    assert weight(scripts) <= FIRST_VIEW


def test_one_style_sheet_of_9_kb_is_all_that_the_first_words_wait_for() -> None:
    page = (DIST / "index.html").read_text()
    [style] = re.findall(r'<link rel="stylesheet"[^>]*href="/assets/([\w.-]+\.css)"', page)
    assert len(gzip.compress((DIST / "assets" / style).read_bytes(), 9)) <= STYLE
    assert not re.findall(r"<script(?![^>]*type=\"module\")", page), "a script that is no module holds the page up"
    assert (DIST / "assets" / style).read_text().count("font-display:swap") == 4, "words do not wait for their font"


def test_an_app_that_opens_without_a_network_is_few_files() -> None:
    """The service worker fetches them one after the other: on a slow network each costs the way to us and back."""
    assert len(list((DIST / "assets").iterdir())) <= FILES
    assert len(list((DIST / "assets").glob("*.css"))) == 2, "the first screen's style, and that of all others"
    assert len(first()) == 1, "the first script comes in one piece"


def test_the_worker_needs_at_most_90_kb_of_script() -> None:
    [worker] = [file.name for file in (DIST / "assets").glob("main-*.js")]
    assert weight(needed([worker])) <= WORKER


def test_kinds_of_assets_and_what_compares_versions_are_fetched_when_they_are_looked_at() -> None:
    """A word that only such a part holds stands in none of the first scripts."""
    said = "".join((DIST / "assets" / one).read_text() for one in first())
    everything = "".join(file.read_text() for file in (DIST / "assets").glob("*.js"))
    for word in ("text/markdown", "maxEditLength"):
        assert word not in said, word
        assert word in everything, f"{word} tells nothing any more: name another"
