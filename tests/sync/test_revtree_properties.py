"""What must hold for every tree, whatever the order in which it was heard."""

from hypothesis import given
from hypothesis import strategies as st

from sync.revision import order
from sync.revtree import RevTree

Path = tuple[tuple[str, ...], bool]


@st.composite
def histories(draw: st.DrawFn) -> list[Path]:
    """Paths of one document as replicas would send them: each new revision follows one that exists, or none."""
    paths: dict[str, tuple[str, ...]] = {}
    heard: list[Path] = []
    for number in range(draw(st.integers(1, 12))):
        parent = draw(st.sampled_from([None, *paths]))
        before = paths[parent] if parent else ()
        revision = f"{len(before) + 1}-{draw(st.sampled_from('abc'))}{number}"
        paths[revision] = (revision, *before)
        heard.append((paths[revision], draw(st.booleans())))
    return heard


def told(paths: list[Path]) -> RevTree:
    tree = RevTree()
    for path, deleted in paths:
        tree.merge(path, deleted=deleted)
    return tree


@given(histories(), st.randoms(use_true_random=False))
def test_complete_histories_give_the_same_revisions_and_parents_in_any_order_and_repeated(heard, random):
    again = [*heard, *heard]
    random.shuffle(again)
    names = {name: node.parent for name, node in told(heard).nodes.items()}
    assert {name: node.parent for name, node in told(again).nodes.items()} == names


@given(histories(), st.randoms(use_true_random=False))
def test_replicas_that_heard_the_leaves_agree_on_the_winner(heard, random):
    tree = told(heard)
    leaves = [(tree.path(leaf), tree.nodes[leaf].deleted) for leaf in tree.leaves()]
    random.shuffle(leaves)
    assert told(leaves).leaves() == tree.leaves()


@given(histories())
def test_the_winner_is_the_greatest_living_leaf(heard):
    tree = told(heard)
    winner = tree.leaves()[0]
    living = [leaf for leaf in tree.leaves() if not tree.nodes[leaf].deleted]
    assert winner == max(living or tree.leaves(), key=order)


@given(histories(), st.integers(1, 6))
def test_stemming_never_loses_a_leaf_and_bounds_every_path(heard, limit):
    tree = told(heard)
    leaves = tree.leaves()
    tree.stem(limit)
    assert tree.leaves() == leaves
    assert all(len(tree.path(leaf)) >= min(limit, 1) for leaf in leaves)
    assert len(tree.nodes) <= limit * len(leaves)


@given(histories(), st.integers(1, 6))
def test_a_stemmed_tree_heals_when_the_whole_history_is_told_again(heard, limit):
    tree = told(heard)
    before = {name: node.parent for name, node in tree.nodes.items()}
    paths = [(tree.path(leaf), tree.nodes[leaf].deleted) for leaf in tree.leaves()]
    tree.stem(limit)
    for path, deleted in paths:
        tree.merge(path, deleted=deleted)
    assert {name: node.parent for name, node in tree.nodes.items()} == before
