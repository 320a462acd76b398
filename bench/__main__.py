"""`python -m bench [--only push,pull] [--large] [--engine]`: measure, print ratios, write bench/results.json.

Rounds are interleaved, so that a busy moment of the machine meets everybody; of each measurement the median counts.
The numbers of one machine and one moment say little, their ratios more.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import many, measures
from bench.clock import until_at_rest
from bench.counts import counts
from bench.first_pull import first_pull
from bench.measures import PAGE, Measure, push
from bench.ours import nothing_new, own_feed
from bench.peers import Peer, running
from bench.report import OUT, Report
from bench.waiting import UnableError, WaitingDevices

DEVICES = 4
"""So many push or pull at the same time where the name of a measurement says so."""

EMPTY: dict[str, Measure] = {
    "push-100": push(100),
    "push-100-4": push(100, DEVICES),
    "push-500-4": push(500, DEVICES),
    "push-500": push(500),
}
"""Each of these begins with an empty database; the last one leaves the documents that the others read."""

FILLED: dict[str, Measure] = {
    "pull": measures.pull(),
    "pull-4": measures.pull(DEVICES),
    "revs-diff": measures.revs_diff,
    "all-docs": measures.all_docs,
    "first-pull": first_pull,
    "get": measures.get,
    "get-32": many.get,
    "put": measures.put,
    "put-32": many.put,
}
PLACES = 2 + len(EMPTY)
"""Empty databases that one round needs."""

OURS_ALONE = ("feed", "nothing-new", "memory", "counts")
WAITING = 1_000
MANY_WAITING = 10_000
FEEDS = (10_000, 100_000)
LARGEST = 1_000_000


def main() -> None:
    options = _options()
    report = Report()
    waiting = WaitingDevices(MANY_WAITING if options.large else WAITING)
    sizes = (*FEEDS, *([LARGEST] if options.large else []))
    feeds = sizes if "feed" in options.only else ()
    crowd = waiting.devices if "waiting" in options.only else 0
    if "counts" in options.only:
        for what, numbers in counts().items():
            report.tell(what, numbers)
    with running(engine=options.engine, places=1 + PLACES * options.rounds, feeds=feeds, waiting=crowd) as peers:
        _alone(peers[0], options.only, report)
        for number in range(options.rounds):
            for peer in peers:
                print(f"round {number + 1} of {options.rounds}: {peer.name}", flush=True)
                _round(peer, options, report)
        for number in range(options.rounds if crowd else 0):  # after everything else: a peer may not survive it
            for peer in peers:
                print(f"{crowd:,} wait, round {number + 1} of {options.rounds}: {peer.name}", flush=True)
                _wake(peer, waiting, report)
    for name, found in waiting.memory.items():
        report.tell(f"each waiting device, {name}", {"KB": min(found) / 1000})
    report.show([peer.name for peer in peers])
    told = {name: value for name, value in vars(options).items() if name not in ("only", "to")}
    report.write(options.to, told | {"unable_to_wake": waiting.unable})


def _alone(ours: Peer, only: Sequence[str], report: Report) -> None:
    """Our own promises, while the server is still at rest."""
    until_at_rest(ours)  # the feeds that were filled are taken into the search index
    if "memory" in only and (memory := ours.memory()):
        report.tell("memory at rest", {"MB": memory / 1e6})
    if "nothing-new" in only:
        report.tell("nothing new", nothing_new(ours))
    for count, place in ours.house.feeds.items() if ours.house else ():
        report.tell(f"own feed in {count:,}", own_feed(ours, place))


def _round(peer: Peer, options: argparse.Namespace, report: Report) -> None:
    count: int = options.documents
    place = peer.place()
    push(PAGE)(peer, place, PAGE)  # nobody is measured cold
    pushed = [name for name in EMPTY if name in options.only]
    if not pushed and any(name in options.only for name in FILLED):
        push(PAGE)(peer, place, count)
    for name in pushed:
        place = peer.place()
        report.add(name, peer.name, EMPTY[name](peer, place, count))
    until_at_rest(peer)
    for name, measure in FILLED.items():
        if name in options.only:
            report.add(name, peer.name, measure(peer, place, count))


def _wake(peer: Peer, waiting: WaitingDevices, report: Report) -> None:
    try:
        took = waiting(peer)
    except UnableError as error:
        print(f"{peer.name} cannot wake {waiting.devices:,} devices: {error}")
        return
    report.add(f"waiting-{waiting.devices}", peer.name, took)
    told = {"s by the clock": took.seconds, "s of processor": took.cpu or 0.0}
    report.tell(f"until the last of {waiting.devices:,} has heard, {peer.name}, latest round", told)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure ourselves beside peers.")
    known = (*EMPTY, *FILLED, "waiting", *OURS_ALONE)
    parser.add_argument("--only", type=_chosen(known), default=known, help=f"some of {','.join(known)}")
    parser.add_argument("--documents", type=_within(500, 100_000), default=5000)
    parser.add_argument("--rounds", type=_within(1, 20), default=3)
    parser.add_argument("--large", action="store_true", help="a feed in a million documents, 10,000 waiting devices")
    parser.add_argument("--to", type=Path, default=OUT, metavar="FILE", help="where the numbers go, as JSON")
    parser.add_argument("--engine", action="store_true", help="measure the engine without a house too")
    return parser.parse_args()


def _chosen(known: Sequence[str]) -> Callable[[str], list[str]]:
    """A list of names; «push» means all that begin so."""

    def names(text: str) -> list[str]:
        asked = text.split(",")
        unknown = [one for one in asked if not any(name.startswith(one) for name in known)]
        if unknown:
            message = f"there is no {unknown[0]}: {', '.join(known)}"
            raise argparse.ArgumentTypeError(message)
        return [name for name in known if any(name.startswith(one) for one in asked)]

    return names


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
