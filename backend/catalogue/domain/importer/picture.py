"""Is this a picture we take, and how large is it? Only headers are read, nothing is decoded.

PNG: ISO/IEC 15948 §11.2.2, the first chunk IHDR holds width and height.
JPEG: ITU-T T.81 annex B.2.2, the frame header (SOF0–SOF15 without DHT, JPG and DAC) holds height and width.
"""

from typing import NamedTuple

MAX_PICTURE = 500_000
"""Bytes; a phone loads the catalogue over its own contract. The original's largest of our copy has 121,227."""
MAX_SIDE = 4_000
"""Pixels; beyond this, decoding alone fills a small phone's memory."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARKER = 0xFF


class Picture(NamedTuple):
    """Media type and size in pixels."""

    media_type: str
    width: int
    height: int


def look_at(content: bytes) -> Picture | None:
    """Return what the picture is; None when it is no PNG or JPEG, or larger than we take."""
    if len(content) > MAX_PICTURE:
        return None
    picture = _png(content) if content.startswith(_PNG) else _jpeg(content) if content.startswith(_JPEG) else None
    fits = picture is not None and 0 < picture.width <= MAX_SIDE and 0 < picture.height <= MAX_SIDE
    return picture if fits else None


def _png(content: bytes) -> Picture | None:
    if content[12:16] != b"IHDR":
        return None
    return Picture("image/png", int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))


def _jpeg(content: bytes) -> Picture | None:
    at = 2
    while at + 9 <= len(content) and content[at] == _MARKER:
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return Picture("image/jpeg", int.from_bytes(width, "big"), int.from_bytes(height, "big"))
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
