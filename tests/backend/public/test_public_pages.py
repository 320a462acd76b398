"""Public pages: read without an account or a script, in four languages; what is not public looks like nothing."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.kit.envelope import written_by_server
from backend.processes.documents import PUBLISHED_PROCESS
from backend.public.domain import Thread, picture_of
from backend.public.page import PLAIN_SHELL, Asked, process_page
from backend.public.picture import HEIGHT, WIDTH, draw
from tests.backend.visits import Visits, visits

KEY = "01m7zyg1nmjdfwmxq17zxq5379"
NAME = {"en": "One <counter> & library", "it": "Un solo sportello", "lv": "Viena lete bibliotēkai"}
SHELL = Path(__file__).parents[3] / "pwa" / "index.html"
MEMBERS: dict[str, Any] = {
    "name": NAME,
    "aim": {"en": "Ask **once** </script><script>alert(1)</script>", "es": "Pedir una sola vez"},
    "place": "Madona",
    "languages": ["en", "lv"],
    "people": {"gov": 1},
    "progress": 0.5,
    "phases": [
        {
            "name": {"en": "Design"},
            "status": "in_progress",
            "progress": 0.5,
            "objectives": [
                {"name": {"en": "Listen"}, "took_part": ["gov"], "tasks": [{"name": NAME, "status": "finished"}]}
            ],
        }
    ],
    "updated": "2026-11-21T12:00:00Z",
}


def published(**members: Any) -> dict[str, Any]:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    return written_by_server(PUBLISHED_PROCESS, KEY, MEMBERS | members, lang="en", at=at)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Visits]:
    async with visits(tmp_path / "data", static=tmp_path / "static") as house:
        await house.world.spaces.write("commons", [published()])
        yield house


@pytest.fixture(autouse=True)
def built(tmp_path: Path) -> None:
    """The app as it is built: its index.html and nothing more."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "index.html").write_text(SHELL.read_text())


@pytest.fixture
async def stranger(house: Visits) -> httpx.AsyncClient:
    return await house.stranger()


def meta(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)"', page)
    assert found, name
    return found[1]


@pytest.mark.parametrize(
    ("language", "name", "done"),
    [
        ("en", "One &lt;counter&gt; &amp; library", "50% done"),
        ("it", "Un solo sportello", "50% fatto"),
        ("lv", "Viena lete bibliotēkai", "paveikti 50%"),
        ("es", "One &lt;counter&gt; &amp; library", "50\u00a0% hecho"),
    ],
)
async def test_a_page_is_read_in_ones_language_before_any_script(
    stranger: httpx.AsyncClient, language: str, name: str, done: str
) -> None:
    for path, headers in ((f"/public/{KEY}", {"accept-language": language}), (f"/public/{KEY}?lang={language}", {})):
        answer = await stranger.get(path, headers=headers)
        page = answer.text
        assert answer.status_code == 200
        assert answer.headers["content-language"] == language
        assert f'<html lang="{language}"' in page
        assert f"<title>{name} · Interlink</title>" in page
        assert name in page.partition('id="first"')[2].partition("</h1>")[0]
        assert done in page
        assert "<noscript" not in page
        assert page.count("<title>") == 1
        assert meta(page, "og:title") == name
        assert meta(page, "description") == meta(page, "og:description") != ""
    if language == "es":
        assert f'<h1><span lang="en">{name}</span></h1>' in page, "a name that is not translated says its language"
        assert meta(page, "description") == "Pedir una sola vez"


async def test_each_language_has_an_address_and_all_name_each_other(stranger: httpx.AsyncClient) -> None:
    plain = (await stranger.get(f"/public/{KEY}", headers={"accept-language": "lv"})).text
    chosen = (await stranger.get(f"/public/{KEY}?lang=it", headers={"accept-language": "lv"})).text
    there = f"http://127.0.0.1:8000/public/{KEY}"
    assert f'<link rel="canonical" href="{there}">' in plain
    assert f'<link rel="canonical" href="{there}?lang=it">' in chosen
    for page in (plain, chosen):
        found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
        assert found == {"x-default": there, **{one: f"{there}?lang={one}" for one in ("en", "it", "lv", "es")}}


async def test_nothing_that_a_document_says_becomes_markup(stranger: httpx.AsyncClient) -> None:
    page = (await stranger.get(f"/public/{KEY}?lang=en")).text
    assert "alert(1)</script>" not in page
    assert "<counter>" not in page
    [data] = re.findall(r'<script type="application/json" id="published">(.*?)</script>', page)
    assert json.loads(data)["name"] == NAME


