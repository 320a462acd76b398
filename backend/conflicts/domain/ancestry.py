"""Which revision follows which, the server's own merges included.

A revision tree knows one parent. A merge has several: it follows the greatest version, and each other one is closed by
a deletion whose name is made of both, so whoever has the tree can tell into what a version went (`closing`). With that
edge the tree is a graph in which a phone that goes on from a merged version finds its true ancestor:

    1-a ── 2-y ──────── 3-y†        M merged 2-x and 2-y; 3-y† = closing(2-y, M)
       │      └──────── 3-z         a phone that had not heard of M went on from 2-y
       └── 2-x ── 3-M               common ancestor of M and 3-z: in the tree 1-a, in truth 2-y

Against 1-a, what 2-y changed would count as changed by 3-z too, and as contradicting whatever 3-z made of it.
"""

from collections.abc import Iterable
from hashlib import md5

from sync.revision import generation, order
from sync.revtree import RevTree


def closing(revision: str, into: str) -> str:
    """Name the deletion that closes `revision` because it went into the revision `into`.

    The two names can be told from it and the parent: `_digest(into)` is its digest with `_digest(revision)` taken off.
    """
    return f"{generation(revision) + 1}-{_digest(revision) ^ _digest(into):032x}"


class Ancestry:
    """The graph of one document's revisions."""

    def __init__(self, tree: RevTree) -> None:
        self._tree = tree
        self._absorbed: dict[str, list[str]] = {}
        self._known: dict[str, set[str]] = {}
        self.closings: set[str] = set()
        """Deletions that only say into what their parent went."""
        names = {_digest(revision): revision for revision in tree.nodes} if len(tree.nodes) > 1 else {}
        for revision, node in tree.nodes.items():
            into = names.get(_number(revision) ^ _digest(node.parent)) if node.deleted and node.parent else None
            if node.parent and into is not None and revision == closing(node.parent, into):
                self.closings.add(revision)
                self._absorbed.setdefault(into, []).append(node.parent)

    def of(self, revision: str) -> set[str]:
        """Return the revision and everything it follows, by edits and by merges."""
        if revision in self._known:
            return self._known[revision]
        found = self._known[revision] = set[str]()
        waiting = [revision]
        while waiting:
            for one in self._tree.path(waiting.pop()):
                if one in found:
                    break
                found.add(one)
                waiting += self._absorbed.get(one, ())
        return found

    def nearest(self, revisions: Iterable[str]) -> str | None:
        """Return the newest revision that all of these follow (or are); None when they have none in common."""
        first, *others = (self.of(one) for one in revisions)
        return max(first.intersection(*others), key=order, default=None)


def _digest(revision: str) -> int:
    return int(md5(revision.encode(), usedforsecurity=False).hexdigest(), 16)


def _number(revision: str) -> int:
    """The digest of a revision as a number; one that is not of our making gives some number that no name has."""
    try:
        return int(revision.partition("-")[2], 16)
    except ValueError:
        return -1
