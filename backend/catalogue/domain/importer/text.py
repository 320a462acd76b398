r"""The words of the original, made clean.

What is wrong in its files, and what we make of it: a language is claimed and its text is empty (dropped); typographic
characters were escaped twice, so the six characters `\u2013` stand for a dash and the two of `\n` for a new line; line
ends come from Windows; letters are written as HTML entities; descriptions hold HTML (reduced to what a description
needs, see `safe_html`).
"""

import html
import re
from collections.abc import Mapping

import nh3

from backend.catalogue.domain.importer.problem import CatalogueError

MAX_TEXT = 50_000
"""Characters of one text in one language; the original's longest has 2,300."""
MAX_TAGS = 50

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""BCP 47, as far as catalogues use it: a language and perhaps a script or region."""

_ESCAPED_TWICE = re.compile(r"\\u([0-9a-fA-F]{4})")
_LINE_ESCAPED = re.compile(r"\\n(?![a-z])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BOLD = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|li|ul|ol)>", re.IGNORECASE)
_FILLINGS = {"", "none", "no special constraints apply", "some text here", "optional text here"}
_EMPTY_LINES = re.compile(r"\n{3,}")

_HTML_TAGS = {"p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "a", "h3", "h4", "blockquote", "code"}
_HTML_SCHEMES = {"http", "https", "mailto"}


def plain(text: str) -> str:
    """Return the text without the accidents of its file: escapes, entities, line ends, outer space."""
    return _lines(html.unescape(_characters(text)))


def safe_html(text: str) -> str:
    """Return a description as HTML of few elements and no attributes but `href`; plain text becomes paragraphs.

    The entities of HTML are left to the HTML parser here: `&lt;` must stay a character.
    """
    whole = _lines(_characters(text))
    if not _TAG.search(whole):
        chunks = (html.escape(chunk.strip(), quote=False) for chunk in plain(whole).split("\n\n"))
        return "".join(f"<p>{chunk}</p>" for chunk in chunks if chunk)
    return _lines(nh3.clean(whole, tags=_HTML_TAGS, attributes={"a": {"href"}}, url_schemes=_HTML_SCHEMES))


def _characters(text: str) -> str:
    """Read what was escaped twice; two halves of a character become one, a half alone the replacement character."""
    once = _LINE_ESCAPED.sub("\n", _ESCAPED_TWICE.sub(lambda found: chr(int(found[1], 16)), text))
    return once.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def markdown(text: str) -> str:
    """Return Markdown without the few HTML elements that the original mixed in."""
    whole = _BOLD.sub("**", _BREAK.sub("\n", plain(text)))
    return _EMPTY_LINES.sub("\n\n", whole)


def translations(words: Mapping[str, str], file: str, field: str) -> dict[str, str]:
    """Return the languages that have a text, in alphabetical order."""
    return {language: text for language, text in sorted(_checked(words, file, field)) if text}


def required(words: Mapping[str, str], file: str, field: str) -> dict[str, str]:
    """Return the languages that have a text. Raises CatalogueError when none has."""
    found = translations(words, file, field)
    if not found:
        raise CatalogueError(file, field, "no language has a text here")
    return found


def remarks(words: Mapping[str, str], file: str, field: str) -> dict[str, str]:
    """Return constraints or regulations as plain text, without the fillings that say there are none."""
    found = {one: _without_html(text) for one, text in translations(words, file, field).items()}
    return {one: text for one, text in found.items() if text.rstrip(".").lower() not in _FILLINGS}


def tags(words: Mapping[str, str | list[str]], file: str, field: str) -> dict[str, list[str]]:
    """Return the tags of each language; the original writes lists and, in its table form, words joined by `;`."""
    found: dict[str, list[str]] = {}
    for language, value in sorted(words.items()):
        _check_language(language, file, field)
        listed = value.split(";") if isinstance(value, str) else value
        clean = list(dict.fromkeys(tag for tag in map(plain, listed) if tag))
        if len(clean) > MAX_TAGS:
            raise CatalogueError(file, f"{field}.{language}", f"more than {MAX_TAGS} tags")
        if clean:
            found[language] = clean
    return found


def links(words: Mapping[str, str], file: str, field: str) -> dict[str, str]:
    """Return the links that lead somewhere; an empty one is no link. Raises CatalogueError for a scheme but http(s)."""
    found = translations(words, file, field)
    for language, link in found.items():
        if not re.fullmatch(r"https?://[^\s/]+\S*", link):
            raise CatalogueError(file, f"{field}.{language}", f"«{link}» is not a web address")
    return found


def _checked(words: Mapping[str, str], file: str, field: str) -> list[tuple[str, str]]:
    for language, text in words.items():
        _check_language(language, file, field)
        if len(text) > MAX_TEXT:
            raise CatalogueError(file, f"{field}.{language}", f"longer than {MAX_TEXT} characters")
    return [(language, plain(text)) for language, text in words.items()]


def _without_html(text: str) -> str:
    lines = nh3.clean(_LINE_END.sub("\n", text), tags=set()).splitlines()
    return html.unescape("\n".join(line.strip() for line in lines if line.strip()))


def _check_language(language: str, file: str, field: str) -> None:
    if not LANGUAGE.fullmatch(language):
        raise CatalogueError(file, field, f"«{language}» is not a language code")
