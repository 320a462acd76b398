"""The keys that documents have had since the first release fit what their types declare."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.kit.ids import split_id
from backend.replication.registry import TYPES
from tests.backend.replication.conftest import Neighbours
from tests.backend.world import World

RELEASES = sorted((Path(__file__).parents[2] / "releases").glob("*/documents.json"))


def wrong(documents: list[dict[str, Any]], owner: str = "") -> list[str]:
    """Ids whose key is not of the form that their type declares."""
    found: list[str] = []
    for one in documents:
        name = split_id(one["_id"])
        declaration = TYPES.get(name.type) if name else None
        assert name
        assert declaration, one["_id"]
        if not declaration.key.fits(name.key, owner=owner or name.key, author=one["author"]):
            found.append(one["_id"])
    return found


@pytest.mark.parametrize("corpus", RELEASES, ids=lambda path: path.parent.name)
def test_every_released_document_has_a_key_of_the_declared_form(corpus: Path) -> None:
    documents = json.loads(corpus.read_text())
    assert len(documents) >= 10
    assert wrong(documents) == []


async def test_what_the_server_writes_has_keys_of_the_declared_form(world: World, neighbours: Neighbours) -> None:
    assert neighbours
    kinds = ("process", "phase", "objective", "task", "team", "grant", "member")
    documents = [one for kind in kinds for one in await world.spaces.list(world.space, "all", kind)]
    assert {one["type"] for one in documents} >= {"process", "task", "team", "grant"}
    assert wrong(documents, world.process) == []
