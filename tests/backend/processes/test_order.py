import pytest

from backend.processes.order import LIMIT, keys


@pytest.mark.parametrize("count", [0, 1, 62, 63, 200, LIMIT])
def test_siblings_sort_in_the_order_they_were_numbered(count: int) -> None:
    numbered = keys(count)
    assert len(set(numbered)) == count
    assert sorted(numbered, key=str.encode) == numbered


def test_the_first_keys_are_those_of_the_devices_library() -> None:
    assert keys(3) == ["a0", "a1", "a2"]
    assert keys(64)[61:] == ["az", "b00", "b01"]


def test_more_siblings_than_can_be_numbered_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        keys(LIMIT + 1)
