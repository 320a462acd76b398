"""Is a schema one that a process can be started from? Keys, what comes first, and how much of it there is.

The form of a document says how many siblings there may be; it cannot say that the whole stays small, that nothing comes
twice beside itself, and that what comes first can come first.
"""

from collections.abc import Sequence
from typing import Protocol

MOST_TASKS = 1_000
"""Of a whole schema; the original's largest has 51."""


class Sibling(Protocol):
    """A phase, an objective or a task of a schema."""

    key: str
    after: list[str]


def fits_together(siblings: Sequence[Sibling]) -> bool:
    """Say whether each key is there once and each item can come after those it names, which stand beside it."""
    names = {one.key for one in siblings}
    waiting = {one.key: set(one.after) for one in siblings}
    if len(names) < len(siblings) or any(not after <= names for after in waiting.values()):
        return False
    while waiting:
        ready = [key for key, after in waiting.items() if not after & waiting.keys()]
        if not ready:
            return False
        for key in ready:
            del waiting[key]
    return True
