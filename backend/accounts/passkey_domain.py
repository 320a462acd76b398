"""The words of passkeys: where one is good, what we know of one, and what opens nothing."""

from typing import Any

from msgspec import Struct

Json = dict[str, Any]
MAX_CREDENTIAL = 1_400
"""Characters of a credential's id."""


class PasskeyError(Exception):
    """An answer that opens nothing; `copied` when everything but the counter was right."""

    def __init__(self, *, copied: bool = False) -> None:
        super().__init__("copied" if copied else "refused")
        self.copied = copied


class Made(Struct, frozen=True):
    """A new passkey."""

    credential: str
    public_key: str
    counter: int
    synced: bool


class Held(Struct, frozen=True):
    """A passkey as we know it."""

    credential: str
    public_key: str
    counter: int


class Place(Struct, frozen=True):
    """Where a passkey is good: a domain, and the origin of its pages."""

    rp: str
    origin: str


def credential_of(answer: Json) -> str:
    """Return the id of the credential that an answer names, in one form; empty when it names none."""
    raw = answer.get("id")
    if not isinstance(raw, str) or len(raw) > MAX_CREDENTIAL:
        return ""
    return raw.rstrip("=")
