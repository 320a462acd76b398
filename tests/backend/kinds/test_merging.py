"""Two people change the same checklist or page while they cannot see each other."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from backend.conflicts.domain.merge import Hard, Merged, Version, merge
from backend.kinds.checklist import CHECKLIST
from backend.kinds.page import PAGE
from backend.kit.types import DocumentType
from tests.backend.kinds.assets import asset
from tests.backend.replication.judged import ME

ENVELOPE = ("_id", "_rev", "_revisions")
Items = dict[str, dict[str, Any]]


def content(kind: str, **members: Any) -> dict[str, Any]:
    return {name: value for name, value in asset(kind, ME, **members).items() if name not in ENVELOPE}


def meet(declaration: DocumentType[Any], before: dict[str, Any], *after: dict[str, Any]) -> dict[str, Any] | str:
    match merge(declaration, before, [Version(f"2-{number}", one) for number, one in enumerate(after)]):
        case Merged(content=found):
            return found
        case Hard(members=members):
            return " ".join(members)


def lists(*each: Items) -> dict[str, Any] | str:
    """What checklists become; the first is what they were."""
    return meet(
        CHECKLIST, *(content("checklist", items=[{"id": name, **one} for name, one in all_.items()]) for all_ in each)
    )


def items(found: dict[str, Any] | str) -> Items:
    assert isinstance(found, dict), found
    return {one["id"]: {name: said for name, said in one.items() if name != "id"} for one in found["items"]}


def one(text: str = "Chairs", *, done: bool = False, order: str = "a0") -> dict[str, Any]:
    return {"text": text, "done": done, "order": order}


def test_two_who_tick_different_items_both_ticked_them() -> None:
    before = {"A": one("Chairs"), "B": one("Coffee")}
    found = lists(before, {**before, "A": one("Chairs", done=True)}, {**before, "B": one("Coffee", done=True)})
    assert items(found) == {"A": one("Chairs", done=True), "B": one("Coffee", done=True)}


def test_one_who_ticks_and_one_who_mends_the_words_of_the_same_item_do_not_meet() -> None:
    before = {"A": one("Chiars")}
    found = lists(before, {"A": one("Chiars", done=True)}, {"A": one("Chairs", order="a5")})
    assert items(found) == {"A": one("Chairs", done=True, order="a5")}


def test_two_who_write_the_same_item_anew_choose() -> None:
    assert lists({"A": one("Chairs")}, {"A": one("Ten chairs")}, {"A": one("Chairs, 12")}) == "items"


def test_an_item_that_one_ticked_and_another_removed_stays() -> None:
    assert items(lists({"A": one()}, {"A": one(done=True)}, {})) == {"A": one(done=True)}


def test_two_who_write_a_page_choose_and_one_who_renames_it_meanwhile_disturbs_nobody() -> None:
    before = content("page", text="Plan")
    mine = {**before, "text": "Plan A"}
    assert meet(PAGE, before, mine, {**before, "text": "Plan B"}) == "text"
    found = meet(PAGE, before, mine, {**before, "name": "Of Tuesday", "archived": True})
    assert isinstance(found, dict)
    assert (found["text"], found["name"], found["archived"]) == ("Plan A", "Of Tuesday", True)


names = some.sampled_from("ABCDE")
an_item = some.builds(one, some.sampled_from(["x", "y"]), done=some.booleans(), order=some.sampled_from(["a0", "a1"]))
a_list = some.dictionaries(names, an_item, max_size=5)
ticks = some.sets(names)


@given(a_list, ticks, ticks)
def test_whoever_ticks_what_in_whatever_order_everything_they_ticked_is_ticked(
    before: Items, mine: set[str], theirs: set[str]
) -> None:
    def ticked(by: set[str]) -> Items:
        return {name: {**said, "done": said["done"] or name in by} for name, said in before.items()}

    expected = ticked(mine | theirs)
    assert items(lists(before, ticked(mine), ticked(theirs))) == expected
    assert items(lists(before, ticked(theirs), ticked(mine))) == expected


@given(a_list, a_list, a_list)
def test_nothing_that_somebody_wrote_is_lost(before: Items, mine: Items, theirs: Items) -> None:
    found = lists(before, mine, theirs)
    if isinstance(found, str):
        return  # both are kept, and people choose
    merged = items(found)
    for version in (mine, theirs):
        for name, said in version.items():
            if said["text"] != before.get(name, {}).get("text") and name in before:
                assert merged[name]["text"] == said["text"]
            if name not in before:
                assert name in merged


@given(a_list, a_list, a_list)
def test_who_came_first_decides_nothing_about_words_and_ticks(before: Items, mine: Items, theirs: Items) -> None:
    mine, theirs = ({name: said for name, said in each.items() if name in before} for each in (mine, theirs))
    one_way, other_way = lists(before, mine, theirs), lists(before, theirs, mine)
    if isinstance(one_way, str) or isinstance(other_way, str):
        assert one_way == other_way
        return
    strip = {"order"}
    first, second = (
        {name: {key: said for key, said in whole.items() if key not in strip} for name, whole in items(found).items()}
        for found in (one_way, other_way)
    )
    assert first == second
