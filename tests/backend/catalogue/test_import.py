"""A catalogue is imported as a whole or not at all, and a second time without a trace."""

from pathlib import Path

import pytest

from backend.catalogue.actions import Counts, import_catalogue
from backend.catalogue.documents import INTERLINKER, PROBLEM_PROFILE, SCHEMA
from backend.catalogue.domain.importer.problem import CatalogueError
from backend.kit.spaces import ALL, COMMONS
from tests.backend.catalogue.commons import Commons


async def test_the_counts_say_what_is_in_the_folder(folder: Path, commons: Commons):
    assert await commons.take(folder) == Counts(
        schemas=1,
        phases=2,
        objectives=3,
        tasks=3,
        interlinkers=4,
        profiles=3,
        pictures=2,
        pictures_left_out=0,
        written=8,
    )


async def test_every_document_has_the_form_of_its_declaration(folder: Path, commons: Commons):
    await commons.take(folder)

    for declaration in (SCHEMA, INTERLINKER, PROBLEM_PROFILE):
        found = await commons.spaces.list(COMMONS, ALL, declaration.name)
        assert found
        for document in found:
            assert declaration.read(document).author == "server"


async def test_a_second_import_writes_no_revision(folder: Path, commons: Commons):
    await commons.take(folder)
    before = await commons.documents()

    again = await commons.take(folder)

    assert again.written == 0
    assert await commons.documents() == before


async def test_only_what_was_changed_in_the_folder_is_written_again(folder: Path, commons: Commons, changed):
    await commons.take(folder)

    changed("problemprofiles/problemprofiles.json", lambda all_: all_[0]["name_translations"].update(en="No jam"))

    assert (await commons.take(folder)).written == 1
    assert (await commons.document("problem-profile", "BREAD_1"))["name"]["en"] == "No jam"


async def test_what_another_catalogue_brought_stays(folder: Path, commons: Commons, changed):
    await commons.take(folder)

    changed("schemas/bread/metadata.json", lambda it: it.update(id="cake"))
    await commons.take(folder)

    assert {"all:schema:bread", "all:schema:cake"} <= set(await commons.documents())


async def test_progress_comes_to_its_end_in_every_step(folder: Path, commons: Commons):
    seen: dict[str, tuple[int, int]] = {}

    await import_catalogue(folder, commons.spaces, lambda step, done, total: seen.update({step: (done, total)}))

    assert seen == {"reading": (1, 1), "pictures": (2, 2), "documents": (8, 8)}


async def test_a_broken_file_imports_nothing_at_all(folder: Path, commons: Commons):
    (folder / "schemas/bread/phases/mix.json").write_text('{"id": "phase-mix", ')

    with pytest.raises(CatalogueError, match=r"^schemas/bread/phases/mix\.json: not valid JSON"):
        await commons.take(folder)

    assert commons.untouched
