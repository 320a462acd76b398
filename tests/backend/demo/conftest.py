"""A house in which the demo was planted, looked at through the eyes of each of its people."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.accounts import queries as accounts
from backend.accounts.domain import Person
from backend.demo.rows import ADDRESS
from backend.demo.seed import seed
from backend.demo.story import the_stories
from backend.house import House, open_house
from backend.kit.settings import Settings
from sync.database import Database
from sync.rows import Span


class Demo:
    """The demo in an open house."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def person(self, name: str) -> Person:
        found = await accounts.person_with_password(ADDRESS.format(name))
        assert found
        return found[0]

    @property
    def space(self) -> str:
        """The process of the first story, in which every state can be seen."""
        return self.spaces[0]

    @property
    def spaces(self) -> list[str]:
        """The process of each story."""
        made = sorted(name for name in self.house.store.names() if name.startswith("process-"))
        founders = {document["name"]["en"]: name for name in made for document in self.documents("process", name)}
        return [founders[story.process.name["en"]] for story in the_stories() if story.process.name["en"] in founders]

    def documents(self, kind: str, space: str | None = None) -> list[dict[str, Any]]:
        found = Database(self.house.store, space or self.space).all(limit=10_000)
        return [one.as_dict() for one in found if one.content["type"] == kind]

    def task(self, key: str) -> dict[str, Any]:
        return next(one for one in self.documents("task") if one["key"] == key)

    def everything(self) -> dict[str, list[tuple[str, str]]]:
        """Id and leaves of every document of every space."""
        found = {}
        for name in self.house.store.names():
            with self.house.store.read(name) as tx:
                found[name] = [(row.id, row.leaves or row.rev) for row in tx.range(Span(limit=10_000), None)]
        return found

    async def seed(self) -> bool:
        return await seed(self.house.doorkeeper, self.house.spaces, self.house.clock)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """A demo just planted."""
    async with open_house(Settings(data=tmp_path / "data")) as house:
        planted = Demo(house)
        assert await planted.seed()
        yield planted
