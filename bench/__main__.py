"""`python -m bench [--documents N] [--rounds N]`: measure, print ratios, write build/bench.json.

Rounds are interleaved, so that a busy moment of the machine meets everybody; of each measurement the median counts.
The numbers of one machine and one moment say little, their ratios more.
"""

import argparse
import json
import os
import platform
import secrets
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.client import Client
from bench.measures import EMPTY, FILLED, PAGE, push
from bench.peers import OURS, Peer, running

OUT = Path(__file__).parents[1] / "build" / "bench.json"

Results = dict[str, dict[str, list[float]]]


def main() -> None:
    options = _options()
    results: Results = defaultdict(lambda: defaultdict(list))
    with running() as peers:
        for number in range(options.rounds):
            for peer in peers:
                print(f"round {number + 1} of {options.rounds}: {peer.name}", flush=True)
                _measure(peer, options.documents, results)
    _print(results, [peer.name for peer in peers])
    _write(results, options)


def _measure(peer: Peer, count: int, results: Results) -> None:
    client = Client(peer.base)
    made = []
    try:
        warm = f"bench-{secrets.token_hex(4)}"
        client.ask("PUT", f"/{warm}")
        made.append(warm)
        push(PAGE)(client, warm, PAGE)  # nobody is measured cold
        for name, measure in EMPTY.items():
            database = f"bench-{secrets.token_hex(4)}"
            client.ask("PUT", f"/{database}")
            made.append(database)
            results[name][peer.name].append(measure(client, database, count))
        for name, measure in FILLED.items():
            results[name][peer.name].append(measure(client, made[-1], count))
    finally:
        for database in made:
            client.ask("DELETE", f"/{database}")
        client.close()


def _print(results: Results, names: list[str]) -> None:
    others = [name for name in names if name != OURS]
    print(f"\n{'documents a second (median)':28}" + "".join(f"{name:>18}" for name in names), end="")
    print("".join(f"{'ours / ' + name:>26}" for name in others))
    for measure, found in results.items():
        ours = median(found[OURS])
        print(f"{measure:28}" + "".join(f"{median(found[name]):>18,.0f}" for name in names), end="")
        print("".join(f"{ours / median(found[name]):>25.1f}×" for name in others))


def _write(results: Results, options: argparse.Namespace) -> None:
    OUT.parent.mkdir(exist_ok=True)
    report = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()},
        "documents": options.documents,
        "rounds": options.rounds,
        "per_second": results,
    }
    OUT.write_text(json.dumps(report, indent=2) + "\n")
    print(f"\nwritten to {OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure ourselves beside a peer.")
    parser.add_argument("--documents", type=_within(500, 100_000), default=5000)
    parser.add_argument("--rounds", type=_within(1, 20), default=3)
    return parser.parse_args()


def _within(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            message = f"{least} to {most}, please"
            raise argparse.ArgumentTypeError(message)
        return value

    return number


if __name__ == "__main__":
    main()
