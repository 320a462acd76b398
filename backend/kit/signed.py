"""A value that a browser keeps for us for a while, and cannot change: for a cookie, never for an address."""

import base64
import binascii
import hashlib
import hmac
from datetime import datetime
from typing import TypeVar

import msgspec

MAX_LENGTH = 4_000
StructT = TypeVar("StructT", bound=msgspec.Struct)


def sign(key: bytes, purpose: str, value: msgspec.Struct, until: datetime) -> str:
    """Return the value with the moment until which it is good and a keyed digest of both."""
    body = base64.urlsafe_b64encode(msgspec.json.encode((int(until.timestamp()), value))).decode()
    return f"{body}.{_digest(key, purpose, body)}"


def unsign(key: bytes, purpose: str, text: str, kind: type[StructT], now: datetime) -> StructT | None:
    """Return a value we signed for this purpose; None when it was changed, is too old, or is somebody else's."""
    body, _, digest = text[:MAX_LENGTH].rpartition(".")
    if not hmac.compare_digest(_digest(key, purpose, body), digest):
        return None
    try:
        until, value = msgspec.json.decode(base64.urlsafe_b64decode(body), type=tuple[int, kind])
    except (msgspec.DecodeError, binascii.Error):
        return None
    return value if now < datetime.fromtimestamp(until, now.tzinfo) else None


def _digest(key: bytes, purpose: str, body: str) -> str:
    return hmac.new(key, f"{purpose}:{body}".encode(), hashlib.sha256).hexdigest()
