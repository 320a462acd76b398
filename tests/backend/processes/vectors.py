"""How far things are, by `backend.processes.progress`, for the phone's own copy of the rule.

`python -m tests.backend.processes.vectors > pwa/src/lib/model/progress.vectors.json`. The PWA's tests ask its rule the
same questions (progress.test.ts); test_progress.py keeps the file fresh.
"""

import json
import sys
from itertools import product
from typing import Final

from backend.processes.documents import Status
from backend.processes.progress import share_of, status_of

COUNTS: Final = (0, 1, 2, 3, 7, 16, 61)
"""Of each status; 16 and its like make shares that lie between two roundings."""


def vectors() -> list[dict[str, object]]:
    """Return each mixture of statuses with its answer."""
    return [_asked(awaiting, begun, done) for awaiting, begun, done in product(COUNTS, repeat=3)]


def _asked(awaiting: int, begun: int, done: int) -> dict[str, object]:
    counted: tuple[tuple[Status, int], ...] = (("awaiting", awaiting), ("in_progress", begun), ("finished", done))
    statuses: list[Status] = [status for status, count in counted for _ in range(count)]
    return {"tasks": [awaiting, begun, done], "share": share_of(statuses), "status": status_of(statuses)}


def written() -> str:
    """Return the file as it stands beside the phone's rule: one question a line."""
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in vectors())
    return f"[\n{lines}\n]\n"


if __name__ == "__main__":
    sys.stdout.write(written())
