"""The languages that the server speaks, and which of them a person wants (RFC 9110 §12.5.4, RFC 4647 §3.4)."""

from collections.abc import Iterator

LANGUAGES = ("en", "it", "lv", "es")
DEFAULT = "en"
MAX_HEADER = 200
"""Longer `Accept-Language` headers are cut: nobody reads two hundred characters of languages."""


def preferred(accept_language: str | None) -> str:
    """Choose our language for an `Accept-Language` header: highest weight first, `pt-BR` also as `pt`, else English."""
    ranges = sorted(_ranges((accept_language or "")[:MAX_HEADER]), key=lambda one: -one[1])
    for tag, weight in ranges:
        if weight > 0 and tag in LANGUAGES:
            return tag
    return DEFAULT


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        tag, _, parameter = part.partition(";")
        name, _, value = parameter.partition("=")
        yield tag.strip().lower().split("-")[0], _weight(value) if name.strip() == "q" else 1.0


def _weight(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0
