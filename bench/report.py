"""What came out: documents a second and their ratios, by the clock and by the server's processor."""

import json
import os
import platform
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.measures import Took
from bench.peers import OURS

OUT = Path(__file__).parents[1] / "build" / "bench.json"

Rates = dict[str, dict[str, list[float]]]
"""Measurement → peer → documents a second in each round."""


class Report:
    """Collects every round."""

    def __init__(self) -> None:
        self.clock: Rates = defaultdict(lambda: defaultdict(list))
        self.processor: Rates = defaultdict(lambda: defaultdict(list))

    def add(self, measure: str, peer: str, took: Took, cpu: float | None) -> None:
        """Keep one result; `cpu` is the seconds of processor that the server used for it."""
        self.clock[measure][peer].append(took.documents / took.seconds)
        if cpu:
            self.processor[measure][peer].append(took.documents / cpu)

    def show(self, peers: list[str]) -> None:
        """Print both tables."""
        _table("documents a second", self.clock, peers)
        if self.processor:
            _table("documents a second of the server's processor", self.processor, peers)

    def write(self, documents: int, rounds: int) -> None:
        """Write everything to build/bench.json."""
        OUT.parent.mkdir(exist_ok=True)
        report = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()},
            "documents": documents,
            "rounds": rounds,
            "per_second": self.clock,
            "per_second_of_processor": self.processor,
        }
        OUT.write_text(json.dumps(report, indent=2) + "\n")
        print("\nwritten to build/bench.json")


def _table(title: str, rates: Rates, peers: list[str]) -> None:
    others = [name for name in peers if name != OURS]
    print(f"\n{title} (median)")
    print(" " * 20 + "".join(f"{name:>18}" for name in peers) + "".join(f"{'ours / ' + name:>26}" for name in others))
    for measure, found in rates.items():
        middle = {name: median(found[name]) for name in peers if found.get(name)}
        line = "".join(f"{middle[name]:>18,.0f}" if name in middle else " " * 18 for name in peers)
        ratios = "".join(f"{middle[OURS] / middle[name]:>25.1f}×" for name in others if {name, OURS} <= middle.keys())
        print(f"{measure:20}{line}{ratios}")
