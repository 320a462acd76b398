"""What is written and read: contributions of about 480 bytes, each new, with one revision of its own.

They have the form that our gate asks for; to the other servers they are any JSON. The same ones come in each run.
"""

import hashlib
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

_LETTERS = "abcdefghij klmnop"
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHANCE = 7


class Place(NamedTuple):
    """A database to write into: its address, the partitions that are written to, and the author of everything."""

    path: str
    partitions: tuple[str, ...]
    author: str


def ulid(number: int) -> str:
    """Return the ULID that stands for this number."""
    text = ""
    for _ in range(26):
        number, digit = divmod(number, 32)
        text = _DIGITS[digit] + text
    return text


def documents(place: Place, count: int, *, first: int = 0) -> Iterator[dict[str, Any]]:
    """Yield `count` new documents, spread evenly over the partitions."""
    chance = random.Random(CHANCE + first)
    for number in range(first, first + count):
        text = "".join(chance.choices(_LETTERS, k=240))
        digest = hashlib.md5(f"{number}{text}".encode(), usedforsecurity=False).hexdigest()
        yield {
            "_id": f"{place.partitions[number % len(place.partitions)]}:contribution:{ulid(number)}",
            "_rev": f"1-{digest}",
            "_revisions": {"start": 1, "ids": [digest]},
            "type": "contribution",
            "v": 1,
            "lang": "en",
            "author": place.author,
            "by": place.author,
            "device": "01KGFIELDPHONE",
            "at": "2026-11-21T10:00:00Z",
            "text": text,
        }
