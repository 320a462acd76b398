"""The words of the app's own first screens, for who comes for the first time: read before any script ran.

The start and the catalogue are screens of the app; a phone that has it makes them itself, from what it holds (the
service worker answers then, not we). Another one is told the same words as HTML, and reads while the app comes.
Who is signed in gets the bare app: their start is their own work, which only their device knows.
"""

import re
import unicodedata
from collections.abc import Sequence
from html import escape

from msgspec import Struct

from backend.catalogue.documents import Interlinker
from backend.catalogue.ratings import Opinions
from backend.kit.texts import say
from backend.public.domain import Said, said
from backend.public.page import Asked, title_of, whole, words

SHOWN = 40
"""Building blocks: as many as the app draws at first (`pwa/src/routes/Catalogue.svelte`)."""
ENOUGH = 140
"""Characters of the sentence below a name."""
EASE = ("very_easy", "easy", "medium", "difficult", "very_difficult")
USUAL, DOUBT = 3, 3
"""What nobody rated counts as three stars, said by three people: as in `pwa/src/lib/model/opinions.ts`."""
_SENTENCE = re.compile(r".{30,140}?[.!?](?=\s)")
_ACCENTS = re.compile("([aeiou])[\u0300\u0301\u0308]")
"""Sorted with their vowel; all other letters with a mark after the plain ones: as in `pwa/src/lib/model/search.ts`."""
_MARKUP = re.compile(r"<[^>]*>")


class Block(Struct, frozen=True):
    """A building block, and what people think of it."""

    key: str
    interlinker: Interlinker
    opinions: Opinions | None


def start_page(shell: str, asked: Asked) -> str:
    """Return the start: what this is, in a sentence and a few more."""
    language = asked.language
    title, what = say("public.start_title", language), say("public.start_what", language)
    free = say("public.start_free", language)
    body = f'<h1>{escape(title)}</h1><p class="lead">{escape(what)} {escape(free)}</p>'
    return whole(shell, asked, title_of(asked, title, what), body, None, hero=True)


def catalogue_page(shell: str, asked: Asked, blocks: Sequence[Block]) -> str:
    """Return the catalogue: the building blocks that the app would show first, each with its sentence."""
    language = asked.language
    title, what = say("public.catalogue_title", language), say("public.catalogue_what", language)
    rows = "".join(
        f'<li><a class="row" href="/catalogue/{escape(one.key)}"><div class="grow tight">'
        f"<h3>{words(said(one.interlinker.name, language), language)}</h3>"
        f'<p class="note quiet">{words(sentence(one.interlinker, language), language)}</p></div></a></li>'
        for one in best_first(blocks, language)[:SHOWN]
    )
    body = f'<h1>{escape(title)}</h1><p class="lead">{escape(what)}</p><ul class="list">{rows}</ul>'
    return whole(shell, asked, title_of(asked, title, what), body, None)


def best_first(blocks: Sequence[Block], language: str) -> list[Block]:
    """Sort as the app does: what one can read, what people found good, what is easy, by name."""

    def place(one: Block) -> tuple[bool, float, int, str, str, str]:
        interlinker = one.interlinker
        name = said(interlinker.name, language).text
        return (
            language not in interlinker.languages,
            -_weighed(one.opinions),
            EASE.index(interlinker.difficulty),
            _ACCENTS.sub(r"\1", unicodedata.normalize("NFD", name.lower())),
            name,
            one.key,
        )

    return sorted(blocks, key=place)


def sentence(interlinker: Interlinker, language: str) -> Said:
    """Return what a building block is: its overview, else the beginning of its description."""
    overview, description = said(interlinker.overview, language), said(interlinker.description, language)
    told = overview if overview.text and (overview.lang == language or description.lang != language) else description
    text = " ".join(_MARKUP.sub(" ", told.text).split())
    if len(text) > ENOUGH:
        begins = _SENTENCE.match(text)
        text = begins[0] if begins else text[:ENOUGH].rpartition(" ")[0] + "…"
    return Said(text, told.lang)


def _weighed(opinions: Opinions | None) -> float:
    if opinions is None:
        return USUAL
    return (opinions.mean * opinions.count + USUAL * DOUBT) / (opinions.count + DOUBT)
