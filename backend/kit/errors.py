"""Everything that can go wrong towards a person, once: HTTP status, stable word, sentence.

The word (`code`) is what programs compare and never changes; the sentence stands in `kit/texts` under
`problem.<code>` in each language. A room raises `Problem(KIND)`; `kit/problems.py` turns it into an answer (RFC
9457).
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """One kind of problem: its HTTP status and its word."""

    status: HTTPStatus
    code: str


INVALID_REQUEST = Kind(HTTPStatus.BAD_REQUEST, "invalid_request")
WRONG_CREDENTIALS = Kind(HTTPStatus.UNAUTHORIZED, "wrong_credentials")
SIGN_IN_NEEDED = Kind(HTTPStatus.UNAUTHORIZED, "sign_in_needed")
ACCOUNT_DISABLED = Kind(HTTPStatus.UNAUTHORIZED, "account_disabled")
WRONG_CODE = Kind(HTTPStatus.UNAUTHORIZED, "wrong_code")
WRONG_PASSKEY = Kind(HTTPStatus.UNAUTHORIZED, "wrong_passkey")
FORBIDDEN = Kind(HTTPStatus.FORBIDDEN, "forbidden")
CROSS_SITE = Kind(HTTPStatus.FORBIDDEN, "cross_site")
SIGN_IN_AGAIN = Kind(HTTPStatus.FORBIDDEN, "sign_in_again")
CREDENTIAL_SCOPE = Kind(HTTPStatus.FORBIDDEN, "credential_scope")
WRONG_PASSWORD = Kind(HTTPStatus.FORBIDDEN, "wrong_password")
TWO_CREDENTIALS = Kind(HTTPStatus.BAD_REQUEST, "two_credentials")
NOT_FOUND = Kind(HTTPStatus.NOT_FOUND, "not_found")
METHOD_NOT_ALLOWED = Kind(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed")
CONFLICT = Kind(HTTPStatus.CONFLICT, "conflict")
LAST_CREDENTIAL = Kind(HTTPStatus.CONFLICT, "last_credential")
TOO_LARGE = Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
UNSUPPORTED_MEDIA_TYPE = Kind(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")
DIGEST_DIFFERS = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "digest_differs")
NAME_NEEDED = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "name_needed")
BAD_EMAIL = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "bad_email")
PASSWORD_LENGTH = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "password_length")
WEAK_PASSWORD = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "weak_password")
TOO_MANY_REQUESTS = Kind(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests")
INTERNAL = Kind(HTTPStatus.INTERNAL_SERVER_ERROR, "internal")
UNAVAILABLE = Kind(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable")
QUOTA_REACHED = Kind(HTTPStatus.INSUFFICIENT_STORAGE, "quota_reached")
NO_SPACE_LEFT = Kind(HTTPStatus.INSUFFICIENT_STORAGE, "no_space_left")
LAST_ADMINISTRATOR = Kind(HTTPStatus.CONFLICT, "last_administrator")
INVITATION_UNKNOWN = Kind(HTTPStatus.NOT_FOUND, "invitation_unknown")
INVITATION_EXPIRED = Kind(HTTPStatus.GONE, "invitation_expired")
INVITATION_USED = Kind(HTTPStatus.GONE, "invitation_used")
INVITATION_REVOKED = Kind(HTTPStatus.GONE, "invitation_revoked")
UNKNOWN_TEAM = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_team")
UNKNOWN_ITEM = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_item")
TEAM_NEEDED = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "team_needed")
UNTIL_PASSED = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "until_passed")
WRONG_COLUMNS = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_columns")
TOO_MANY_LINES = Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_many_lines")
NOT_A_PICTURE = Kind(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not_a_picture")
HAS_TEAMS = Kind(HTTPStatus.CONFLICT, "has_teams")
ALREADY_MEMBER = Kind(HTTPStatus.CONFLICT, "already_member")
ALREADY_APPLIED = Kind(HTTPStatus.CONFLICT, "already_applied")
ALREADY_ANSWERED = Kind(HTTPStatus.CONFLICT, "already_answered")
PUSH_ENDPOINT = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "push_endpoint")
PUSH_KEY = Kind(HTTPStatus.CONFLICT, "push_key")
NOT_SUBSCRIBED = Kind(HTTPStatus.CONFLICT, "not_subscribed")
NO_HOURS = Kind(HTTPStatus.NOT_FOUND, "no_hours")
NO_CONTEXT = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "no_context")
UNKNOWN_SCHEMA = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_schema")
SCHEMA_TOO_LARGE = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "schema_too_large")

KINDS = {kind.code: kind for kind in list(globals().values()) if isinstance(kind, Kind)}


class Problem(Exception):  # noqa: N818 — RFC 9457's own word
    """A problem to be told to the person who asked; `values` fill the sentence, `headers` go with the answer."""

    def __init__(self, kind: Kind, *, headers: Mapping[str, str] | None = None, **values: Any) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.headers = dict(headers or {})
        self.values = values


class OperatorError(Exception):
    """Something that whoever runs the server must put right; the message is a sentence for them."""
