"""Every sentence the server says to people, in four languages.

The sentences stand in one JSON file per language beside this module, under the same keys, so that a translator has
one file to read. Keys are `<room or subject>.<what>`; `{name}` marks a value put in by the caller. A test keeps the
files complete.
"""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from backend.kit.languages import DEFAULT, LANGUAGES

_FOLDER = Path(__file__).parent


def say(key: str, language: str = DEFAULT, **values: Any) -> str:
    """Return the sentence `key` in `language` (English when we do not speak it) with `values` put in.

    Raises KeyError for a key that no file has: a programming error that the test of the catalogue finds.
    """
    return sentences(language if language in LANGUAGES else DEFAULT)[key].format(**values)


@cache
def sentences(language: str) -> dict[str, str]:
    """Return all sentences of one language by key."""
    return msgspec.json.decode((_FOLDER / f"{language}.json").read_bytes(), type=dict[str, str])
