"""What a contribution may hold."""

from typing import Any

import pytest

from backend.contributions.documents import CONTRIBUTION
from backend.kit.types import InvalidDocumentError
from tests.backend.world import contribution

ME, TASK = "01ARZ3NDEKTSV4RRFFQ69G5FAA", "01ARZ3NDEKTSV4RRFFQ69G5FAB"
PHOTO = {"sha256": "0" * 64, "type": "image/jpeg", "size": 70_000, "name": "", "alt": "The gate", "width": 800}


@pytest.mark.parametrize(
    "members",
    [
        {"text": ""},
        {"text": "ž" * 20_000},
        {"text": "A photo", "files": [PHOTO] * 10},
        {"text": "Yes!", "reply_to": f"{TASK}:contribution:{ME}"},
        {"text": "Yes!", "reply_to": None},
        {"text": "Yes!", "mood": "a member of tomorrow"},
    ],
    ids=["no words", "many words", "ten photos", "an answer", "no answer", "something newer"],
)
def test_a_contribution_holds_words_photos_and_what_it_answers(members: dict[str, Any]) -> None:
    read = CONTRIBUTION.read(contribution(ME, TASK, **{"text": "", **members}))
    assert read.text == members["text"]
    assert len(read.files) == len(members.get("files", []))


@pytest.mark.parametrize(
    "members",
    [
        {"text": "ž" * 20_001},
        {"text": None},
        {"files": [PHOTO] * 11},
        {"files": [{**PHOTO, "sha256": "short"}]},
        {"files": [{**PHOTO, "size": -1}]},
        {"files": [{**PHOTO, "type": "a picture"}]},
        {"files": [{"sha256": "0" * 64}]},
    ],
    ids=["too many words", "nothing", "eleven photos", "no digest", "less than no bytes", "no type", "half a photo"],
)
def test_a_contribution_holds_no_more_than_a_phone_can_carry(members: dict[str, Any]) -> None:
    with pytest.raises(InvalidDocumentError):
        CONTRIBUTION.read({**contribution(ME, TASK), **members})
