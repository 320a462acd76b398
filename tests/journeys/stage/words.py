"""What the app says, in each of its languages: journeys find buttons and fields by these words, as people do.

The words are the PWA's own messages, so a story can be told in Latvian with the same verbs. What a screen must say at
all is written out in the tests of the screens.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

MESSAGES = Path(__file__).parents[3] / "pwa" / "messages"
KINDS = Path(__file__).parents[3] / "pwa" / "src" / "kinds"
"""Each kind of asset brings its own texts."""
LANGUAGES = ("en", "it", "lv", "es")

SHORT = 3  # letters; shorter words are the same in many languages

# A place in a message that is filled when it is shown: {when}, {count}.
FILLED = re.compile(r"\\\{\w+\\\}")


@cache
def messages(language: str) -> dict[str, Any]:
    """All messages of one language, as the PWA is built from them."""
    files = [MESSAGES / f"{language}.json", *sorted(KINDS.glob(f"*/texts/{language}.json"))]
    return {key: text for file in files for key, text in json.loads(file.read_text()).items()}


def says(language: str, *keys: str) -> re.Pattern[str]:
    """A pattern that a whole label or sentence matches when the app shows one of these messages in this language."""
    forms = [text for key in keys for text in _forms(messages(language)[key])]
    return re.compile(f"^\\s*(?:{'|'.join(FILLED.sub('.+?', re.escape(text)) for text in forms)})\\s*$", re.DOTALL)


def word(language: str, key: str) -> str:
    """A message that has neither forms nor places to fill."""
    text = messages(language)[key]
    assert isinstance(text, str), f"{key} has several forms: use says()"
    assert "{" not in text, f"{key} has places to fill: use says()"
    return text


def foreign_words(lines: list[str], language: str) -> list[str]:
    """Those of the lines on a screen that are messages of another language and none of this one."""
    own = {text for message in messages(language).values() for text in _forms(message)}
    others = {
        text
        for other in LANGUAGES
        if other != language
        for message in messages(other).values()
        for text in _forms(message)
    }
    leftovers = {text for text in others - own if len(text) > SHORT and "{" not in text}
    return sorted({line for line in lines if line.strip() in leftovers})


def _forms(message: str | list[dict[str, Any]]) -> list[str]:
    """Every form of a message: plurals are a list of matches in inlang's message format."""
    if isinstance(message, str):
        return [message]
    return [text for variant in message for text in variant["match"].values()]
