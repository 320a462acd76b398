"""How fast one person may bring work in. Who hurries is told when to come again, and nothing of the request is written.

Counted per account, and per household for who is not signed in. Both buckets may go into debt, so a batch larger than a
bucket passes too; and they hold two minutes' worth, so a week of work from a phone mostly comes through at once.
"""

from math import ceil
from typing import Any

from backend.kit.ratelimit import RateLimit, site_of
from backend.kit.settings import Settings
from sync.errors import TOO_MANY, SyncError
from sync.hooks import Access

MINUTES = 2
"""What a bucket holds, in minutes of its rate."""
MEGABYTE = 1_000_000


class Pace:
    """The door's meter: documents and bytes of each person."""

    def __init__(self, settings: Settings) -> None:
        self._documents = _bucket(settings.documents_per_minute)
        self._bytes = _bucket(settings.megabytes_per_minute * MEGABYTE)

    def __call__(self, request: Any, access: Access, documents: int, size: int) -> None:
        """Let so much in. Raises SyncError with the seconds after which there is room again."""
        key = access.principal or f"site {site_of(request.client.host if request.client else '')}"
        wait = max(self._documents.wait(key), self._bytes.wait(key))
        if wait:
            seconds = ceil(wait)
            raise SyncError(TOO_MANY, f"Too much at once; come again in {seconds} seconds.", retry_after=seconds)
        self._documents.spend(key, documents)
        self._bytes.spend(key, size)


def _bucket(per_minute: int) -> RateLimit:
    return RateLimit(per_minute * MINUTES, 60 * MINUTES)
