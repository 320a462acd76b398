"""The order of doing, for any prerequisites that have one."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalogue.domain.importer.order import in_order
from backend.catalogue.domain.importer.problem import CatalogueError
from backend.catalogue.domain.importer.raw import RawPrerequisite


@dataclass
class Item:
    id: str
    prerequisites: list[RawPrerequisite]


def items(needs: dict[str, list[str]]) -> list[Item]:
    return [Item(name, [RawPrerequisite(one) for one in needed]) for name, needed in needs.items()]


@st.composite
def shuffled_plans(draw: st.DrawFn) -> list[Item]:
    """Items that need only items with a smaller number, in any order."""
    size = draw(st.integers(0, 12))
    needs = {str(n): [str(m) for m in draw(st.sets(st.integers(0, n - 1)))] if n else [] for n in range(size)}
    return draw(st.permutations(items(needs)))


@given(shuffled_plans())
def test_everything_comes_once_and_after_what_it_needs(plan: list[Item]):
    done: list[str] = []
    for item in in_order(plan, "file", "tasks"):
        assert all(needed.item in done for needed in item.prerequisites)
        done.append(item.id)
    assert sorted(done) == sorted(item.id for item in plan)


def test_what_needs_nothing_stays_in_the_order_of_the_file():
    plan = items({"c": [], "a": [], "b": []})
    assert in_order(plan, "file", "tasks") == plan


def test_a_longer_circle_is_named():
    with pytest.raises(CatalogueError, match="«a», «b», «c»"):
        in_order(items({"a": ["c"], "b": ["a"], "c": ["b"], "free": []}), "file", "tasks")
