"""What of a document can be found, and what somebody asks for. Pure.

A document's words are the texts a person reads in it: its name, and every other string that is no id, digest, date or
word of a vocabulary. Told by form and by the name of the member, so a type that is declared tomorrow can be found too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from msgspec import Struct

from backend.kit.types import ENVELOPE

MAX_WORDS = 8
"""Words of a question; what comes behind them is not asked."""
MAX_TEXT = 40_000
"""Characters of a document that are found by; the rest of a longer one is not."""
MAX_NAME = 120
HIDDEN = frozenset(
    {
        *("grant", "reaction", "resolution", "approval", "handover", "handover-answer"),
        *("quarantined", "quarantine-decision", "draft", "rescued", "notice", "read", "wishes"),
    }
)
"""Types in which nobody looks for words: they say something about other documents, or are their author's alone."""

_NO_WORDS = frozenset(
    {
        *ENVELOPE,
        *("_rev", "key", "parent", "order", "after", "about", "reply_to", "mentions", "people", "members", "team"),
        *("teams", "target", "status", "kind", "licence", "difficulty", "form", "format", "targets", "types", "scopes"),
        *("languages", "profiles", "schema", "made_from", "sha256", "id", "service", "capabilities", "part", "state"),
        *("sign", "took_part", "start", "due", "updated", "logo", "snapshots", "tool", "template", "templates"),
    }
)
_HTML = re.compile(r"<[^>]{0,2000}>")
_WORD = re.compile(r"[^\W_]+")
_NAMED = ("name", "title")
_SPOKEN = ("text", "question", "note", "url")


class Words(Struct, frozen=True):
    """What a document can be found by."""

    name: Mapping[str, str]
    """What it is called, by language; of what has no name its first words."""
    title: str
    body: str


def words(content: Mapping[str, Any]) -> Words | None:
    """Return the words of a document; None when it says nothing."""
    if content.get("type") in HIDDEN or content.get("archived") is True or content.get("disabled") is True:
        return None
    language = content.get("lang")
    name = _name(content, language if isinstance(language, str) else "")
    body = _HTML.sub(" ", " ".join(_texts({one: said for one, said in content.items() if one not in _NAMED})))
    title = " ".join(name.values()) if any(isinstance(content.get(one), str | dict) for one in _NAMED) else ""
    return Words(name, title[:MAX_TEXT], body[:MAX_TEXT]) if name or body.strip() else None


def question(asked: str) -> str | None:
    """Return what is asked as FTS5 wants it: every word, or its beginning, in any order; None: nothing is asked.

    A single letter begins too many words to mean something, unless it is all there is beside longer ones.
    """
    found = [one for one in _WORD.findall(asked) if len(one) > 1][:MAX_WORDS]
    return " AND ".join(f'"{one}"*' for one in found) or None


def _name(content: Mapping[str, Any], language: str) -> dict[str, str]:
    said = content.get("name") or content.get("title")
    if isinstance(said, dict):
        texts = cast("Mapping[str, Any]", said)
        return {name: text[:MAX_NAME] for name, text in texts.items() if isinstance(text, str) and text.strip()}
    first = said if isinstance(said, str) else next((content[one] for one in _SPOKEN if content.get(one)), "")
    line = str(first).strip().partition("\n")[0].lstrip("#*-> ")[:MAX_NAME]
    return {language: line} if line else {}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in cast("list[Any]", value):
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in cast("Mapping[str, Any]", value).items():
            if name not in _NO_WORDS and not name.startswith("_"):
                yield from _texts(one)
