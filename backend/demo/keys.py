"""Keys that come out the same each time for the same process: a seeding that broke off goes on where it stopped.

A key is a ULID like any other: its time is when the thing was made, and instead of chance it holds the first 80 bits of
a digest of the process' id and the thing's name in the story.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count

from ulid import ULID


def key(process: str, name: str, at: datetime) -> str:
    """Return the key of the thing `name` in a process."""
    digest = hashlib.sha256(f"{process}/{name}".encode()).digest()
    return str(ULID.from_bytes(int(at.timestamp() * 1000).to_bytes(6, "big") + digest[:10]))


def keys(process: str, at: datetime) -> Callable[[], str]:
    """Return what gives one key after the other, always in the same order."""
    numbers: Iterator[int] = count()
    return lambda: key(process, f"item {next(numbers)}", at)


def made_at(process: str) -> datetime:
    """Return when a process was made, from its id, in whole seconds."""
    return datetime.fromtimestamp(int(ULID.from_str(process.upper()).timestamp), UTC)
