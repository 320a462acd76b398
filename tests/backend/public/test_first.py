"""The start and the catalogue for who comes for the first time: read before any script, in one's language."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.catalogue.documents import INTERLINKER
from backend.catalogue.ratings import OPINIONS
from backend.kit.envelope import written_by_server
from backend.public.blocks import KEPT
from backend.public.first import SHOWN, sentence
from tests.backend.visits import Visits, visits

BUILT = Path(__file__).parents[3] / "pwa" / "index.html"
LISTS: dict[str, Any] = {name: [] for name in ("profiles", "targets", "types", "scopes", "snapshots")}
PLAIN: dict[str, Any] = {
    **LISTS,
    "kind": "knowledge",
    "tags": {},
    "difficulty": "easy",
    "licence": "permissive",
    "languages": ["en"],
}


def a_block(key: str, name: dict[str, str], at: datetime, **members: Any) -> dict[str, Any]:
    told = {**PLAIN, "name": name, "description": {"en": "<p>Asks <b>everybody</b>.</p>"}, **members}
    return written_by_server(INTERLINKER, key, told, lang="en", at=at)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Visits]:
    static = tmp_path / "static"
    static.mkdir()
    (static / "index.html").write_text(BUILT.read_text())
    async with visits(tmp_path / "data", static=static) as house:
        yield house


async def has(house: Visits, *blocks: tuple[str, dict[str, str], dict[str, Any]]) -> None:
    at = house.world.clock()
    await house.world.spaces.write("commons", [a_block(key, name, at, **members) for key, name, members in blocks])


def first_words(page: httpx.Response) -> str:
    """What stands on the page before the app runs; empty when the page is the bare app."""
    assert page.status_code == 200
    return page.text.partition('id="first"')[2].partition('<div id="app">')[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Public services, made together."),
        ("it", "Servizi pubblici, fatti insieme."),
        ("lv", "Publiskie pakalpojumi, veidoti kopā."),
        ("es", "Servicios públicos, hechos entre todos."),
    ],
)
async def test_a_stranger_reads_what_this_is_before_the_app_has_come(house: Visits, language: str, words: str) -> None:
    page = await (await house.stranger()).get("/", headers={"accept-language": language})
    assert words in first_words(page)
    assert f'<html lang="{language}"' in page.text
    assert page.text.count("<title>") == 1


async def test_the_style_comes_before_the_app_while_there_is_something_to_read(house: Visits) -> None:
    page = (await (await house.stranger()).get("/")).text
    assert '<script type="module" fetchpriority="low"' in page


async def test_who_is_signed_in_gets_the_app_and_no_words_for_strangers(house: Visits) -> None:
    await house.world.person("Ilze")
    ilze = await house.of("ilze@example.org")
    for path in ("/", "/catalogue"):
        page = await ilze.get(path)
        assert first_words(page) == ""
        assert "cookie" in page.headers["vary"]


async def test_the_catalogue_is_read_best_first_as_the_app_shows_it(house: Visits) -> None:
    await has(
        house,
        ("hard", {"en": "A <hard> one"}, {"difficulty": "difficult"}),
        ("easy", {"en": "An easy one"}, {"overview": {"en": "Two & two."}}),
        ("foreign", {"lv": "Svešs"}, {"languages": ["lv"], "difficulty": "very_easy"}),
        ("loved", {"en": "A loved one"}, {"difficulty": "difficult"}),
    )
    loved = written_by_server(
        OPINIONS, "interlinker~loved", {"count": 9, "mean": 5.0, "said": []}, lang="en", at=house.world.clock()
    )
    await house.world.spaces.write("commons", [loved])
    words = first_words(await (await house.stranger()).get("/catalogue", headers={"accept-language": "en"}))
    places = [words.index(f'href="/catalogue/{key}"') for key in ("loved", "easy", "hard", "foreign")]
    assert places == sorted(places)
    assert "A &lt;hard&gt; one" in words
    assert "Two &amp; two." in words
    assert "Asks everybody" in words
    assert '<span lang="lv">Svešs</span>' in words


async def test_a_question_in_the_address_is_answered_by_the_app_alone(house: Visits) -> None:
    page = await (await house.stranger()).get("/catalogue?q=agreement")
    assert first_words(page) == ""


async def test_a_huge_catalogue_is_read_once_a_minute_and_shown_a_screenful(house: Visits) -> None:
    await has(house, *[(f"b{n}", {"en": f"Block {n}"}, {}) for n in range(SHOWN + 20)])
    stranger = await house.stranger()
    assert first_words(await stranger.get("/catalogue")).count("<li>") == SHOWN
    await has(house, ("new", {"en": "Brand new"}, {"difficulty": "very_easy"}))
    assert "Brand new" not in first_words(await stranger.get("/catalogue"))
    house.world.clock.at += KEPT
    assert "Brand new" in first_words(await stranger.get("/catalogue"))


@pytest.mark.parametrize("words", ["x" * 1_000, "Ask. " * 300, "word " * 300, "", "<b>" * 400])
def test_a_sentence_is_short_whatever_stands_in_the_description(words: str) -> None:
    block = INTERLINKER.read(
        a_block("one", {"en": "One"}, datetime(2026, 11, 21, tzinfo=UTC), description={"en": words})
    )
    assert len(sentence(block, "en").text) <= 141
