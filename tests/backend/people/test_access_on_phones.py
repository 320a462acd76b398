"""A phone decides by itself what to offer; its rule must be the server's."""

import json
from pathlib import Path

from tests.backend.people import vectors

ON_PHONES = Path(__file__).parents[3] / "pwa" / "src" / "lib" / "model" / "access.vectors.json"


def test_the_phones_are_asked_what_the_server_answers_today():
    assert ON_PHONES.read_text() == vectors.written()


def test_the_questions_have_every_answer():
    answers = {one["may"] for one in json.loads(ON_PHONES.read_text())}

    assert answers == {"", "a", "c", "d", "ac", "ad", "cd", "acd"}
