"""`python -m bench [--documents N] [--rounds N]`: measure, print ratios, write build/bench.json.

Rounds are interleaved, so that a busy moment of the machine meets everybody; of each measurement the median counts.
The numbers of one machine and one moment say little, their ratios more.
"""

import argparse
import secrets
from collections.abc import Callable

from bench.client import Client
from bench.measures import EMPTY, FILLED, PAGE, Measure, push
from bench.peers import Peer, running
from bench.report import Report


def main() -> None:
    options = _options()
    report = Report()
    with running() as peers:
        for number in range(options.rounds):
            for peer in peers:
                print(f"round {number + 1} of {options.rounds}: {peer.name}", flush=True)
                _round(peer, options.documents, report)
    report.show([peer.name for peer in peers])
    report.write(options.documents, options.rounds)


def _round(peer: Peer, count: int, report: Report) -> None:
    client = Client(peer.base)
    made: list[str] = []

    def fresh() -> str:
        made.append(f"bench-{secrets.token_hex(4)}")
        client.ask("PUT", f"/{made[-1]}")
        return made[-1]

    def run(name: str, measure: Measure) -> None:
        before = peer.cpu()
        took = measure(client, made[-1], count)
        after = peer.cpu()
        report.add(name, peer.name, took, None if before is None or after is None else after - before)

    try:
        push(PAGE)(client, fresh(), PAGE)  # nobody is measured cold
        for name, measure in EMPTY.items():
            fresh()
            run(name, measure)
        for name, measure in FILLED.items():
            run(name, measure)
    finally:
        for database in made:
            client.ask("DELETE", f"/{database}")
        client.close()


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
