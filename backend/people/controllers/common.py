"""What all controllers of this room share."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import QueryParameter

from backend.accounts.domain import Person
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ratelimit import RateLimit

PAGE = 100
"""Lines on a page."""

After = Annotated[str, QueryParameter(max_length=40, description="What the page before called `next`.")]
Search = Annotated[str, QueryParameter(max_length=100, description="Part of a name, in any language.")]
ME = "me"
"""Stands for the person who asks, in addresses that name somebody."""

SEEN = (errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, errors.NOT_FOUND)
CHANGED = (errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, errors.FORBIDDEN, errors.NOT_FOUND)


class MakingLimit(RateLimit):
    """How often one person may make an organisation or a team; `making_limit` in the application's dependencies."""

    def __init__(self) -> None:
        super().__init__(60, 3600.0)


async def signed_in(request: Request[Any, Any, Any], sessions: Sessions) -> Person:
    """Return who asks. Raises Problem when nobody is signed in."""
    return (await sessions.signed_in(request)).person


def count(limit: RateLimit, key: str) -> None:
    """Count one attempt. Raises Problem with the seconds to wait when it was one too many."""
    if wait := limit.take(key):
        seconds = int(wait) + 1
        raise Problem(errors.TOO_MANY_REQUESTS, headers={"retry-after": str(seconds)}, seconds=seconds)
