"""The tree of a process, alone."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from backend.processes.tree import Loop, Node, Tree, Unknown, path, subtree

NODES = {
    "prepare": Node("phase", "process"),
    "listen": Node("objective", "prepare"),
    "walk": Node("task", "listen"),
    "orphan": Node("task", "nowhere"),
    "hen": Node("objective", "egg"),
    "egg": Node("objective", "hen"),
    "chick": Node("task", "hen"),
}


def test_a_path_reads_from_the_process_down_to_the_item() -> None:
    assert path("process", "walk", NODES.get) == ("process", "prepare", "listen", "walk")
    assert path("process", "process", NODES.get) == ("process",)


def test_the_nearest_ancestor_that_is_missing_is_named() -> None:
    assert path("process", "orphan", NODES.get) == Unknown("nowhere")
    assert path("process", "nobody", NODES.get) == Unknown("nobody")


def test_a_cycle_has_no_path_and_neither_has_what_hangs_under_it() -> None:
    assert path("process", "hen", NODES.get) == Loop()
    assert path("process", "chick", NODES.get) == Loop()


def test_every_item_is_listed_and_those_without_a_path_are_empty() -> None:
    paths = Tree("process", NODES).paths()
    assert paths["process"] == ("process",)
    assert paths["walk"] == ("process", "prepare", "listen", "walk")
    assert [paths[one] for one in ("orphan", "hen", "chick")] == [(), (), ()]


def children(parents: dict[str, str]):
    return lambda one: [child for child, parent in parents.items() if parent == one]


def test_a_subtree_holds_everything_under_an_item_and_ends_in_a_cycle_too() -> None:
    below = children({name: node.parent for name, node in NODES.items()})
    assert subtree("prepare", below) == {"prepare", "listen", "walk"}
    assert subtree("hen", below) == {"hen", "egg", "chick"}


@given(st.dictionaries(st.integers(1, 12).map(str), st.integers(0, 13).map(str)))
def test_whatever_parents_people_wrote_every_question_ends(parents: dict[str, str]) -> None:
    nodes = {item: Node("task", parent) for item, parent in parents.items()}
    for item in nodes:
        found = path("0", item, nodes.get)
        if isinstance(found, tuple):
            assert found[0] == "0"
            assert all(nodes[below].parent == above for above, below in itertools.pairwise(found))
            assert item in subtree("0", children(parents))
        else:
            assert isinstance(found, Unknown | Loop)
            assert item not in subtree("0", children(parents))
