"""The built app as browsers fetch it."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from backend.kit.problems import EXCEPTION_HANDLERS
from backend.kit.static import StaticFolder, static_route

PAGE = "<!doctype html><title>Interlink</title>" + "<!-- a page -->" * 100


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "icons").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "assets" / "app-4f9a1c.js").write_text("export const answer = 42;\n" * 100)
    (tmp_path / "icons" / "icon.png").write_bytes(b"\x89PNG" + bytes(5000))
    (tmp_path / "service-worker.js").write_text("self.addEventListener('push', () => {});")
    (tmp_path / "manifest.webmanifest").write_text("{}")
    (tmp_path / "font.woff2").write_bytes(b"wOF2" + bytes(2000))
    app = Litestar([static_route(StaticFolder(tmp_path))], exception_handlers={**EXCEPTION_HANDLERS})
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://interlink") as browser:
        yield browser


@pytest.mark.parametrize("path", ["/waiting", "/index.html", "/processes", "/processes/1/tasks/2", "/catalogue/a-b"])
async def test_every_page_of_the_app_is_the_same_file_and_asked_for_again(browser, path):
    answer = await browser.get(path)

    assert answer.text == PAGE
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


async def test_files_named_by_their_content_are_kept_for_a_year(browser):
    answer = await browser.get("/assets/app-4f9a1c.js")

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/service-worker.js", "text/javascript; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/font.woff2", "font/woff2"),
        ("/icons/icon.png", "image/png"),
    ],
)
async def test_files_under_a_fixed_name_have_their_type_and_are_asked_for_again(browser, path, kind):
    answer = await browser.get(path)

    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/assets/old-000000.js", "/favicon.ico", "/../secrets/vapid.pem", "/.env"])
async def test_a_file_that_is_not_there_is_not_a_page(browser, path):
    answer = await browser.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_what_the_browser_has_is_not_sent_again(browser):
    tag = (await browser.get("/waiting")).headers["etag"]
    answer = await browser.get("/waiting", headers={"if-none-match": f'"other", {tag}'})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == tag


async def test_text_travels_compressed_to_who_can_read_it(browser):
    packed = await browser.get("/waiting", headers={"accept-encoding": "gzip"})
    plain = await browser.get("/waiting", headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(gzip.compress(PAGE.encode(), mtime=0)) < len(PAGE)
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text == PAGE


async def test_pictures_and_fonts_are_not_packed_twice(browser):
    for path in ("/font.woff2", "/icons/icon.png"):
        assert "content-encoding" not in (await browser.get(path, headers={"accept-encoding": "gzip"})).headers


async def test_asking_for_the_headers_alone_brings_no_body(browser):
    answer = await browser.head("/processes")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"]
