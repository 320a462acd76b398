"""What a notice says by push and mail, in the language of who is told: made from its word and its facts alone.

The title is the sentence of the word; the lines below name the need, the time and the place, each where it is known. So
nothing that somebody wrote about another person can get onto a lock screen. Times are told in the need's own zone, as
the language writes them (CLDR), and what is counted has the plurals of the language.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from babel import Locale
from babel.dates import format_interval, format_skeleton
from msgspec import Struct

from backend.kit.languages import DEFAULT, LANGUAGES
from backend.notices.documents import Facts
from backend.notices.domain import Words

_FOLDER: Final = Path(__file__).parent / "texts"
LONGEST: Final = 80
"""Characters of a name that are told."""
_YES_OR_NO: Final = ("accept", "decline")
_TO_DO: Final = ("done", "later")
_BUTTONS: Final[Mapping[str, tuple[str, ...]]] = {
    "needed": _YES_OR_NO,
    "place_free": _YES_OR_NO,
    "assigned": _TO_DO,
    "due": _TO_DO,
    "reminder": ("decline", "later"),  # it has not begun, so it cannot be done yet
}
"""What can be answered from the lock screen."""


def words_of(word: str, facts: Facts, language: str) -> Words:
    """Return title, body and buttons of a notice in one language. Raises KeyError for a word that has no sentence."""
    spoken = language if language in LANGUAGES else DEFAULT
    title = _say(f"title.{word}", spoken, count=facts.count or 0)
    buttons = {answer: _say(f"action.{answer}", spoken) for answer in _BUTTONS.get(word, ())}
    return Words(title, "\n".join(lines(word, facts, spoken)), buttons)


def lines(word: str, facts: Facts, language: str) -> list[str]:
    """Return what a notice names, line by line: the thing and its process, the time, the place."""
    names = (label(one, language) for one in (facts.name, facts.process) if one)
    open_places = _say("open_places", language, count=facts.count) if word == "handed" and facts.count else ""
    told = (" · ".join(dict.fromkeys(map(_cut, names))), open_places, when(facts, language), _cut(facts.place))
    return [one for one in told if one]


def _cut(name: str) -> str:
    """Return as much of a name as a lock screen has room for; with all of them a push message stays small enough."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def label(names: Mapping[str, str], language: str) -> str:
    """Return a name in the language, else in English, else in whichever it has."""
    return names.get(language) or names.get(DEFAULT) or next(iter(names.values()), "")


def when(facts: Facts, language: str) -> str:
    """Return the time of a need as the language writes it, by the clocks of the place: `Sat, Nov 28, 10:00–12:00`."""
    if facts.start is None:
        return ""
    zone, locale = _zone(facts.zone), Locale.parse(language)
    day = format_skeleton("MMMEd", facts.start, tzinfo=zone, locale=locale)
    if facts.end is None or facts.end.astimezone(zone).date() != facts.start.astimezone(zone).date():
        return f"{day}, {format_skeleton('Hm', facts.start, tzinfo=zone, locale=locale)}"
    return f"{day}, {format_interval(facts.start, facts.end, 'Hm', tzinfo=zone, locale=locale)}"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _say(key: str, language: str, **values: Any) -> str:
    text = _texts(language)[key]
    if not isinstance(text, str):
        form = Locale.parse(language).plural_form(values["count"])
        forms = text[0].match
        text = forms.get(f"countPlural={form}") or forms["countPlural=other"]
    return text.format(**values)


class _Counted(Struct):
    """A sentence with the plural forms of its language, as the PWA's catalogues have it."""

    match: dict[str, str]


@cache
def _texts(language: str) -> dict[str, str | list[_Counted]]:
    return msgspec.json.decode((_FOLDER / f"{language}.json").read_bytes(), type=dict[str, str | list[_Counted]])
