"""What cannot be imported is told by file, field and reason."""

from collections.abc import Callable
from pathlib import Path
from string import ascii_lowercase

import pytest

from backend.catalogue.domain.importer.problem import CatalogueError
from tests.backend.catalogue.commons import Commons

MIX = "schemas/bread/phases/mix.json"
BAKE = "schemas/bread/phases/bake.json"
HEAD = "schemas/bread/metadata.json"
PROFILES = "problemprofiles/problemprofiles.json"
CARD = "interlinkers/knowledge/Recipe Card/metadata.json"
MILL = "interlinkers/externalknowledge/mill/metadata.json"

BREAKS = {
    "a required member is missing": (MIX, lambda it: it.pop("name_translations"), MIX, "name_translations"),
    "a member has the wrong type": (
        MIX,
        lambda it: it["objectives"][1].update(tasks="none"),
        MIX,
        "objectives[1].tasks",
    ),
    "a phase has no name": (BAKE, lambda it: it.update(name_translations={"en": " "}), BAKE, "name_translations"),
    "a task has no name": (
        BAKE,
        lambda it: it["objectives"][0]["tasks"][0].update(name_translations={}),
        BAKE,
        "objectives «objective-eat».tasks «task-cut».name_translations",
    ),
    "phases wait for each other": (
        MIX,
        lambda it: it.update(prerequisites=[{"item": "phase-bake"}]),
        BAKE,
        "phases.prerequisites",
    ),
    "a task waits for itself": (
        BAKE,
        lambda it: it["objectives"][0]["tasks"][0].update(prerequisites=[{"item": "task-cut"}]),
        BAKE,
        "objectives «objective-eat».tasks.prerequisites",
    ),
    "a prerequisite is nobody": (
        MIX,
        lambda it: it["objectives"][0].update(prerequisites=[{"item": "objective-sing"}]),
        MIX,
        "objectives «objective-knead».prerequisites",
    ),
    "two tasks have one id": (
        MIX,
        lambda it: it["objectives"][0]["tasks"][1].update(id="task-rest"),
        MIX,
        "objectives «objective-knead».tasks",
    ),
    "a task names an unknown profile": (
        BAKE,
        lambda it: it["objectives"][0]["tasks"][0].update(problemprofiles=["BREAD_9"]),
        BAKE,
        "«task-cut».problemprofiles",
    ),
    "an INTERLINKER names an unknown profile": (
        CARD,
        lambda it: it.update(problemprofiles=["X"]),
        CARD,
        "problemprofiles",
    ),
    "an INTERLINKER lies in the wrong folder": (MILL, lambda it: it.update(type="software"), MILL, "type"),
    "a licence is none we know": (CARD, lambda it: it.update(licence="free beer"), CARD, "licence"),
    "a target is none we know": (CARD, lambda it: it.update(targets=["all;cats"]), CARD, "targets"),
    "a link is a program": (
        MILL,
        lambda it: it.update(uri_translations={"en": "javascript:alert(1)"}),
        MILL,
        "uri_translations.en",
    ),
    "instructions are missing": (
        CARD,
        lambda it: it.update(instructions_translations={"en": "./nowhere.md"}),
        CARD,
        "instructions_translations.en",
    ),
    "instructions lie outside the folder": (
        CARD,
        lambda it: it.update(instructions_translations={"en": "../../etc/passwd"}),
        CARD,
        "instructions_translations.en",
    ),
    "a template becomes nothing we know": (
        CARD,
        lambda it: it.update(template={"kind": "poem", "text_translations": it["instructions_translations"]}),
        CARD,
        "template.kind",
    ),
    "a template's file is missing": (
        CARD,
        lambda it: it.update(template={"kind": "page", "text_translations": {"en": "./nowhere.md"}}),
        CARD,
        "template.en",
    ),
    "a template has no words": (
        CARD,
        lambda it: it.update(template={"kind": "page", "text_translations": {}}),
        CARD,
        "template.text_translations",
    ),
    "a language is no language": (
        CARD,
        lambda it: it.update(name_translations={"English": "x"}),
        CARD,
        "name_translations",
    ),
    "two profiles have one id": (PROFILES, lambda it: it[1].update(id="BREAD_1"), f"{PROFILES}[1]", "id"),
    "an id cannot be part of an address": (HEAD, lambda it: it.update(id="bread/butter"), HEAD, "id"),
    "a document would be too large to replicate": (
        HEAD,
        lambda it: it.update(description_translations={f"a{letter}": "x" * 45_000 for letter in ascii_lowercase}),
        HEAD,
        "",
    ),
    "a text is endless": (
        HEAD,
        lambda it: it.update(description_translations={"en": "x" * 60_000}),
        HEAD,
        "description_translations.en",
    ),
}


@pytest.mark.parametrize("case", BREAKS)
async def test_the_keeper_of_the_catalogue_is_told_where_it_is_broken_when(
    case: str, folder: Path, changed: Callable[..., None], commons: Commons
):
    target, how, file, field = BREAKS[case]
    changed(target, how)

    with pytest.raises(CatalogueError) as told:
        await commons.take(folder)

    assert (told.value.file, told.value.field) == (file, field)
    assert told.value.reason
    assert commons.untouched


async def test_a_folder_without_a_catalogue_is_not_an_empty_catalogue(tmp_path: Path, commons: Commons):
    with pytest.raises(CatalogueError, match="no catalogue is here"):
        await commons.take(tmp_path)


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path, commons: Commons):
    with pytest.raises(CatalogueError, match="this folder does not exist"):
        await commons.take(tmp_path / "nowhere")


async def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path, commons: Commons):
    secret = tmp_path / "secret.md"
    secret.write_text("a secret of this machine")
    path = folder / "interlinkers/knowledge/Recipe Card/instructions.md"
    path.unlink()
    path.symlink_to(secret)

    with pytest.raises(CatalogueError, match="points out of the catalogue folder"):
        await commons.take(folder)


async def test_a_file_that_no_catalogue_has_is_not_even_read(folder: Path, commons: Commons):
    (folder / HEAD).write_bytes(b" " * 4_000_001)

    with pytest.raises(CatalogueError, match="larger than"):
        await commons.take(folder)


async def test_a_file_in_another_encoding_is_named(folder: Path, commons: Commons):
    (folder / "interlinkers/software/oven/instructions.md").write_bytes("Heißer Ofen".encode("latin-1"))

    with pytest.raises(CatalogueError, match=r"^interlinkers/software/oven/instructions\.md: not UTF-8 at byte 3"):
        await commons.take(folder)
