"""Questions to `backend.people.access` with its answers, for the phone's own copy of the rule.

`python -m tests.backend.people.vectors > pwa/src/lib/model/access.vectors.json`. The PWA's tests ask its rule the same
questions (access.test.ts); test_access_on_phones.py keeps the file fresh.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from itertools import product

from backend.people.access import Grant, Standing, Verb, may

PROCESS, PHASE, OBJECTIVE, TASK = PATH = ("process", "phase", "objective", "task")
TARGETS = (None, PROCESS, PHASE, OBJECTIVE, TASK, "elsewhere")
TEAMS = ("A", "B", "strangers")
MINE = ("A", "B")
FLAGS = tuple("".join(flag for flag, on in zip("acd", bits, strict=True) if on) for bits in product((0, 1), repeat=3))
MIXED = 300

Grants = tuple[tuple[str, str | None, str], ...]
"""Team, target, and the first letters of what is allowed."""


def vectors() -> list[dict[str, object]]:
    """Every single grant and every length of path, then many grants mixed: the same ones at each run."""
    single = [((team, target, flags),) for team in TEAMS for target in TARGETS for flags in FLAGS]
    return [
        *(_asked(grants, len(PATH), administrator=False) for grants in single),
        *(_asked(grants, length, administrator=chief) for grants, length, chief in _mixed()),
    ]


def _mixed() -> Iterator[tuple[Grants, int, bool]]:
    for number in range(MIXED):
        dice = iter(hashlib.sha512(str(number).encode()).digest())
        grants = tuple(
            (TEAMS[next(dice) % 3], TARGETS[next(dice) % 6], FLAGS[next(dice) % 8]) for _ in range(next(dice) % 9)
        )
        yield grants, next(dice) % 5, next(dice) % 16 == 0


def _asked(grants: Grants, length: int, *, administrator: bool) -> dict[str, object]:
    given = tuple(
        Grant(team, target, access="a" in flags, create="c" in flags, delete="d" in flags)
        for team, target, flags in grants
    )
    standing = Standing("me", administrator, frozenset(MINE), given)
    path = PATH[:length]
    allowed = "".join(verb[0] for verb in Verb if may(standing, verb, path))
    return {"grants": grants, "teams": MINE, "administrator": administrator, "path": path, "may": allowed}


def written() -> str:
    """Return the file as it stands beside the phone's rule: one question a line."""
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in vectors())
    return f"[\n{lines}\n]\n"


if __name__ == "__main__":
    sys.stdout.write(written())
