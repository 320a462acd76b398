import pytest

from sync.errors import SyncError
from sync.selector import compiled

TASK = {"type": "task", "places": 3, "tags": ["a", "b"], "by": {"name": "Ilze", "kind": None}, "a.b": 1, "open": True}


@pytest.mark.parametrize(
    "selector",
    [
        {},
        {"type": "task", "places": 3},
        {"places": {"$gt": 2, "$lte": 3}},
        {"places": {"$gt": None}},
        {"by.name": "Ilze"},
        {"by": {"name": {"$in": ["Ilze", "Anna"]}}},
        {"a\\.b": 1},
        {"tags": {"$all": ["b", "a"]}},
        {"tags": {"$elemMatch": {"$eq": "b"}}},
        {"tags": {"$size": 2}},
        {"tags": {"$in": ["b"]}},
        {"tags": {"$allMatch": {"$type": "string"}}},
        {"missing": {"$exists": False}},
        {"by.kind": {"$exists": True}},
        {"by.kind": None},
        {"$or": [{"type": "note"}, {"open": True}]},
        {"$and": [{"type": "task"}, {"$not": {"places": 4}}]},
        {"$nor": [{"type": "note"}, {"places": 1}]},
        {"type": {"$ne": "note", "$nin": ["page"]}},
        {"places": {"$mod": [2, 1]}},
        {"by": {"$type": "object"}},
        {"type": {"$gt": 99}},
    ],
)
def test_a_document_meets_the_selector(selector):
    assert compiled(selector)(TASK)


@pytest.mark.parametrize(
    "selector",
    [
        {"type": "note"},
        {"missing": {"$ne": 1}},
        {"missing": None},
        {"places": {"$lt": "a", "$gt": 3}},
        {"open": 1},
        {"tags": {"$all": []}},
        {"tags": {"$elemMatch": {"$gt": "b"}}},
        {"type.name": "x"},
        {"$nor": [{"type": "task"}]},
    ],
)
def test_a_document_does_not_meet_the_selector(selector):
    assert not compiled(selector)(TASK)


@pytest.mark.parametrize(
    "selector",
    [3, [], {"$regex": "a+"}, {"a": {"$what": 1}}, {"$or": 1}, {"a": {"$mod": [0, 1]}}, {"a": {"$type": "x"}}],
)
def test_what_is_no_selector_is_refused(selector):
    with pytest.raises(SyncError):
        compiled(selector)


def test_a_selector_cannot_be_nested_for_ever():
    selector = {"a": 1}
    for _ in range(50):
        selector = {"$not": selector}
    with pytest.raises(SyncError):
        compiled(selector)
