"""The share image: the name never runs into what stands below it, however long it is."""

import pytest

from backend.public.picture import HEIGHT, fitting

FOOT = HEIGHT - 84


@pytest.mark.parametrize(
    "name",
    ["Garden", "Un solo mostrador para la biblioteca y los servicios del Estado", "word " * 60, "x" * 300, "Ā" * 200],
    ids=["short", "three lines", "many words", "one long word", "other letters"],
)
def test_a_name_of_any_length_stays_above_the_foot(name: str) -> None:
    size, lines = fitting(name)
    assert lines
    assert 340 + round(size * 1.12) * len(lines) <= FOOT
