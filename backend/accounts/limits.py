"""How often somebody may try: per place and person, per place, and per person from everywhere.

The first is small and stops who guesses; the second is large, because a school or an office shares one address; the
third stops who guesses from many places, and is large enough that nobody else can lock the person out quickly.
"""

from typing import Any

from litestar.connection import ASGIConnection

from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ratelimit import RateLimit, site_of

MINUTES_10 = 600.0


class Limit:
    """One thing that may not be done too often."""

    def __init__(self, here: int, site: int, anywhere: int, seconds: float = MINUTES_10) -> None:
        self._limits = (RateLimit(here, seconds), RateLimit(site, seconds), RateLimit(anywhere, seconds))

    def take(self, connection: ASGIConnection[Any, Any, Any, Any], who: str) -> None:
        """Count one attempt. Raises Problem 429 with the seconds to wait."""
        wait = max(limit.take(key) for limit, key in zip(self._limits, _keys(connection, who), strict=True))
        if wait:
            seconds = int(wait) + 1
            raise Problem(errors.TOO_MANY_REQUESTS, headers={"retry-after": str(seconds)}, seconds=seconds)

    def give_back(self, connection: ASGIConnection[Any, Any, Any, Any], who: str) -> None:
        """Forget an attempt that succeeded."""
        for limit, key in zip(self._limits, _keys(connection, who), strict=True):
            limit.give_back(key)


class AccountLimits:
    """The limits of this room; one for the whole program."""

    def __init__(self) -> None:
        self.sign_in = Limit(10, 100, 200)
        self.ask_code = Limit(5, 60, 20)
        self.use_code = Limit(15, 150, 60)
        self.passkey = Limit(30, 150, 150)
        self.join = Limit(10, 60, 200)
        """Per place and invitation: many join by one link in one hall."""
        self.provider = Limit(20, 150, 10_000)
        self.report = Limit(60, 3_000, 60)
        self.change = Limit(20, 300, 60)
        """Changes of one's own ways in, by the person who is signed in."""


def _keys(connection: ASGIConnection[Any, Any, Any, Any], who: str) -> tuple[str, str, str]:
    site = site_of(connection.client.host if connection.client else "")
    return f"{site} {who}", site, who
