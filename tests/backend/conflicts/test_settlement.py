"""What servers add to a document's tree, pure: any order, any number of servers, the same end."""

from itertools import permutations
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.conflicts.domain.merge import Merged, Version, merge
from backend.conflicts.domain.settlement import CONSIDERED, History, contradicting, settled
from backend.processes.documents import TASK
from tests.backend.conflicts.versions import ANCESTOR, Peer, a_version, content
from tests.backend.replication.judged import as_document
from tests.backend.world import deleted, revised

STATUS = a_version("b", status="finished")
NAME = a_version("a", name={"en": "Walls", "it": "Dipingere"})
OTHER_NAME = a_version("c", name={"en": "Doors", "it": "Dipingere"})

changes = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["awaiting", "in_progress", "finished"]),
        "name": st.dictionaries(st.sampled_from(["en", "it", "lv"]), st.sampled_from("AB"), min_size=1),
        "profiles": st.lists(st.sampled_from("pqrs"), unique=True),
        "order": st.sampled_from(["a0", "a1", "a2"]),
        "new_in_2030": st.sampled_from([1, True, None]),
    },
)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Versions of one task, each made after one that was there; some are deletions."""
    known = [ANCESTOR]
    for number in range(draw(st.integers(1, 6))):
        before = draw(st.sampled_from(known))
        if "_deleted" in before or draw(st.integers(0, 7)) == 0:
            known.append(deleted(before))
        else:
            known.append(a_version(f"{draw(st.sampled_from('abc'))}{number}", after=before, **draw(changes)))
    return known


def test_a_status_and_a_name_become_one_task_in_any_order() -> None:
    ends = []
    for versions in permutations([STATUS, NAME]):
        peer = Peer([ANCESTOR, *versions])
        merged, closed = peer.settles()
        assert peer.living == [merged.rev]
        assert merged.path[1] == STATUS["_rev"], "the greater version is followed"
        assert closed.path[1] == NAME["_rev"]
        assert (peer.shown["status"], peer.shown["name"]["en"]) == ("finished", "Walls")
        ends.append((sorted(peer.leaves), peer.shown))
    assert ends.count(ends[0]) == len(ends)


def test_the_name_of_a_merge_is_made_of_the_versions_and_what_it_says() -> None:
    [one, *_] = Peer([ANCESTOR, STATUS, NAME]).settles()
    [other, *_] = Peer([ANCESTOR, STATUS, a_version("a", name={"en": "Floors", "it": "Dipingere"})]).settles()
    assert one.rev.startswith("3-")
    assert one.rev != other.rev


def test_what_contradicts_is_kept_and_what_does_not_is_merged_beside_it() -> None:
    peer = Peer([ANCESTOR, NAME, OTHER_NAME])
    assert peer.settles() == []
    assert contradicting(peer.history) == ("name",)
    late = Peer([ANCESTOR, NAME, OTHER_NAME, STATUS])
    late.settles()
    assert len(late.living) == 2
    assert {late.said[one]["name"]["en"] for one in late.living} == {"Walls", "Doors"}
    assert late.shown["status"] == "finished"


def test_a_phone_that_goes_on_from_a_merged_version_contradicts_nobody() -> None:
    """It had not heard of the merge; the new name it carries on and changes once more was its own."""
    peer = Peer([ANCESTOR, STATUS, NAME])
    peer.settles()
    again = a_version("ff", after=NAME, name={"en": "Walls and doors", "it": "Dipingere"})
    late = Peer([ANCESTOR, NAME, again])
    peer.hears_all(late)
    peer.settles()
    assert len(peer.living) == 1
    assert (peer.shown["status"], peer.shown["name"]["en"]) == ("finished", "Walls and doors")


def test_a_deletion_stands_against_a_status_and_yields_to_a_name() -> None:
    gone = Peer([ANCESTOR, deleted(ANCESTOR), STATUS])
    gone.settles()
    assert gone.living == []
    kept = Peer([ANCESTOR, deleted(ANCESTOR), NAME])
    kept.settles()
    assert kept.living == [NAME["_rev"]]


def test_a_task_that_was_brought_back_as_it_was_is_not_deleted_again() -> None:
    peer = Peer([ANCESTOR, deleted(ANCESTOR), STATUS])
    peer.settles()
    winner = peer.leaves[0]
    path = peer.tree.path(winner)
    back = {
        **revised(ANCESTOR),
        "_rev": f"{len(path) + 1}-back",
        "_revisions": {"start": len(path) + 1, "ids": ["back", *(one.split("-")[1] for one in path)]},
    }
    late = Peer([back])
    peer.hears_all(late)
    peer.settles()
    assert peer.living == [back["_rev"]]


def test_a_version_somebody_gave_up_says_nothing_about_the_others() -> None:
    """Who chooses keeps one version and deletes the other; the kept one changed only the status."""
    peer = Peer([ANCESTOR, STATUS, NAME, deleted(NAME)])
    peer.settles()
    assert peer.living == [STATUS["_rev"]]


def test_without_the_ancestor_nothing_is_merged() -> None:
    assert Peer([STATUS, NAME]).settles() == []


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_rivals_does_not_matter_and_settling_twice_is_settling_once(
    known: list[dict[str, Any]], random: Random
) -> None:
    one = Peer(known)
    one.settles()
    assert one.settles() == []
    random.shuffle(known)
    other = Peer(sorted(known, key=lambda version: len(version["_revisions"]["ids"])))
    other.settles()
    assert sorted(other.tree.nodes) == sorted(one.tree.nodes)
    assert other.leaves == one.leaves
    assert other.shown == one.shown


@settings(max_examples=300)
@given(histories(), st.integers(1, 2**32), st.integers(2, 3))
def test_servers_that_heard_different_things_end_with_the_same(
    known: list[dict[str, Any]], seed: int, count: int
) -> None:
    """Each hears every version sooner or later, merges in between, and tells the others."""
    random = Random(seed)
    servers = [Peer([ANCESTOR]) for _ in range(count)]
    for version in [*known[1:]] * count:
        random.choice(servers).hears(as_document(version))
        _meet(random.choice(servers), random.choice(servers))
    for _ in range(4):
        for one in servers:
            for other in servers:
                _meet(one, other)
    assert all(server.leaves == servers[0].leaves for server in servers)
    assert all(server.shown == servers[0].shown for server in servers)
    for server in servers:
        assert server.settles() == []


def _meet(one: Peer, other: Peer) -> None:
    """One settles what it has, then tells the other."""
    one.settles()
    other.hears_all(one)


@given(changes, changes, changes)
def test_unions_statuses_and_languages_merge_two_by_two_as_all_at_once(
    first: dict[str, Any], second: dict[str, Any], third: dict[str, Any]
) -> None:
    base = content(ANCESTOR)
    sides = [
        Version(f"2-{name}", {**base, **{key: value for key, value in one.items() if key in ("status", "name")}})
        for name, one in zip("abc", (first, second, third), strict=True)
    ]
    at_once = merge(TASK, base, sides)
    for left, middle, right in permutations(sides):
        pair = merge(TASK, base, [left, middle])
        stepwise = merge(TASK, base, [Version("3-d", pair.content), right]) if isinstance(pair, Merged) else pair
        assert isinstance(stepwise, Merged) is isinstance(at_once, Merged)
        if isinstance(stepwise, Merged) and isinstance(at_once, Merged):
            assert stepwise.content == at_once.content


def test_a_thousand_contradicting_versions_are_looked_at_a_few_at_a_time() -> None:
    """Whoever sends them costs themselves more than the server; and what merges still does."""
    peer = Peer([ANCESTOR, *(a_version(f"a{n:03}", name={"en": f"{n}"}) for n in range(1000))])
    said: list[str] = []

    def counted(revision: str) -> dict[str, Any] | None:
        said.append(revision)
        return peer.said.get(revision)

    history = peer.history
    assert settled(History(history.id, history.declaration, history.tree, counted)) == []
    assert len(set(said)) <= CONSIDERED + 1
    peer.hears(as_document(a_version("z", status="finished")))
    peer.settles()
    assert peer.shown["status"] == "finished"
    assert len(peer.living) == 1000
