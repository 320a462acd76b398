"""HTTP of this room: pages that anybody opens, in four languages. A process that is not public looks like none."""

import asyncio
import gzip
import hashlib
import re
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Controller, HttpMethod, Request, Response, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import split_id
from backend.kit.languages import LANGUAGES, preferred
from backend.kit.spaces import ALL, COMMONS, Spaces
from backend.kit.static import IMMUTABLE, REVALIDATE
from backend.processes.documents import PUBLISHED_PROCESS, PublishedProcess
from backend.public.blocks import Blocks
from backend.public.domain import picture_of, said, threads
from backend.public.first import catalogue_page, start_page
from backend.public.page import Asked, list_page, missing_page, process_page, robots, sitemap
from backend.public.picture import draw

MOST = 500
"""Processes of the list and of the sitemap, those that changed last."""
_READ = [HttpMethod.GET, HttpMethod.HEAD]
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:]{2,45}\](:[0-9]{1,5})?")


class Shell(msgspec.Struct, frozen=True):
    """The app's `index.html`, which every page is made from, our public origin if set, and the session's cookie."""

    html: str
    origin: str | None
    cookie: str


class PublicController(Controller):
    """What everybody may read, as pages."""

    include_in_schema = False

    @route("/", http_method=_READ, name="start")
    async def start(self, request: Request[Any, Any, Any], shell: NamedDependency[Shell]) -> Response[bytes]:
        """Answer with the app, and for a stranger with the words of its start."""
        asked = _asked(request, shell, "/")
        bare = shell.cookie in request.cookies
        return _page(request, shell.html if bare else start_page(shell.html, asked), asked)

    @route("/catalogue", http_method=_READ, name="catalogue")
    async def catalogue(
        self, request: Request[Any, Any, Any], blocks: NamedDependency[Blocks], shell: NamedDependency[Shell]
    ) -> Response[bytes]:
        """Answer with the app, and for a stranger who asks for nothing yet with what its list begins with."""
        asked = _asked(request, shell, "/catalogue")
        if shell.cookie in request.cookies or request.url.query:
            return _page(request, shell.html, asked)
        return _page(request, catalogue_page(shell.html, asked, await blocks.now()), asked)

    @route("/public", http_method=_READ, name="public-list")
    async def all(
        self, request: Request[Any, Any, Any], spaces: NamedDependency[Spaces], shell: NamedDependency[Shell]
    ) -> Response[bytes]:
        """Answer with the list of public processes."""
        asked = _asked(request, shell, "/public")
        return _page(request, list_page(shell.html, asked, await _published(spaces)), asked)

    @route("/public/{process:str}", http_method=_READ, name="public-process")
    async def one(
        self,
        request: Request[Any, Any, Any],
        process: FromPath[str],
        spaces: NamedDependency[Spaces],
        shell: NamedDependency[Shell],
    ) -> Response[bytes]:
        """Answer with the page of a public process; where there is none, with the app and 404."""
        asked = _asked(request, shell, f"/public/{process}")
        document = await _document(spaces, process)
        if document is None:
            return _page(request, missing_page(shell.html), asked, status=HTTPStatus.NOT_FOUND)
        published = PUBLISHED_PROCESS.read(document)
        return _page(request, process_page(shell.html, asked, process, document, published), asked)

    @route("/public/{process:str}/{picture:str}", http_method=_READ, name="public-picture")
    async def picture(
        self, process: FromPath[str], picture: FromPath[str], spaces: NamedDependency[Spaces]
    ) -> Response[bytes]:
        """Answer with the share image that this digest names, while the process is public and looks like that."""
        document = await _document(spaces, process)
        published = PUBLISHED_PROCESS.read(document) if document else None
        digest = picture.removesuffix(".png")
        language = next((one for one in LANGUAGES if published and picture_of(published, one) == digest), None)
        if published is None or language is None or not picture.endswith(".png"):
            raise Problem(errors.NOT_FOUND)
        name, cloth = said(published.name, language).text, tuple(threads(published))
        image = await asyncio.to_thread(_drawn, name, published.place, cloth)
        headers = {"cache-control": IMMUTABLE, "cross-origin-resource-policy": "cross-origin"}
        return Response(image, media_type="image/png", headers=headers)

    @route("/sitemap.xml", http_method=_READ, name="sitemap")
    async def sitemap(
        self, request: Request[Any, Any, Any], spaces: NamedDependency[Spaces], shell: NamedDependency[Shell]
    ) -> Response[str]:
        """Answer with the addresses of all public pages."""
        told = sitemap(_origin(request, shell), await _published(spaces))
        return Response(told, media_type="application/xml", headers={"cache-control": REVALIDATE})

    @route("/robots.txt", http_method=_READ, name="robots")
    async def robots(self, request: Request[Any, Any, Any], shell: NamedDependency[Shell]) -> Response[str]:
        """Answer with what programs may read."""
        told = robots(_origin(request, shell))
        return Response(told, media_type="text/plain", headers={"cache-control": REVALIDATE})


_drawn = lru_cache(maxsize=64)(draw)


async def _document(spaces: Spaces, process: str) -> dict[str, Any] | None:
    """Return the published document of a process; None when it is not public, or there is no such process."""
    if not re.fullmatch(r"[0-9a-z]{1,40}", process):
        return None
    return await spaces.read(COMMONS, f"{ALL}:{PUBLISHED_PROCESS.name}:{process}")


async def _published(spaces: Spaces) -> list[tuple[str, PublishedProcess]]:
    """Return the public processes by key, the one that changed last first."""
    listed = await spaces.list(COMMONS, ALL, PUBLISHED_PROCESS.name)
    found = [(name.key, PUBLISHED_PROCESS.read(one)) for one in listed if (name := split_id(one["_id"]))]
    return sorted(found, key=lambda one: one[1].updated, reverse=True)[:MOST]


def _asked(request: Request[Any, Any, Any], shell: Shell, path: str) -> Asked:
    chosen = request.query_params.get("lang", "")
    language = chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language"))
    return Asked(_origin(request, shell), path, language, chosen in LANGUAGES)


def _origin(request: Request[Any, Any, Any], shell: Shell) -> str:
    """Return our public origin; without one, what the browser calls us, if that can be the name of a host."""
    host = request.headers.get("host", "")
    return shell.origin or (f"{request.url.scheme}://{host}" if _HOST.fullmatch(host) else "")


def _page(
    request: Request[Any, Any, Any], html: str, asked: Asked, *, status: HTTPStatus = HTTPStatus.OK
) -> Response[bytes]:
    """Answer with a page that is asked for again each time, and 304 when it is still the same."""
    body = html.encode()
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "cache-control": REVALIDATE,
        "etag": tag,
        "vary": "accept-encoding, accept-language, cookie",
        "content-language": asked.language,
    }
    if status == HTTPStatus.OK and tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type="text/html")
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 6, mtime=0)
        headers["content-encoding"] = "gzip"
    return Response(body, status_code=status, headers=headers, media_type="text/html")
