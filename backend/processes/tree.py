"""The tree of a process: phases, their objectives, their tasks.

A node knows only its parent, because that is what one document can say for itself. Everything else is derived here, and
must end whatever people wrote while they were apart:

    process ◀── phase ◀── objective ◀── task        the path of the task reads from the process down to it
    process ◀── phase ◀── objective                 an *ancestor is unknown* until its document arrives
                  A ◀──▶ B                          a *cycle*: A was moved under B here, B under A there

Documents arrive in any order, so an unknown ancestor is ordinary, and so is a cycle: each of its two moves was right
when it was made. Items in a cycle have no path; administrators see them and put them right.
A deleted item keeps its node, marked `gone`: what people contributed to it stays theirs and stays readable as before,
only nothing new is added to it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct

PARENTS: Final[Mapping[str, str]] = {"phase": "process", "objective": "phase", "task": "objective"}
"""The type of an item → the type its parent must have."""


class Node(Struct, frozen=True, array_like=True):
    """One item of the tree, as its winning revision says."""

    type: str
    parent: str
    gone: bool = False


class Unknown(Struct, frozen=True):
    """The item, or one of its ancestors, has not arrived: `id` is the nearest one missing."""

    id: str


class Loop(Struct, frozen=True):
    """The item is in a cycle or under one."""


Lookup = Callable[[str], Node | None]


def path(process: str, item: str, lookup: Lookup) -> tuple[str, ...] | Unknown | Loop:
    """Return the ids from the process down to `item`, both included; the process itself is a path of one."""
    upwards = [item]
    while upwards[-1] != process:
        node = lookup(upwards[-1])
        if node is None:
            return Unknown(upwards[-1])
        if node.parent in upwards:
            return Loop()
        upwards.append(node.parent)
    return tuple(reversed(upwards))


def subtree(item: str, children: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Return the item and everything under it; ends in a cycle too."""
    found: set[str] = set()
    waiting = [item]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(children(one))
    return frozenset(found)


class Tree(Struct, frozen=True):
    """The whole tree of one process at one moment."""

    process: str
    nodes: Mapping[str, Node]
    moves: int = 0
    """How often an item got another parent: rights that hang on items may have been lost with it."""

    def paths(self) -> dict[str, tuple[str, ...]]:
        """Return the path of the process and of each item; empty for an item that hangs on nothing or in a cycle."""
        found: dict[str, tuple[str, ...]] = {self.process: (self.process,)}
        for item in self.nodes:
            way = path(self.process, item, self.nodes.get)
            found[item] = way if isinstance(way, tuple) else ()
        return found
