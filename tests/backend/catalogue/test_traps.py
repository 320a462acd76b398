"""Each trap of the original catalogue, and what a reader of ours sees instead."""

from pathlib import Path
from typing import Any

import pytest

from tests.backend.catalogue.commons import Commons
from tests.backend.catalogue.conftest import LOGO

Documents = dict[str, dict[str, Any]]


@pytest.fixture
async def documents(folder: Path, commons: Commons) -> Documents:
    await commons.take(folder)
    return await commons.documents()


@pytest.fixture
def card(documents: Documents) -> dict[str, Any]:
    return documents["all:interlinker:recipe_card"]


@pytest.fixture
def bread(documents: Documents) -> dict[str, Any]:
    return documents["all:schema:bread"]


def test_phases_stand_in_the_order_of_doing_not_of_the_alphabet(bread: dict[str, Any]):
    assert [phase["key"] for phase in bread["phases"]] == ["phase-mix", "phase-bake"]
    assert bread["phases"][1]["after"] == ["phase-mix"]


def test_objectives_and_tasks_come_after_what_they_need(bread: dict[str, Any]):
    mix = bread["phases"][0]
    assert [one["key"] for one in mix["objectives"]] == ["objective-buy", "objective-knead"]
    assert [one["key"] for one in mix["objectives"][1]["tasks"]] == ["task-fold", "task-rest"]


def test_characters_that_were_escaped_twice_are_characters_again(bread: dict[str, Any]):
    assert bread["description"] == {"en": "From flour – to a loaf.", "lv": "No miltiem – līdz klaipam."}


def test_line_ends_and_entities_of_other_systems_are_gone(bread: dict[str, Any]):
    bake = bread["phases"][1]
    assert bake["description"]["en"] == "Heat the oven.\nWait."
    assert bake["objectives"][0]["tasks"][0]["name"]["en"] == "Cut & butter"


def test_only_languages_that_have_a_text_are_named(card: dict[str, Any], bread: dict[str, Any]):
    assert card["name"] == {"en": "Recipe card", "es": "Ficha", "it": "Scheda"}
    assert card["languages"] == ["en", "it"]
    assert bread["languages"] == ["en", "es", "it", "lv"]


def test_a_description_keeps_its_words_and_loses_its_scripts(card: dict[str, Any]):
    assert card["description"]["en"] == "<p>Write it <b>down</b>.</p>"


def test_a_description_links_to_pages_only(documents: Documents):
    description = documents["all:interlinker:scales"]["description"]["en"]
    assert "javascript" not in description
    assert "target" not in description
    assert '<a href="https://sugar.example" rel="noopener noreferrer">sugar</a>' in description


def test_a_description_without_elements_becomes_paragraphs(documents: Documents):
    description = documents["all:interlinker:mill_guide"]["description"]["en"]
    assert description == "<p>Plain words &amp; no elements.</p><p>A second paragraph.</p>"


def test_instructions_are_markdown_without_elements(card: dict[str, Any]):
    assert card["instructions"]["en"] == "# Use it\nWrite **one** line.\nThen bake."


def test_fillings_that_say_there_is_nothing_are_left_out(documents: Documents, card: dict[str, Any]):
    assert "constraints" not in card
    assert "constraints" not in documents["all:interlinker:oven"]
    assert documents["all:interlinker:mill_guide"]["constraints"] == {"en": "Only by day"}


def test_regulations_are_plain_text(card: dict[str, Any]):
    assert card["regulations"] == {"en": "One law\nAnother & one"}


def test_tags_are_lists_also_where_the_file_joins_them(card: dict[str, Any]):
    assert card["tags"] == {"en": ["card", "kitchen"]}


def test_paths_become_words_and_misspellings_are_put_right(card: dict[str, Any]):
    assert card["targets"] == ["businesses", "smes", "pas"]
    assert card["types"] == ["enhancing_services", "external_experts"]
    assert card["licence"] == "proprietary"
    assert card["format"] == "software"


def test_everybody_stays_a_target_of_its_own(documents: Documents):
    assert documents["all:interlinker:mill_guide"]["targets"] == ["all"]


def test_the_folder_says_the_kind_where_the_file_says_less(documents: Documents):
    kinds = {one["_id"]: one["kind"] for one in documents.values() if one["type"] == "interlinker"}
    assert kinds == {
        "all:interlinker:recipe_card": "knowledge",
        "all:interlinker:mill_guide": "external_knowledge",
        "all:interlinker:oven": "software",
        "all:interlinker:scales": "external_software",
    }


def test_an_empty_link_is_no_link(documents: Documents):
    assert "links" not in documents["all:interlinker:scales"]
    assert documents["all:interlinker:mill_guide"]["links"] == {"en": "https://mill.example/guide"}


def test_a_template_that_is_not_bundled_is_named(card: dict[str, Any]):
    assert card["templates"] == {"en": "resource.docx"}
    assert card["tool"] == "googledrive"


def test_a_profile_named_twice_is_listed_once_beside_those_of_other_catalogues(card: dict[str, Any]):
    assert card["profiles"] == ["BREAD_3", "CAKE_1"]


def test_pictures_become_files_with_their_size(documents: Documents, commons: Commons):
    oven = documents["all:interlinker:oven"]
    assert (oven["logo"]["width"], oven["logo"]["height"], oven["logo"]["type"]) == (12, 8, "image/png")
    assert [one["name"] for one in oven["snapshots"]] == ["image1.png"]
    assert commons.files() == {oven["logo"]["sha256"], oven["snapshots"][0]["sha256"]}


def test_a_picture_that_is_not_there_is_no_picture(card: dict[str, Any]):
    assert "logo" not in card


async def test_a_picture_of_another_kind_is_left_out_and_counted(folder: Path, commons: Commons):
    (folder / LOGO).write_bytes(b"GIF89a")

    counts = await commons.take(folder)

    assert (counts.pictures, counts.pictures_left_out) == (1, 1)
    assert "logo" not in await commons.document("interlinker", "oven")


def test_a_software_says_what_could_be_done_with_it(documents: Documents):
    oven = documents["all:interlinker:oven"]
    assert oven["integration"] == {"service": "ovenservice", "capabilities": ["edit", "view"]}
    assert oven["overview"] == {"en": "Heat on demand"}
