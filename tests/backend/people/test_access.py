"""The one answer to «may this person do this to that?», against a table and against what must hold for every tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.people.access import STRANGER, Grant, Standing, Verb, may, readable

PROCESS, PHASE, OBJECTIVE, TASK = PATH = ("process", "phase", "objective", "task")
Y, N = True, False


def a_grant(team, target, allowed) -> Grant:
    return Grant(team, target, access=allowed, create=allowed, delete=allowed)


def a_member(*grants: Grant, teams: frozenset[str] = frozenset({"A", "B"}), administrator: bool = False) -> Standing:
    return Standing("me", administrator, teams, grants)


@pytest.mark.parametrize(
    ("grants", "allowed"),
    [
        ([], N),
        ([("A", None, Y)], Y),
        ([("A", None, N)], N),
        ([("A", PHASE, Y)], Y),
        ([("A", None, Y), ("A", OBJECTIVE, N)], N),
        ([("A", None, N), ("A", TASK, Y)], Y),
        ([("A", None, Y), ("A", PHASE, N), ("A", TASK, Y)], Y),
        ([("A", None, Y), ("A", PHASE, N), ("B", PHASE, Y)], Y),
        ([("A", TASK, N), ("B", TASK, N), ("A", None, Y)], N),
        ([("A", None, Y), ("B", TASK, N)], N),
        ([("strangers", None, Y)], N),
        ([("A", "another task", Y)], N),
        ([("A", None, Y), ("A", "another task", N)], Y),
        ([("A", PROCESS, Y)], Y),
    ],
)
@pytest.mark.parametrize("verb", Verb)
def test_the_deepest_grant_decides_also_when_it_denies_and_equals_are_ored(grants, allowed, verb):
    standing = a_member(*(a_grant(*each) for each in grants))

    assert may(standing, verb, PATH) is allowed


@pytest.mark.parametrize("verb", Verb)
def test_each_verb_has_its_own_flag(verb):
    only = Grant("A", None, access=verb == "access", create=verb == "create", delete=verb == "delete")

    assert [may(a_member(only), each, PATH) for each in Verb] == [each is verb for each in Verb]


def test_administrators_may_everything_whatever_the_grants_say():
    standing = a_member(a_grant("A", None, N), administrator=True)

    assert all(may(standing, verb, path) for verb in Verb for path in (PATH, PATH[:1], ()))


def test_who_is_no_member_may_nothing_even_with_a_grant_of_a_team_they_are_in():
    outsider = Standing(None, administrator=True, teams=frozenset({"A"}), grants=(a_grant("A", None, Y),))

    assert not any(may(one, verb, PATH) for one in (outsider, STRANGER) for verb in Verb)
    assert readable(outsider, {TASK: PATH}) == frozenset()


def test_an_item_in_a_circle_is_for_administrators_only():
    grant = a_grant("A", None, Y)

    assert not may(a_member(grant), Verb.ACCESS, ())
    assert "lost" not in readable(a_member(grant), {"lost": ()})
    assert "lost" in readable(a_member(grant, administrator=True), {"lost": ()})


def test_a_member_without_grants_reads_the_tree_and_what_is_their_own():
    assert readable(a_member(teams=frozenset({"A"})), {TASK: PATH}) == {"all", "own-me", "team-A"}


def test_nobody_but_the_author_reads_what_is_their_own_not_even_administrators():
    seen = readable(a_member(administrator=True), {TASK: PATH})

    assert "admin" in seen
    assert [one for one in seen if one.startswith("own-")] == ["own-me"]


flags = st.booleans()
targets = st.sampled_from([None, *PATH, "elsewhere"])
grants = st.builds(Grant, st.sampled_from("ABC"), targets, access=flags, create=flags, delete=flags)
standings = st.lists(grants, max_size=8).map(lambda many: a_member(*many))
lengths = st.integers(1, 4)


@given(standings, st.sampled_from(list(Verb)), lengths)
def test_the_order_of_grants_does_not_matter(standing, verb, length):
    turned = a_member(*reversed(standing.grants))

    assert may(standing, verb, PATH[:length]) is may(turned, verb, PATH[:length])


@given(standings, st.sampled_from(list(Verb)), lengths)
def test_grants_of_other_teams_and_other_items_do_not_matter(standing, verb, length):
    path = PATH[:length]
    relevant = [grant for grant in standing.grants if grant.team in standing.teams and grant.target in (None, *path)]

    assert may(standing, verb, path) is may(a_member(*relevant), verb, path)


@given(standings, st.sampled_from(list(Verb)), lengths, st.booleans())
def test_a_grant_on_the_item_itself_has_the_last_word(standing, verb, length, allowed):
    path = PATH[:length]
    others = [
        grant for grant in standing.grants if grant.target not in ((path[-1], None) if length == 1 else path[-1:])
    ]

    assert may(a_member(*others, a_grant("A", path[-1], allowed)), verb, path) is allowed


@given(standings, st.sampled_from(list(Verb)))
def test_without_grants_of_its_own_an_item_follows_its_parent(standing, verb):
    silent = a_member(*(grant for grant in standing.grants if grant.target != TASK))

    assert may(silent, verb, PATH) is may(silent, verb, PATH[:-1])


@given(standings)
def test_what_is_readable_is_what_access_allows(standing):
    tree = {PATH[depth]: PATH[: depth + 1] for depth in range(1, 4)}

    assert readable(standing, tree) & set(tree) == {
        item for item, path in tree.items() if may(standing, Verb.ACCESS, path)
    }
