"""A person chooses between versions: one write, and all have one record again, in any order and on any server."""

from itertools import permutations
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.kit.spaces import SpaceKind
from backend.replication.registry import TYPES
from backend.replication.typescript import module
from tests.backend.conflicts.versions import ANCESTOR, Peer, a_version
from tests.backend.replication.judged import ADMINISTRATOR, CONTRIBUTOR, as_document, verdict, word
from tests.backend.world import deleted

WALLS = a_version("c", name={"en": "Walls", "it": "Dipingere"})
DOORS = a_version("b", name={"en": "Doors", "it": "Dipingere"})
FLOORS = a_version("a", name={"en": "Floors", "it": "Dipingere"})


def chosen(digest: str, name: str, *, over: list[dict[str, Any]], after: dict[str, Any] = WALLS) -> dict[str, Any]:
    """What a phone writes when its person chooses: after the version it shows, laying the others aside."""
    return a_version(digest, after=after, name={"en": name, "it": "Dipingere"}, settles=[one["_rev"] for one in over])


def name_of(peer: Peer) -> str:
    assert len(peer.living) == 1, "all have one record"
    return peer.shown["name"]["en"]


def test_one_write_chooses_the_version_shown_and_closes_the_other() -> None:
    peer = Peer([ANCESTOR, WALLS, DOORS, chosen("d", "Walls", over=[DOORS])])
    [closed] = peer.settles()
    assert closed.deleted
    assert closed.path[1] == DOORS["_rev"]
    assert name_of(peer) == "Walls"
    assert peer.said[DOORS["_rev"]]["name"]["en"] == "Doors", "what was laid aside can still be read"


def test_one_write_chooses_the_other_version_or_a_third() -> None:
    for name in ("Doors", "Walls and doors"):
        peer = Peer([ANCESTOR, WALLS, DOORS, chosen("d", name, over=[DOORS])])
        peer.settles()
        assert name_of(peer) == name


def test_a_choice_among_three_closes_both_others() -> None:
    peer = Peer([ANCESTOR, WALLS, DOORS, FLOORS, chosen("d", "Floors", over=[DOORS, FLOORS])])
    peer.settles()
    assert name_of(peer) == "Floors"


def test_two_people_who_chose_differently_while_apart_have_one_record_again() -> None:
    """Nobody is asked a second time: to keep what is shown changes nothing, so the other choice stands."""
    mine, theirs = chosen("d", "Walls", over=[DOORS]), chosen("e", "Doors", over=[DOORS])
    ends = []
    for arriving in permutations([DOORS, mine, theirs]):
        peer = Peer([ANCESTOR, WALLS])
        for one in arriving:
            peer.hears(as_document(one))
        peer.settles()
        assert name_of(peer) == "Doors"
        ends.append(sorted(peer.tree.nodes))
    assert ends.count(ends[0]) == len(ends)


def test_two_people_who_chose_alike_have_one_record() -> None:
    peer = Peer([ANCESTOR, WALLS, DOORS, chosen("d", "Doors", over=[DOORS]), chosen("e", "Doors", over=[DOORS])])
    peer.settles()
    assert name_of(peer) == "Doors"


def test_two_who_wrote_a_third_each_are_asked_again_and_nothing_is_lost() -> None:
    peer = Peer([ANCESTOR, WALLS, DOORS, chosen("d", "Attic", over=[DOORS]), chosen("e", "Cellar", over=[DOORS])])
    peer.settles()
    assert {peer.said[one]["name"]["en"] for one in peer.living} == {"Attic", "Cellar"}


def test_who_went_on_from_the_version_laid_aside_is_compared_with_that_version() -> None:
    """Their status is theirs alone; the name they carry on was laid aside knowingly."""
    late = a_version("9", after=DOORS, status="finished")
    peer = Peer([ANCESTOR, WALLS, DOORS, chosen("d", "Walls", over=[DOORS])])
    peer.settles()
    peer.hears(as_document(late))
    peer.settles()
    assert name_of(peer) == "Walls"
    assert peer.shown["status"] == "finished"


