"""What came out: things a second and their ratios, by the clock and by the server's processor, and our own numbers."""

import json
import os
import platform
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.clock import Took
from bench.peers import OURS

OUT = Path(__file__).parent / "results.json"

Rates = dict[str, dict[str, list[float]]]
"""Measurement → peer → things a second in each round."""


class Report:
    """Collects every round."""

    def __init__(self) -> None:
        self.clock: Rates = defaultdict(lambda: defaultdict(list))
        self.processor: Rates = defaultdict(lambda: defaultdict(list))
        self.ours: dict[str, Mapping[str, float]] = {}

    def add(self, measure: str, peer: str, took: Took) -> None:
        """Keep one result of something that everybody is measured at."""
        self.clock[measure][peer].append(took.amount / took.seconds)
        if took.cpu:
            self.processor[measure][peer].append(took.amount / took.cpu)

    def tell(self, measure: str, numbers: Mapping[str, float]) -> None:
        """Keep numbers that have no peer."""
        self.ours[measure] = numbers

    def show(self, peers: list[str]) -> None:
        """Print the tables."""
        _table("a second, by the clock", self.clock, peers)
        _table("a second of the server's processor", self.processor, peers)
        for measure, numbers in self.ours.items():
            print(f"{measure}: " + ", ".join(f"{value:,.2f} {unit}" for unit, value in numbers.items()))

    def write(self, to: Path, options: Mapping[str, object]) -> None:
        """Write everything as JSON."""
        report = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()},
            "options": options,
            "per_second": self.clock,
            "per_second_of_processor": self.processor,
            "ours": self.ours,
        }
        to.write_text(json.dumps(report, indent=2) + "\n")
        print(f"\nwritten to {to}")


def _table(title: str, rates: Rates, peers: list[str]) -> None:
    if not rates:
        return
    others = [name for name in peers if name != OURS]
    print(f"\n{title} (median)")
    print(" " * 24 + "".join(f"{name:>16}" for name in peers) + "".join(f"{'ours / ' + name:>24}" for name in others))
    for measure, found in rates.items():
        middle = {name: median(found[name]) for name in peers if found.get(name)}
        line = "".join(f"{middle[name]:>16,.0f}" if name in middle else f"{'—':>16}" for name in peers)
        both = [name if {name, OURS} <= middle.keys() else "" for name in others]
        ratios = "".join(f"{middle[OURS] / middle[name]:>23.1f}×" if name else f"{'—':>24}" for name in both)
        print(f"{measure:24}{line}{ratios}")
    print()
