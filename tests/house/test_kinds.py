"""Every kind of asset has both its halves, and its words in four languages."""

import json
import re
from pathlib import Path

import pytest

from backend.kinds.documents import TYPES

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "backend" / "kinds"
SCREENS = ROOT / "pwa" / "src" / "kinds"
KINDS = sorted(one.name for one in TYPES)
LANGUAGES = ("en", "it", "lv", "es")


def texts(kind: str, language: str) -> dict[str, object]:
    return json.loads((SCREENS / kind / "texts" / f"{language}.json").read_text())


def test_what_is_kept_and_what_is_seen_have_the_same_names() -> None:
    declaring = [
        file.stem for file in ROOM.glob("*.py") if re.search(r"^\w+: Final = kind\(", file.read_text(), re.MULTILINE)
    ]
    assert sorted(declaring) == KINDS
    assert sorted(file.parent.name for file in SCREENS.glob("*/kind.ts")) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_the_house_asks_of_it(kind: str) -> None:
    declared = (SCREENS / kind / "kind.ts").read_text()
    assert re.search(rf"\bkey: '{kind}'", declared)
    for member in ("title", "purpose", "blank", "summary", "exports", "View"):
        assert re.search(rf"^  (?:async )?{member}[:(,]", declared, re.MULTILINE), member
    assert (SCREENS / kind / "View.svelte").is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_speaks_four_languages_and_names_its_words_after_itself(kind: str) -> None:
    keys = {language: set(texts(kind, language)) for language in LANGUAGES}
    assert keys["en"]
    assert all(keys[language] == keys["en"] for language in LANGUAGES)
    assert [key for key in keys["en"] if not key.startswith(f"{kind}_")] == []


def test_no_word_stands_in_two_catalogues_and_the_build_knows_all_of_them() -> None:
    own = set(json.loads((ROOT / "pwa" / "messages" / "en.json").read_text()))
    for kind in KINDS:
        keys = set(texts(kind, "en"))
        assert own & keys == set(), kind
        own |= keys
    settings = json.loads((ROOT / "pwa" / "project.inlang" / "settings.json").read_text())
    paths = settings["plugin.inlang.messageFormat"]["pathPattern"]
    assert sorted(paths[1:]) == [f"./src/kinds/{kind}/texts/{{locale}}.json" for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_the_screens_of_a_kind_are_fetched_only_when_they_are_looked_at(kind: str) -> None:
    declared = (SCREENS / kind / "kind.ts").read_text()
    assert re.findall(r"^import .*\.svelte'", declared, re.MULTILINE) == []