async def test_what_is_not_public_looks_like_what_does_not_exist(house: Visits, stranger: httpx.AsyncClient) -> None:
    await house.world.spaces.write("commons", [{"_id": f"all:published-process:{KEY}", "_deleted": True}])
    hidden = await stranger.get(f"/public/{KEY}")
    unknown = await stranger.get("/public/01m7zyg1nmjdfwmxq17zxq5370")
    odd = await stranger.get("/public/..%2f..%2fsecret")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.text == unknown.text
    assert dict(hidden.headers) == dict(unknown.headers)
    assert 'content="noindex"' in hidden.text
    assert odd.status_code == 404
    assert (await stranger.get(f"/public/{KEY}/{'0' * 24}.png")).status_code == 404


async def test_a_page_that_did_not_change_is_not_sent_again(house: Visits, stranger: httpx.AsyncClient) -> None:
    path = f"/public/{KEY}?lang=lv"
    first = await stranger.get(path)
    assert first.headers["cache-control"] == "no-cache"
    assert "accept-language" in first.headers["vary"]
    again = await stranger.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await house.world.spaces.write("commons", [published(place="Cēsis")])
    changed = await stranger.get(path, headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert "Cēsis" in changed.text


async def test_the_share_image_is_drawn_for_each_language_and_kept(house: Visits, stranger: httpx.AsyncClient) -> None:
    images = {}
    for language in ("en", "lv"):
        address = meta((await stranger.get(f"/public/{KEY}?lang={language}")).text, "og:image")
        answer = await stranger.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert Image.open(BytesIO(answer.content)).size == (WIDTH, HEIGHT)
        images[address] = answer.content
    assert len(set(images.values())) == 2
    await house.world.spaces.write("commons", [published(name={"en": "Another name"})])
    for address in images:
        assert (await stranger.get(address)).status_code == 404, "it no longer looks like that"


async def test_the_list_the_map_and_the_rules_for_programs_name_what_is_public(stranger: httpx.AsyncClient) -> None:
    listed = (await stranger.get("/public?lang=it")).text
    assert f'href="/public/{KEY}"' in listed
    assert "Un solo sportello" in listed
    assert "<h1>Processi pubblici</h1>" in listed
    there = await stranger.get("/sitemap.xml")
    assert there.headers["content-type"].startswith("application/xml")
    assert f"<loc>http://127.0.0.1:8000/public/{KEY}</loc><lastmod>2026-11-21</lastmod>" in there.text
    rules = (await stranger.get("/robots.txt")).text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in rules
    assert "Disallow: /api/" in rules


async def test_an_empty_house_has_an_empty_list(house: Visits, stranger: httpx.AsyncClient) -> None:
    await house.world.spaces.write("commons", [{"_id": f"all:published-process:{KEY}", "_deleted": True}])
    assert "Aquí todavía no hay" in (await stranger.get("/public?lang=es")).text


@pytest.mark.parametrize("host", ["evil.example/<script>", "a b", '"onload="x'])
async def test_a_host_that_is_none_comes_into_no_page(stranger: httpx.AsyncClient, host: str) -> None:
    answer = await stranger.get(f"/public/{KEY}", headers={"host": host})
    assert host not in answer.text


async def test_our_own_policy_stays_and_reading_needs_no_cookie(stranger: httpx.AsyncClient) -> None:
    answer = await stranger.get(f"/public/{KEY}")
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    assert (await stranger.head(f"/public/{KEY}")).status_code == 200


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=500), st.text(max_size=200), st.integers(0, 60))
def test_any_name_and_any_cloth_can_be_drawn(name: str, place: str, count: int) -> None:
    cloth = [Thread(n % 3 != 2, ("gov", "com") if n % 2 else ()) for n in range(count)]
    assert Image.open(BytesIO(draw(name, place, cloth))).size == (WIDTH, HEIGHT)


@given(st.text(min_size=1, max_size=400))
def test_whatever_a_process_is_called_the_page_stays_whole(name: str) -> None:
    document = published(name={"en": name}, aim={"en": name})
    process = PUBLISHED_PROCESS.read(document)
    page = process_page(PLAIN_SHELL, Asked("https://a.example", "/public/x", "en", False), "x", document, process)
    assert page.count("<script") == page.count("</script>") == 1
    assert page.count("</head>") == 1
    assert picture_of(process, "en") in page
