"""What a kind itself does not take, whoever sends it."""

from typing import Any

import pytest

from backend.kinds.checklist import MAX_ITEMS
from backend.kinds.page import MAX_TEXT
from tests.backend.kinds.assets import asset
from tests.backend.replication.judged import CONTRIBUTOR, ME, verdict, word


def item(number: int = 0, **members: Any) -> dict[str, Any]:
    return {"id": f"I{number}", "text": "Chairs", "done": False, "order": "a0", **members}


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("page", {"text": "x" * (MAX_TEXT + 1)}),
        ("page", {"text": ["a", "b"]}),
        ("page", {"text": None}),
        ("checklist", {"items": [item(number) for number in range(10_001)]}),
        ("checklist", {"items": [item(number) for number in range(MAX_ITEMS + 1)]}),
        ("checklist", {"items": {"id": "A"}}),
        ("checklist", {"items": [item(text="  ")]}),
        ("checklist", {"items": [item(text="x" * 501)]}),
        ("checklist", {"items": [item(id="a:b")]}),
        ("checklist", {"items": [item(order="")]}),
        ("checklist", {"items": [item(order="../..")]}),
        ("checklist", {"items": [item(done="yes")]}),
        ("checklist", {"items": [{"text": "Chairs"}]}),
        ("checklist", {"items": ["Chairs"]}),
        ("discussion", {"question": "x" * 5_001}),
        ("discussion", {"closed": "yes"}),
        ("file", {"files": [{"sha256": "short", "type": "image/webp", "size": 1, "name": "a"}]}),
        ("link", {"url": "https://"}),
        ("link", {"url": "x" * 2_001}),
        ("link", {"url": ""}),
        ("link", {"url": None}),
    ],
    ids=lambda one: str(one)[:40],
)
def test_it_is_refused_with_the_member_that_is_wrong(kind: str, wrong: dict[str, Any]) -> None:
    answer = verdict(CONTRIBUTOR, asset(kind, ME, **wrong))
    assert word(answer) == "shape"
    assert next(iter(wrong)) in str(answer)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "blob:https://example.org/1",
        "//example.org",
        "example.org",
        "https:example.org",
        "https://example.org/ javascript:alert(1)",
        'https://example.org/"onclick="alert(1)',
        "https://example.org/<script>",
        "mailto:",
    ],
)
def test_a_link_leads_to_the_web_or_to_a_mailbox_only(address: str) -> None:
    assert word(verdict(CONTRIBUTOR, asset("link", ME, url=address))) == "shape"


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://localhost:8000/x", "mailto:ilze@example.org", "https://cēsis.lv/ā?q=š#1"]
)
def test_a_link_that_people_use_is_taken(address: str) -> None:
    assert word(verdict(CONTRIBUTOR, asset("link", ME, url=address))) == "accept"


def test_as_many_as_may_be_are_taken() -> None:
    full = [item(number, text="x" * 500) for number in range(MAX_ITEMS)]
    assert word(verdict(CONTRIBUTOR, asset("checklist", ME, items=full))) == "accept"
    assert word(verdict(CONTRIBUTOR, asset("page", ME, text="x" * MAX_TEXT))) == "accept"
