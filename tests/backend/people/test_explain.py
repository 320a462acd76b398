"""The explanation says what the rule says, and the preview says what will be."""

from hypothesis import given
from hypothesis import strategies as st

from backend.people.access import STRANGER, Grant, Standing, Verb, may
from backend.people.effects import Somebody, effects, standing_with
from backend.people.explain import explain

PROCESS, PHASE, OBJECTIVE, TASK = PATH = ("process", "phase", "objective", "task")
OTHER = "other task"
PATHS = {item: PATH[: depth + 1] for depth, item in enumerate(PATH)} | {OTHER: (*PATH[:3], OTHER), "lost": ()}
PEOPLE = ("ilze", "janis", "anna")

flags = st.booleans()
targets = st.sampled_from([None, *PATH, OTHER])
grants = st.lists(
    st.builds(Grant, st.sampled_from("AB"), targets, access=flags, create=flags, delete=flags), max_size=6
)
teams = st.fixed_dictionaries({team: st.frozensets(st.sampled_from(PEOPLE)) for team in "AB"})


def a_member(given_grants: list[Grant], *, administrator: bool = False) -> Standing:
    return Standing("me", administrator, frozenset({"A", "B"}), tuple(given_grants))


@given(grants, st.booleans(), st.sampled_from(sorted(PATHS)))
def test_what_decides_gives_what_the_rule_gives(given_grants, administrator, item):
    standing, path = a_member(given_grants, administrator=administrator), PATHS[item]
    reasons = explain(standing, path)
    for verb in Verb:
        deciding = {one.allows for one in reasons if one.verb is verb and one.decides}
        if administrator:
            assert deciding == set()
        else:
            assert deciding <= {may(standing, verb, path)}
            assert deciding or not any(one.verb is verb for one in reasons), "something decides where anything speaks"


@given(grants, st.sampled_from([PATH, PATH[:1], PATH[:3]]))
def test_without_what_decides_the_answer_may_change_and_without_the_rest_it_does_not(given_grants, path):
    standing = a_member(given_grants)
    for verb in Verb:
        deciding = {(one.team, one.target) for one in explain(standing, path) if one.verb is verb and one.decides}
        kept = [one for one in given_grants if (one.team, one.target) in deciding]
        assert may(a_member(kept), verb, path) is may(standing, verb, path)


def test_a_stranger_and_a_lost_item_need_no_explanation():
    assert explain(STRANGER, PATH) == []
    assert explain(a_member([Grant("A", None, access=True, create=True, delete=True)]), ()) == []


@given(grants, grants, teams, st.sets(st.sampled_from(PEOPLE)))
def test_the_preview_names_exactly_those_whose_rights_change(before, after, members, chiefs):
    """Asked about the whole process for both teams, nothing that anybody gains or loses is left out or made up."""
    people = [
        Somebody(
            one,
            standing_with(one, before, members, administrator=one in chiefs),
            standing_with(one, after, members, administrator=one in chiefs),
        )
        for one in PEOPLE
    ]
    gains, loses = effects(people, [("A", None), ("B", None)], PATHS)
    for verb in Verb:
        could = {one.account: {item for item in PATHS if may(one.before, verb, PATHS[item])} for one in people}
        can = {one.account: {item for item in PATHS if may(one.after, verb, PATHS[item])} for one in people}
        told_gains = {account for one in gains if one.verb is verb for account in one.accounts}
        told_loses = {account for one in loses if one.verb is verb for account in one.accounts}
        in_team = members["A"] | members["B"]
        assert told_gains == {one for one in PEOPLE if can[one] - could[one]} & in_team
        assert told_loses == {one for one in PEOPLE if could[one] - can[one]} & in_team
        lost_items = {item for one in loses if one.verb is verb for item in one.items}
        assert lost_items == {item for one in in_team for item in could[one] - can[one]}
