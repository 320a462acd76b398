"""Everything people read stands in four languages: same keys, same placeholders, nothing empty, nothing unused."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "it", "lv", "es")
CATALOGUES = {
    "pwa/messages": (ROOT / "pwa" / "src", ("*.ts", "*.svelte")),
    **{
        file.parent.relative_to(ROOT).as_posix(): (file.parents[1], ("*.ts", "*.svelte"))
        for file in sorted(ROOT.glob("pwa/src/kinds/*/texts/en.json"))
    },
    **{
        file.parent.relative_to(ROOT).as_posix(): (ROOT / "backend", ("*.py",))
        for file in sorted(ROOT.glob("backend/**/texts/en.json"))
    },
}
# Plurals as CLDR has them; in Italian and Spanish «many» is for millions and «other» serves it.
FORMS = {"en": {"one"}, "it": {"one"}, "es": {"one"}, "lv": {"zero", "one"}}

_PLACEHOLDER = re.compile(r"\{\s*(\w+)[^{}]*\}")
_WORD = re.compile(r"[A-Za-z_][\w.]*")
_STEM = re.compile(r"""[`"']([a-z][\w.]*[_.])\$?\{""")  # `state_${…}` and f"problem.{…}" use all keys that begin so
_GENERATED = ("paraglide",)

pytestmark = pytest.mark.parametrize("catalogue", CATALOGUES)


def test_every_language_has_the_same_keys(catalogue):
    keys = {language: set(_texts(catalogue, language)) for language in LANGUAGES}
    assert keys["en"]
    for language in LANGUAGES[1:]:
        assert keys[language] ^ keys["en"] == set(), language


def test_no_file_has_a_key_twice(catalogue):
    for language in LANGUAGES:
        json.loads(_file(catalogue, language).read_text(), object_pairs_hook=_without_doubles)


def test_no_text_is_empty(catalogue):
    for language in LANGUAGES:
        empty = [key for key, value in _texts(catalogue, language).items() if not all(map(str.strip, _patterns(value)))]
        assert empty == [], language


def test_every_language_puts_in_the_same_values(catalogue):
    english = {key: _placeholders(value) for key, value in _texts(catalogue, "en").items()}
    for language in LANGUAGES[1:]:
        differing = {
            key: _placeholders(value) ^ english[key]
            for key, value in _texts(catalogue, language).items()
            if _placeholders(value) != english[key]
        }
        assert differing == {}, language


def test_plurals_have_the_forms_of_their_language(catalogue):
    for language in LANGUAGES:
        for key, value in _texts(catalogue, language).items():
            forms = {form for match in _matches(value) for part in match.split(",") for form in part.split("=")[1:]}
            if forms & {"zero", "one", "two", "few", "many", "other"}:
                assert forms >= FORMS[language] | {"other"} or (forms >= FORMS[language] and "*" in forms), (
                    language,
                    key,
                )


def test_no_text_is_unused(catalogue):
    folder, patterns = CATALOGUES[catalogue]
    files = [file for pattern in patterns for file in folder.rglob(pattern) if not set(_GENERATED) & set(file.parts)]
    sources = "\n".join(file.read_text() for file in files)
    words = set(_WORD.findall(sources))
    stems = tuple(_STEM.findall(sources))
    unused = [
        key
        for key in _texts(catalogue, "en")
        if not {key, f"m.{key}"} & words and not (stems and key.startswith(stems))
    ]
    assert unused == []


def _file(catalogue: str, language: str) -> Path:
    return ROOT / catalogue / f"{language}.json"


def _texts(catalogue: str, language: str) -> dict[str, Any]:
    """Key → text or, where a text has variants, the list that inlang's message format writes."""
    return dict(_flat(json.loads(_file(catalogue, language).read_text()), ""))


def _flat(tree: dict[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        elif key != "$schema":
            yield above + key, value


def _patterns(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [text for variant in value for text in variant["match"].values()]


def _matches(value: Any) -> list[str]:
    return [] if isinstance(value, str) else [match for variant in value for match in variant["match"]]


def _placeholders(value: Any) -> set[str]:
    return {name for pattern in _patterns(value) for name in _PLACEHOLDER.findall(pattern)}


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(dict(pairs)) == len(pairs), [key for key, _ in pairs]
    return dict(pairs)
