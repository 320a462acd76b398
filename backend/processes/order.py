"""Order among siblings as strings that sort byte by byte, with room between any two (fractional indexing).

A first letter says how many digits follow (`a`: one, `b`: two), then comes the integer in base 62; a client that puts
an item between two others appends digits. It is the form of the `fractional-indexing` package on npm.
"""

from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final

DIGITS: Final = digits + ascii_uppercase + ascii_lowercase
_ONE = len(DIGITS)
LIMIT: Final = _ONE + _ONE**2
"""How many siblings can be numbered in one go."""


def keys(count: int) -> list[str]:
    """Return the first `count` order strings. Raises ValueError beyond LIMIT."""
    if count > LIMIT:
        raise ValueError(f"at most {LIMIT} siblings, not {count}")
    return [_key(number) for number in range(count)]


def _key(number: int) -> str:
    if number < _ONE:
        return "a" + DIGITS[number]
    high, low = divmod(number - _ONE, _ONE)
    return "b" + DIGITS[high] + DIGITS[low]
