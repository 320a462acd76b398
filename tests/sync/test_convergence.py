"""Thousands of short histories of devices, rights and faults: after each, the first four promises hold.

The simulation (`simulation/`) is made of small peers that share no code with the engine:

    history ──▶ device ──▶ wire ──▶ server: the real door and store      judge: are device and server what truth says?
                            └─────▶ truth: what must be true now ──────────┘

A failure prints the seed and the story; `INTERLINK_SEED=<seed> pytest tests/sync/test_convergence.py` tells it again.
`INTERLINK_SOAK=1` runs many more.
"""

import asyncio
import os

import pytest
from simulation.history import History

SEED = os.environ.get("INTERLINK_SEED")
CHUNK = 100
CHUNKS = 400 if os.environ.get("INTERLINK_SOAK") else 20
FIRST = [int(SEED)] if SEED else [chunk * CHUNK for chunk in range(CHUNKS)]
ENOUGH = 300
"""Histories in which a broken rule must show."""


def tell_all(seeds, broken=""):
    for seed in seeds:
        history = History(seed, broken)
        try:
            asyncio.run(history.run())
        except Exception as error:
            story = "\n".join(history.told)
            raise AssertionError(f"{story}\n\nINTERLINK_SEED={seed}: {error}") from error


@pytest.mark.parametrize("first", FIRST)
def test_whatever_happens_the_promises_hold(first):
    tell_all(range(first, first + (1 if SEED else CHUNK)))


def test_the_same_seed_tells_the_same_story():
    stories = [History(7), History(7)]
    for history in stories:
        asyncio.run(history.run())
    assert stories[0].told == stories[1].told


@pytest.mark.parametrize(
    "rule",
    [
        "a gained right is not counted",
        "a lost right is not counted",
        "a moved subtree is not told again",
        "a crash forgets what was acknowledged",
        "a restored backup passes for the life it was taken from",
    ],
)
def test_a_rule_that_is_broken_is_noticed(rule):
    with pytest.raises(AssertionError, match="INTERLINK_SEED"):
        tell_all(range(ENOUGH), rule)
