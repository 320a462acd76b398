"""Is this a picture that an organisation may show? Only headers are read, nothing is decoded.

PNG: ISO/IEC 15948 §11.2.2. JPEG: ITU-T T.81 B.2.2, the frame header. WebP: RFC 9649 §2.4 to §2.7, the first chunk of
the RIFF file says how large the canvas is.
"""

from collections.abc import Callable, Mapping

MAX_BYTES = 512 * 1024
MAX_SIDE = 2_000
"""Pixels."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARKER = 0xFF
_HEADER = 30
"""Bytes that any picture worth showing has."""


def kind_of_picture(content: bytes) -> str | None:
    """Return the media type of a picture we take; None for anything else, and for one that is too large."""
    if not _HEADER <= len(content) <= MAX_BYTES:
        return None
    for media_type, measure in _MEASURES.items():
        size = measure(content)
        if size is not None and all(0 < side <= MAX_SIDE for side in size):
            return media_type
    return None


def _png(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == _MARKER:
        if content[at + 1] in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9], "big"), int.from_bytes(content[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    match content[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
        case b"VP8L":
            bits = int.from_bytes(content[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = (int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (26, 28))
            return width, height
        case _:
            return None


_MEASURES: Mapping[str, Callable[[bytes], tuple[int, int] | None]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/webp": _webp,
}
