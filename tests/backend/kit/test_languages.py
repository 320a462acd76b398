import pytest

from backend.kit.languages import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("lv", "lv"),
        ("it-IT,it;q=0.9,en;q=0.8", "it"),
        ("fr, es;q=0.5, en;q=0.4", "es"),
        ("en;q=0.1, lv;q=0.9", "lv"),
        ("en;q=0, lv;q=0.1", "lv"),
        ("de", "en"),
        ("*", "en"),
        ("lv;q=nonsense, es", "es"),
        ("LV-lv", "lv"),
        ("de," * 200 + "lv", "en"),
    ],
)
def test_people_are_answered_in_the_language_they_want_most_and_we_speak(header, language):
    assert preferred(header) == language
