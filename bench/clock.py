"""What one measurement found: how much was done, by the clock and by the server's processor."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, sleep

from bench.peers import Peer

RESTS = 5.0  # seconds; the search index begins two to four seconds after the last write
AT_REST = 0.05  # share of a processor
LONGEST_WORK = 120.0  # seconds


@dataclass
class Took:
    """`amount` things in `seconds`; `cpu` is what the server's processor worked for them, None where unknown."""

    amount: int
    seconds: float = 0.0
    cpu: float | None = None


@contextmanager
def timed(peer: Peer, amount: int) -> Generator[Took]:
    """Measure what happens inside the block."""
    took = Took(amount)
    before, began = peer.cpu(), perf_counter()
    yield took
    took.seconds = perf_counter() - began
    after = peer.cpu()
    took.cpu = None if before is None or after is None else after - before


def until_at_rest(peer: Peer) -> None:
    """Wait until the server has done what follows from writing, so that this disturbs nobody's next measurement."""
    began = perf_counter()
    while (before := peer.cpu()) is not None and perf_counter() - began < LONGEST_WORK:
        sleep(RESTS)
        if (peer.cpu() or 0.0) - before < AT_REST * RESTS:
            return
