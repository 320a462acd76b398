"""Cleaning words: what comes out is clean, and cleaning it again changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from backend.catalogue.domain.importer.text import markdown, plain, safe_html

SNIPPETS = (
    *("<p>", "</p>", "<script>", "</script>", "<b", ">", "<br/>", "<!--", "-->"),
    *("<a href='javascript:x'>", "<img src=x onerror=y>", "<svg/onload=z>"),
    *("&lt;", "&#60;", "&#13;", "&#xD800;", "\\u003c", "\\u2013", "\\ud800", "\\ud83d\\ude00", "\\n"),
    *("\r\n", "\r", " ", "words", "ā"),
)
PIECES = st.lists(st.sampled_from(SNIPPETS), max_size=12).map("".join)


@given(PIECES)
def test_no_description_carries_a_program(text: str):
    clean = safe_html(text)
    assert "<script" not in clean
    assert "<img" not in clean
    assert "<svg" not in clean
    assert 'href="javascript' not in clean


@given(PIECES)
def test_every_cleaned_text_can_be_sent_and_has_plain_line_ends(text: str):
    for clean in (plain(text), markdown(text), safe_html(text)):
        clean.encode()
        assert "\r" not in clean


@given(st.text())
def test_a_plain_text_without_accidents_stays_as_it_is(text: str):
    if not set(text) & set("\\&\r") and text == text.strip():
        assert plain(text) == text


def test_brackets_that_are_meant_stay_characters():
    assert safe_html("<p>1 &lt; 2</p>") == "<p>1 &lt; 2</p>"
    assert safe_html("1 < 2 & 3") == "<p>1 &lt; 2 &amp; 3</p>"


def test_a_new_line_that_was_escaped_twice_is_one_again_and_a_folder_of_windows_is_none():
    assert plain("Ask:\r\n\\n- people\\n - offices") == "Ask:\n\n- people\n - offices"
    assert plain("C:\\new") == "C:\\new"


def test_a_character_that_was_escaped_in_two_halves_is_one_again():
    assert plain("bread \\ud83c\\udf5e") == "bread 🍞"
    assert plain("half \\ud83c") == "half \ufffd"
