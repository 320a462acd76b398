"""Trees are drawn as in sync/revtree.py; a dagger marks a deleted revision."""

from sync.revtree import RevTree, dump, load


def tree(*paths: str, deleted: str = "") -> RevTree:
    """«3-c 2-b 1-a» is a path, newest first."""
    built = RevTree()
    for text in paths:
        path = tuple(text.split())
        built.merge(path, deleted=path[0] in deleted.split())
    return built


def test_an_edit_follows_its_parent():
    # 1-a ── 2-b
    one = tree("1-a", "2-b 1-a")
    assert one.leaves() == ["2-b"]
    assert one.path("2-b") == ("2-b", "1-a")


def test_of_two_edits_of_the_same_generation_the_greater_digest_wins():
    # 1-a ─┬ 2-b
    #      └ 2-c
    one = tree("2-b 1-a", "2-c 1-a")
    assert one.leaves() == ["2-c", "2-b"]
    assert one.conflicts() == ["2-b"]


def test_digests_compare_as_text_and_generations_as_numbers():
    assert tree("9-a", "10-a").leaves() == ["10-a", "9-a"]
    assert tree("2-9", "2-a").leaves() == ["2-a", "2-9"]


def test_a_living_leaf_wins_over_a_longer_deleted_one():
    # 1-a ─┬ 2-b
    #      └ 2-c ── 3-d†
    one = tree("2-b 1-a", "3-d 2-c 1-a", deleted="3-d")
    assert one.leaves() == ["2-b", "3-d"]
    assert one.conflicts() == []


def test_a_document_with_only_deleted_leaves_is_deleted():
    one = tree("2-b 1-a", "2-c 1-a", deleted="2-b 2-c")
    assert one.nodes[one.leaves()[0]].deleted


def test_an_edit_of_a_deleted_document_brings_it_back():
    # 1-a ── 2-b† ── 3-c
    one = tree("2-b 1-a", "3-c 2-b 1-a", deleted="2-b")
    assert one.leaves() == ["3-c"]
    assert not one.nodes["3-c"].deleted


def test_the_same_path_twice_changes_nothing():
    one = tree("3-c 2-b 1-a")
    before = dump(one)
    assert not one.merge(("3-c", "2-b", "1-a"))
    assert dump(one) == before


def test_a_path_that_tells_older_ancestors_joins_what_was_stemmed():
    # known: 3-c            told: 4-d ── 3-c ── 2-b ── 1-a
    one = tree("3-c", "4-d 3-c 2-b 1-a")
    assert one.path("4-d") == ("4-d", "3-c", "2-b", "1-a")


def test_two_documents_made_apart_under_one_id_are_two_trees():
    one = tree("2-b 1-a", "2-y 1-x")
    assert one.leaves() == ["2-y", "2-b"]


def test_latest_follows_a_revision_down_to_its_leaves():
    # 1-a ── 2-b ─┬ 3-c
    #             └ 3-d
    one = tree("3-c 2-b 1-a", "3-d 2-b 1-a")
    assert one.latest("2-b") == ["3-d", "3-c"]
    assert one.latest("3-c") == ["3-c"]


def test_stemming_keeps_the_newest_of_every_leaf():
    # 1-a ── 2-b ── 3-c ─┬ 4-d
    #                    └ 4-e ── 5-f
    one = tree("4-d 3-c 2-b 1-a", "5-f 4-e 3-c 2-b 1-a")
    one.stem(2)
    assert set(one.nodes) == {"5-f", "4-e", "4-d", "3-c"}
    assert one.path("5-f") == ("5-f", "4-e", "3-c")  # 3-c stays because 4-d needs it
    assert one.leaves() == ["5-f", "4-d"]


def test_stemming_tells_which_bodies_are_not_needed_any_more():
    one = RevTree()
    one.merge(("1-a",), body=7)
    one.merge(("2-b", "1-a"), body=8)
    assert one.stem(1) == [7]


def test_purging_a_leaf_keeps_what_other_leaves_need():
    # 1-a ── 2-b ─┬ 3-c
    #             └ 3-d
    one = tree("3-c 2-b 1-a", "3-d 2-b 1-a")
    one.forget("3-d")
    assert one.leaves() == ["3-c"]
    one.forget("3-c")
    assert not one.nodes


def test_possible_ancestors_are_older_leaves_only():
    one = tree("2-b 1-a", "3-c 2-x 1-a")
    assert one.possible_ancestors(["3-z"]) == ["2-b"]
    assert one.possible_ancestors(["1-z"]) == []


def test_a_stored_tree_comes_back_the_same():
    one = tree("3-c 2-b 1-a", "2-e 1-a", deleted="2-e")
    assert load(dump(one)).nodes == one.nodes
