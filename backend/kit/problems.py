"""Problems as answers: `application/problem+json` (RFC 9457), the sentence in the language of the person who asked.

`type` is `about:blank` and `title` the status' own phrase, as the RFC wants them together; what a program compares
is `code`.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi import ResponseSpec

from backend.kit import errors
from backend.kit.errors import Kind, Problem
from backend.kit.languages import preferred
from backend.kit.texts import say
from sync.errors import NO_SPACE, SyncError

PROBLEM_TYPE = "application/problem+json"
_log = structlog.get_logger("interlink")

_BY_STATUS = {
    HTTPStatus.UNAUTHORIZED: errors.SIGN_IN_NEEDED,
    HTTPStatus.FORBIDDEN: errors.FORBIDDEN,
    HTTPStatus.NOT_FOUND: errors.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: errors.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: errors.TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: errors.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.TOO_MANY_REQUESTS: errors.TOO_MANY_REQUESTS,
}


class ProblemBody(msgspec.Struct):
    """What a program reads and a person is shown."""

    type: str
    title: str
    status: int
    detail: str
    """A sentence for the person, in their language."""
    code: str
    """The word of this kind of problem; never changes."""


def render(kind: Kind, accept_language: str | None, values: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of the answer to a problem."""
    language = preferred(accept_language)
    sentence = say(f"problem.{kind.code}", language, **values).strip()
    body = ProblemBody("about:blank", kind.status.phrase, kind.status.value, sentence, kind.code)
    return msgspec.json.encode(body), {"content-language": language, "vary": "accept-language"}


def _answer(
    request: Request[Any, Any, Any], kind: Kind, headers: Mapping[str, str], values: Mapping[str, Any]
) -> Response[bytes]:
    body, own = render(kind, request.headers.get("accept-language"), values)
    return Response(body, status_code=kind.status.value, media_type=PROBLEM_TYPE, headers={**headers, **own})


def on_problem(request: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    """Answer a problem that a room raised."""
    return _answer(request, problem.kind, problem.headers, problem.values)


def on_http_exception(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Answer what the framework refused: no such route, wrong method, a body that does not fit."""
    status = HTTPStatus(error.status_code)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        if isinstance(error.__cause__, msgspec.ValidationError):
            # Litestar blames itself for a member of the body that is called like one of our dependencies.
            return _answer(request, errors.INVALID_REQUEST, {}, {"reason": str(error.__cause__)})
        return on_error(request, error)
    headers = {name: value for name, value in (error.headers or {}).items() if name.lower() in ("allow", "retry-after")}
    kind = _BY_STATUS.get(status, errors.INVALID_REQUEST)
    return _answer(request, kind, headers, {"reason": _reason(error), "seconds": headers.get("Retry-After", "60")})


def on_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Answer a fault of ours: nothing of it leaves the server, the log has all."""
    _log.error("fault", error=type(error).__name__, exc_info=error)
    return _answer(request, errors.INTERNAL, {}, {})


def on_sync_error(request: Request[Any, Any, Any], error: SyncError) -> Response[bytes]:
    """Answer what the store of documents said no to for now: a full disk, a writer that is behind."""
    if not error.passing:
        return on_error(request, error)
    kind = errors.NO_SPACE_LEFT if error.word == NO_SPACE.word else errors.UNAVAILABLE
    return _answer(request, kind, {"retry-after": str(error.retry_after or 1)}, {})


EXCEPTION_HANDLERS = {
    SyncError: on_sync_error,
    Problem: on_problem,
    HTTPException: on_http_exception,
    Exception: on_error,
}


def told(*kinds: Kind) -> dict[int, ResponseSpec]:
    """Return the problems that a route may answer with, as OpenAPI wants them: `responses=told(NOT_FOUND)`."""
    return {
        kind.status.value: ResponseSpec(
            ProblemBody,
            description=say(f"problem.{kind.code}", reason="", seconds="…", limit="…").strip(),
            media_type=PROBLEM_TYPE,
            generate_examples=False,
        )
        for kind in kinds
    }


def bare(status: int, description: str) -> dict[int, ResponseSpec]:
    """Return the description of an answer without a body."""
    return {status: ResponseSpec(None, description=description, generate_examples=False)}


def _reason(error: HTTPException) -> str:
    """Return where a body does not fit, for the developer who sent it: member and what was expected."""
    try:
        first = msgspec.convert(error.extra, list[_Misfit])[0]
    except (msgspec.ValidationError, IndexError):
        return ""
    return f"{first.key}: {first.message}".strip(": ")


class _Misfit(msgspec.Struct):
    message: str = ""
    key: str = ""
