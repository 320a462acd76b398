"""What one measurement found: how much was done, by the clock and by the server's processor."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from bench.peers import Peer


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
