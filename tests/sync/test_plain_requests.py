"""A plain request takes a shorter way to the same documents: what comes out is equal, whatever comes in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import SyncError
from sync.intake import read_document, read_plain, usual
from sync.limits import Limits

LIMITS = Limits(depth=4, document=200, identifier=20)
REV = {"_rev": "2-b", "_revisions": {"start": 2, "ids": ["b", "a"]}}


def compact(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab_"), inner, max_size=3),
    max_leaves=6,
)
special = st.fixed_dictionaries(
    {},
    optional={
        "_id": st.sampled_from(["a:b:c", "_local/x", "_design/x", "", "x" * 21, "tab\t", "ā", 7, None]),
        "_rev": st.sampled_from(["2-b", "nonsense", None]),
        "_revisions": st.sampled_from([REV["_revisions"], {"start": 1, "ids": ["b", "a"]}, {"ids": ["b"]}, [], None]),
        "_deleted": st.sampled_from([True, False, "yes"]),
        "_attachments": st.sampled_from([{}, {"a.txt": {"data": "YQ==", "content_type": "text/plain"}}]),
        "_unknown": st.just(1),
    },
)


@given(special, st.dictionaries(st.sampled_from(["text", "n", "deep", '"_x']), anything, max_size=3))
def test_the_short_way_leads_where_the_long_way_leads(envelope: dict[str, Any], members: dict[str, Any]) -> None:
    told = {**envelope, **members}
    short = usual(dict(told), LIMITS)
    if short is None:
        return
    long = read_document(compact(told), LIMITS)
    assert (short.id, short.path, short.deleted, short.content) == (long.id, long.path, long.deleted, long.content)
    assert short.body == long.body
    assert not long.attachments


@pytest.mark.parametrize(
    "told",
    [
        {"_id": "a", **REV, "_deleted": True},
        {"_id": "a", **REV, "_attachments": {"n": {"stub": True}}},
        {"_id": "_design/a", **REV},
        {"_id": "a", "_rev": "2-b"},
        {**REV, "text": "no name"},
        {"_id": "a", **REV, "text": "x" * 200},
        {"_id": "a", **REV, "deep": [[[[[]]]]]},
        {"_id": "a", "_rev": "1-a", "_revisions": {"start": 1, "ids": ["not visible"]}},
    ],
)
def test_what_is_not_usual_is_left_as_it_was_for_the_long_way(told: dict[str, Any]) -> None:
    content = dict(told)
    assert usual(content, LIMITS) is None
    assert {name: value for name, value in content.items() if value is not None} == told


def test_an_ordinary_document_takes_the_short_way() -> None:
    found = usual({"_id": "a:b:c", **REV, "text": "ā"}, LIMITS)
    assert found is not None
    assert found.path == ("2-b", "1-a")
    assert found.body == '{"text":"ā"}'.encode()


@pytest.mark.parametrize(
    "text",
    [
        b'{"docs":[],"docs":[]}',
        b'{"docs":[{"_id":"a","a":1,"a":2}]}',
        b'{"docs": []}',
        b'{"docs":[1.50]}',
        b'{"docs":["\\u0061"]}',
        b'{"docs":["\xff"]}',
        b"[]",
        b"[" * 100_000,
        b"",
    ],
)
def test_a_text_that_would_not_be_written_so_is_not_plain(text: bytes) -> None:
    assert read_plain(text) is None


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), anything))
def test_a_plain_text_is_what_javascript_would_write(value: dict[str, Any]) -> None:
    read = read_plain(compact(value))
    assert read in (None, value)
    with_twins = compact(value)[:-1] + (b"," if value else b"") + b'"a":1,"a":1}'
    assert read_plain(with_twins) is None


def test_a_repeated_member_is_refused_by_the_long_way() -> None:
    with pytest.raises(SyncError):
        read_document(b'{"_id":"a","a":1,"a":2}', LIMITS)
