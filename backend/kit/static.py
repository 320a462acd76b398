"""A folder of built files, served as it was built: read and compressed once, answered with validators (RFC 9110 §13).

    assets/…      names hold a digest of their content: kept for a year, never asked again
    other files   asked for again each time (`no-cache`), answered 304 when nothing changed; so the service worker too
    other paths   a page of the app: its `index.html`, which finds the route itself

A path whose last part has a dot names a file, so a file that is missing is missing and never a page.
"""

import gzip
import hashlib
from functools import cached_property
from pathlib import Path
from typing import Any

from litestar import HttpMethod, Request, Response, route
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from backend.kit import errors
from backend.kit.errors import Problem

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
MIN_COMPRESSED = 1_000
# Litestar adds the character set to text.
TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_COMPRESSIBLE = frozenset({".css", ".html", ".ico", ".js", ".json", ".map", ".svg", ".txt", ".webmanifest"})


class BuiltFile:
    """One file with everything its answer needs, read at its first use."""

    def __init__(self, file: Path, *, immutable: bool) -> None:
        self._file = file
        self.type = TYPES.get(file.suffix, "application/octet-stream")
        self.cache = IMMUTABLE if immutable else REVALIDATE

    @cached_property
    def plain(self) -> bytes:
        """The content."""
        return self._file.read_bytes()

    @cached_property
    def gzipped(self) -> bytes | None:
        """The content compressed; None where that saves nothing."""
        if self._file.suffix not in _COMPRESSIBLE or len(self.plain) < MIN_COMPRESSED:
            return None
        return gzip.compress(self.plain, mtime=0)

    @cached_property
    def tag(self) -> str:
        """Weak entity tag: the same for the plain and the compressed form."""
        return f'W/"{hashlib.sha256(self.plain).hexdigest()[:32]}"'


class StaticFolder:
    """Every file below a folder by its path, and `index.html` for every page of the app."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            file.relative_to(folder).as_posix(): BuiltFile(file, immutable=file.parent == folder / "assets")
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    def find(self, path: str) -> BuiltFile | None:
        """Return what a path answers with; None when it names a file that is not there."""
        path = path.strip("/")
        page = None if "." in path.rpartition("/")[2] else self._files.get("index.html")
        return self._files.get(path, page)


def static_route(folder: StaticFolder) -> HTTPRouteHandler:
    """Return the route handler that serves a folder on every path nobody else answers."""

    @route(
        "/{path:path}",
        http_method=[HttpMethod.GET, HttpMethod.HEAD],
        include_in_schema=False,
        name="static",
    )
    async def serve(request: Request[Any, Any, Any], path: FromPath[str]) -> Response[bytes]:
        found = folder.find(path)
        if found is None:
            raise Problem(errors.NOT_FOUND)
        headers = {"cache-control": found.cache, "etag": found.tag, "vary": "accept-encoding"}
        if found.tag in request.headers.get("if-none-match", ""):
            return Response(b"", status_code=304, headers=headers, media_type=found.type)
        body = found.plain
        if found.gzipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
            body = found.gzipped
            headers["content-encoding"] = "gzip"
        return Response(body, headers=headers, media_type=found.type)

    return serve
