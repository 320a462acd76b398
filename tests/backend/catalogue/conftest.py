"""A small catalogue with every trap of the original, in our own words, and commons to import it into."""

import json
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from backend.house import open_house
from backend.kit.settings import Settings
from tests.backend.catalogue.commons import Commons
from tests.makers import a_photo

FIXTURE = Path(__file__).parent / "fixture"
LOGO = "interlinkers/software/oven/logo.png"
SNAPSHOT = "interlinkers/software/oven/Snapshots/image1.png"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fixture that a test may break, with two small pictures."""
    copy = Path(shutil.copytree(FIXTURE, tmp_path / "catalogue"))
    a_photo(copy / LOGO, width=12, height=8)
    (copy / SNAPSHOT).parent.mkdir()
    a_photo(copy / SNAPSHOT, width=16, height=9)
    return copy


@pytest.fixture
async def commons(tmp_path: Path) -> AsyncIterator[Commons]:
    """Empty commons in a house of their own."""
    async with open_house(Settings(data=tmp_path / "data")) as house:
        yield Commons(house)


@pytest.fixture
def changed(folder: Path) -> Callable[..., None]:
    """Change one JSON file of the folder: `changed("schemas/…/mix.json", lambda it: it.pop("id"))`."""

    def change(file: str, how: Callable[[dict], object]) -> None:
        content = json.loads((folder / file).read_text())
        how(content)
        (folder / file).write_text(json.dumps(content))

    return change
