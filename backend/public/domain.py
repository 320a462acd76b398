"""What a public page says of a process, in one language. Pure: a published document in, words out."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from backend.kit.languages import DEFAULT
from backend.people.domain import PartnerKind
from backend.processes.documents import PublishedProcess

MAX_DESCRIPTION = 200
"""Characters: what search engines and messengers show of a description."""
KINDS: Sequence[PartnerKind] = ("gov", "cit", "com")
_MARKS = re.compile(r"<[^>]*>|[*_`#>]+|!?\[([^\]]*)\]\([^)]*\)")


class Said(msgspec.Struct, frozen=True):
    """A text in the language asked for, or in the next best one."""

    text: str
    lang: str


class Thread(msgspec.Struct, frozen=True):
    """One objective in the cloth: has work begun, and which kinds of partner took part."""

    begun: bool
    took: tuple[PartnerKind, ...]


def said(text: Mapping[str, str] | None, language: str) -> Said:
    """Return the text in this language, else in English, else in the first by name; empty when there is none."""
    told = {lang: words for lang, words in (text or {}).items() if words.strip()}
    for lang in (language, DEFAULT, *sorted(told)):
        if lang in told:
            return Said(told[lang], lang)
    return Said("", language)


def description(process: PublishedProcess, language: str) -> str:
    """Return the aim in one line without marks, cut at a word; empty when there is none."""
    plain = " ".join(_MARKS.sub(lambda mark: mark[1] or " ", said(process.aim, language).text).split())
    if len(plain) <= MAX_DESCRIPTION:
        return plain
    return plain[: MAX_DESCRIPTION - 1].rpartition(" ")[0] + "…"


def threads(process: PublishedProcess) -> list[Thread]:
    """Return the cloth of a process: one thread for each objective."""
    return [
        Thread(bool(one.took_part) or any(task.status != "awaiting" for task in one.tasks), tuple(one.took_part))
        for phase in process.phases
        for one in phase.objectives
    ]


def picture_of(process: PublishedProcess, language: str) -> str:
    """Return the digest that names the share image: of all that is drawn, so another picture has another address."""
    drawn: list[Any] = [DRAWING, said(process.name, language), process.place, threads(process)]
    return hashlib.sha256(msgspec.json.encode(drawn)).hexdigest()[:24]


DRAWING = 1
"""Raised when the same words would be drawn in another way."""
