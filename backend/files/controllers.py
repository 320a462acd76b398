"""HTTP of files: sent in pieces where the network breaks, fetched as harmless bytes.

    HEAD  how much is here?       Upload-Offset, Upload-Length (the names of the resumable uploads draft)     or 404
    PUT   here is all, or a piece (Content-Range: bytes 0-65535/200000)     201 whole, 202 a piece, 409 does not follow
    GET   the file

What somebody uploaded never runs in our origin: known images may be shown, everything else is only saved, nothing is
guessed from content, and a sandbox closes what is left (CVE-2021-38295 is the lesson).
"""

from typing import Any, Final

from litestar import Controller, Request, Response, get, head, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File

from backend.accounts.domain import Person
from backend.accounts.sessions import Sessions
from backend.files.actions import Arrived, Shelf
from backend.files.domain import IMAGES, MAX_FILE, Address, Right, Rights, address, piece
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import bare, told
from backend.kit.spaces import COMMONS

_HARMLESS: Final = {"content-security-policy": "sandbox; default-src 'none'", "x-content-type-options": "nosniff"}
_PRIVATE: Final = "private, no-store"
_PUBLIC: Final = "public, max-age=31536000, immutable"
_BODY: Final = MAX_FILE + 1
AnyRequest = Request[Any, Any, Any]


class FileController(Controller):
    """Files of one partition of one space."""

    path = "/files/{space:str}/{partition:str}/{sha256:str}"
    tags = ("files",)

    @head(
        summary="How much of a file has arrived",
        responses=bare(200, "`Upload-Offset` of `Upload-Length` bytes are here.")
        | bare(404, "Nothing is here, or it is not open to you."),
    )
    async def look(
        self,
        request: AnyRequest,
        space: FromPath[str],
        partition: FromPath[str],
        sha256: FromPath[str],
        shelf: NamedDependency[Shelf],
        rights: NamedDependency[Rights],
        sessions: NamedDependency[Sessions],
    ) -> Response[None]:
        """Answer with `Upload-Offset` and `Upload-Length`; equal when the file is whole."""
        where, person, right = await _asked(request, (space, partition, sha256), rights, sessions)
        if not (right.read or right.write):
            raise Problem(errors.NOT_FOUND)
        found = await shelf.arrived(where, person.id if person else "")
        if found is None or not (found.whole or right.write):
            raise Problem(errors.NOT_FOUND)
        return Response(None, headers=_offsets(found))

    @get(summary="Fetch a file", media_type="application/octet-stream", responses=told(errors.NOT_FOUND))
    async def fetch(
        self,
        request: AnyRequest,
        space: FromPath[str],
        partition: FromPath[str],
        sha256: FromPath[str],
        shelf: NamedDependency[Shelf],
        rights: NamedDependency[Rights],
        sessions: NamedDependency[Sessions],
    ) -> File:
        """Answer with the bytes; 404 when there is no such file or it may not be read."""
        where, _, right = await _asked(request, (space, partition, sha256), rights, sessions)
        found = await shelf.whole(where) if right.read else None
        if found is None:
            raise Problem(errors.NOT_FOUND)
        return File(
            shelf.path(where),
            filename=sha256,
            media_type=found.media_type,
            content_disposition_type="inline" if found.media_type in IMAGES else "attachment",
            headers={**_HARMLESS, "cache-control": _PUBLIC if space == COMMONS else _PRIVATE},
        )

    @put(
        summary="Send a file or a piece of it",
        status_code=201,
        request_max_body_size=_BODY,
        responses=bare(201, "The file is whole.")
        | bare(202, "The piece has arrived.")
        | told(
            errors.INVALID_REQUEST,
            errors.SIGN_IN_NEEDED,
            errors.FORBIDDEN,
            errors.NOT_FOUND,
            errors.CONFLICT,
            errors.TOO_LARGE,
            errors.DIGEST_DIFFERS,
            errors.NO_SPACE_LEFT,
        ),
    )
    async def send(
        self,
        request: AnyRequest,
        space: FromPath[str],
        partition: FromPath[str],
        sha256: FromPath[str],
        shelf: NamedDependency[Shelf],
        rights: NamedDependency[Rights],
        sessions: NamedDependency[Sessions],
    ) -> Response[None]:
        """Take the body; who may contribute to the partition may add files to it."""
        where, person, right = await _asked(request, (space, partition, sha256), rights, sessions)
        if person is None:
            raise Problem(errors.SIGN_IN_NEEDED)
        if not right.write:
            raise Problem(errors.FORBIDDEN if right.read else errors.NOT_FOUND)
        length = request.headers.get("content-length", "")
        if not length.isdecimal():
            raise Problem(errors.INVALID_REQUEST, reason="Content-Length is missing")
        brought = piece(request.headers.get("content-range"), int(length))
        if brought is None:
            raise Problem(errors.INVALID_REQUEST, reason="Content-Range does not fit the body")
        declared = request.headers.get("content-type", "")
        arrived = await shelf.receive(where, brought, request.stream(), declared, person.id)
        return Response(None, status_code=201 if arrived.whole else 202, headers=_offsets(arrived))


async def _asked(
    request: AnyRequest, parts: tuple[str, str, str], rights: Rights, sessions: Sessions
) -> tuple[Address, Person | None, Right]:
    """Return what is asked for, who asks, and what they may do there."""
    where = address(*parts)
    if where is None:
        raise Problem(errors.NOT_FOUND)
    person = await sessions.person(request)
    return where, person, await rights.of(person, where.space, where.partition)


def _offsets(arrived: Arrived) -> dict[str, str]:
    return {"upload-offset": str(arrived.offset), "upload-length": str(arrived.total)}
