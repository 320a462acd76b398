"""The original catalogue, where its folder is at hand: make test-catalogue DIR=…"""

import os
from pathlib import Path

import pytest

from backend.catalogue.actions import Counts
from backend.catalogue.documents import INTERLINKER, SCHEMA
from tests.backend.catalogue.commons import Commons

pytestmark = pytest.mark.catalogue


@pytest.fixture
def original() -> Path:
    folder = os.environ.get("INTERLINK_TEST_CATALOGUE")
    assert folder, "name the folder: make test-catalogue DIR=…"
    return Path(folder)


async def test_all_of_it_arrives_and_a_second_time_nothing(original: Path, commons: Commons):
    counts = await commons.take(original)
    again = await commons.take(original)

    assert (counts.schemas, counts.phases, counts.objectives, counts.tasks) == (4, 14, 40, 109)
    assert (counts.interlinkers, counts.profiles) == (78, 45)
    assert counts.pictures > 0
    assert counts.written == 4 + 78 + 45
    assert again == Counts(**{**vars(counts), "written": 0})


async def test_the_default_process_goes_from_engaging_to_sustaining(original: Path, commons: Commons):
    await commons.take(original)

    default = SCHEMA.read(await commons.document("schema", "default"))
    objectives = [one for phase in default.phases for one in phase.objectives]
    assert [phase.key for phase in default.phases] == ["phase-engage", "phase-design", "phase-build", "phase-sustain"]
    assert (len(objectives), sum(len(one.tasks) for one in objectives)) == (17, 51)
    assert set(default.languages) == {"en", "es", "it", "lv"}


async def test_nothing_of_the_files_accidents_is_left(original: Path, commons: Commons):
    await commons.take(original)

    for document in (await commons.documents()).values():
        whole = str(document)
        assert "\\u20" not in whole
        assert "\r" not in whole
        assert "<script" not in whole
        if document["type"] == INTERLINKER.name:
            assert set(document["languages"]) <= set(document["name"])
            assert document["licence"] != "propietary"
