"""Names of things: random keys, and the id of a document taken apart.

A document's id is `partition:type:key` (CouchDB's form for partitioned databases, `partition:rest`). Only the first
two colons separate: a natural key may hold colons of its own.
"""

import hashlib
import re
import time
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from ulid import ULID

KEY_LENGTH = 26


class DocumentId(NamedTuple):
    """The three parts of a document's id."""

    partition: str
    type: str
    key: str

    def __str__(self) -> str:
        return ":".join(self)


def split_id(document_id: str) -> DocumentId | None:
    """Take an id apart; None when it does not have three parts that are not empty."""
    partition, _, rest = document_id.partition(":")
    kind, _, key = rest.partition(":")
    return DocumentId(partition, kind, key) if partition and kind and key else None


def key_of(document_id: str) -> str:
    """Return the key of a document's id; empty when the id is not of our form."""
    name = split_id(document_id)
    return name.key if name else ""


def new_ulid(at: float | None = None) -> str:
    """Return a new ULID, upper case: 48 bits of the time `at` (seconds since 1970; default now), 80 random ones."""
    return str(ULID.from_timestamp(time.time() if at is None else at))


def new_owner_id(at: float | None = None) -> str:
    """Return a new id for an account or a process: a ULID in lower case.

    It is part of the name of a space (`process-<id>`, `person-<id>`), and CouchDB's database names know no capitals.
    """
    return new_ulid(at).lower()


def derived_ulid(first: str, name: str) -> str:
    """Return the ULID that follows from another ULID and a name: of its time, with a digest in place of random bits.

    The same each time, so that who does something again after a lost answer makes nothing twice.
    """
    digest = hashlib.sha256(f"{first}:{name}".encode()).digest()
    return str(ULID.from_bytes(ULID.from_str(first).bytes[:6] + digest[:10]))


def ulids_from(first: str) -> Iterator[str]:
    """Yield a ULID and those after it, each greater by one: in the order of their making, and the same each time."""
    return (str(ULID.from_int(one)) for one in count(int(ULID.from_str(first))))


def is_ulid(text: str) -> bool:
    """Say whether `text` is a ULID as we write them: 26 characters of Crockford's base 32, upper case."""
    return _ULID.fullmatch(text) is not None


ULID_PATTERN = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"
_ULID = re.compile(ULID_PATTERN)