def test_going_on_after_a_choice_closes_nothing_more() -> None:
    choice = chosen("d", "Walls", over=[DOORS])
    peer = Peer([ANCESTOR, WALLS, DOORS, choice])
    peer.settles()
    peer.hears(as_document(a_version("e", after=choice, status="finished")))
    assert peer.settles() == []


def test_two_versions_that_lay_each_other_aside_leave_one() -> None:
    one, other = a_version("e", settles=["2-d"]), a_version("d", settles=["2-e"])
    peer = Peer([ANCESTOR, one, other])
    peer.settles()
    assert peer.living == [one["_rev"]]


def test_a_choice_keeps_the_document_from_a_deletion_made_elsewhere() -> None:
    peer = Peer([ANCESTOR, WALLS, DOORS, deleted(ANCESTOR), chosen("d", "Walls", over=[DOORS])])
    peer.settles()
    assert name_of(peer) == "Walls"


def test_who_may_only_say_how_far_a_task_is_cannot_choose_its_name() -> None:
    choice = chosen("d", "Walls", over=[DOORS])
    assert word(verdict(CONTRIBUTOR, choice, WALLS, others=[ANCESTOR, DOORS])) == "edit"
    assert word(verdict(ADMINISTRATOR, choice, WALLS, others=[ANCESTOR, DOORS])) == "accept"


def test_what_is_no_list_of_revisions_is_refused_and_closes_nothing() -> None:
    for wrong in ("2-b", ["nonsense"], [7], ["2-b"] * 51):
        broken = {**chosen("d", "Walls", over=[]), "settles": wrong}
        assert word(verdict(ADMINISTRATOR, broken, WALLS, others=[ANCESTOR])) == "shape"
    for stored_before in ("2-b", 7, {"2-b": 1}):
        odd = {**chosen("d", "Walls", over=[]), "settles": stored_before}
        assert Peer([ANCESTOR, WALLS, DOORS, odd]).living != []


def test_phones_know_the_member() -> None:
    assert "settles?: string[];" in module(TYPES)
    assert SpaceKind.PROCESS in TYPES.get("task").spaces


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Versions of one task; some of them are choices that lay any others aside, themselves made up or not."""
    known = [ANCESTOR]
    for number in range(draw(st.integers(2, 7))):
        before = draw(st.sampled_from([one for one in known if "_deleted" not in one]))
        if draw(st.integers(0, 9)) == 0:
            known.append(deleted(before))
            continue
        named = draw(st.lists(st.sampled_from([one["_rev"] for one in known]), max_size=2))
        name = {"en": draw(st.sampled_from("ABC")), "it": "Dipingere"}
        status = draw(st.sampled_from(["awaiting", "finished"]))
        version = a_version(f"{draw(st.sampled_from('abc'))}{number}", after=before, name=name, status=status)
        known.append({**version, "settles": named} if named else version)
    return known


@settings(max_examples=150, deadline=None)
@given(histories(), st.integers(1, 2**32), st.integers(2, 3))
def test_servers_that_heard_choices_in_any_order_end_with_the_same_and_never_with_nothing(
    known: list[dict[str, Any]], seed: int, count: int
) -> None:
    random = Random(seed)
    servers = [Peer([ANCESTOR]) for _ in range(count)]
    for version in [*known[1:]] * count:
        random.choice(servers).hears(as_document(version))
        _meet(random.choice(servers), random.choice(servers))
    for _ in range(6):
        for one in servers:
            for other in servers:
                _meet(one, other)
    for server in servers:
        assert server.settles() == []
        assert server.leaves == servers[0].leaves
        assert server.shown == servers[0].shown
        assert server.living or any("_deleted" in one for one in known), "a choice never removes the document"


def _meet(one: Peer, other: Peer) -> None:
    one.settles()
    other.hears_all(one)
