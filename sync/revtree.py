"""The revision tree: all known revisions of one document and how they follow each other.

    1-a ── 2-b ── 3-c          leaves: 3-c, 3-d and 2-e†  († deleted)
        │      └─ 3-d          winner: 3-d
        └─ 2-e†                path of 3-c: 3-c, 2-b, 1-a

A replica sends a revision with its path, newest first. Merging is the union of what is known with that path: each
revision keeps its parent, and a revision without a known parent (the rest was stemmed) gets one when a path tells it. A
union does not care for order or repetition, therefore replicas that have heard the same paths hold the same tree.

The **winner** is what everybody shows, without talking to each other: of all leaves the greatest by (not deleted,
generation, digest). The other leaves that are not deleted are **conflicts**. **Stemming** keeps of each leaf's path
only the newest revisions; it can cut a trunk, and a late path through the cut then stands as a tree of its own.

CouchDB, «Replication and conflict model»; the same rules stand in Apache CouchDB's `couch_key_tree` and PouchDB's
`merge`.
"""

from collections.abc import Iterable
from itertools import pairwise

import msgspec
from msgspec import Struct

from sync.revision import generation, order


class Node(Struct, array_like=True):
    """One revision; `body` is the store's key of its content, 0 when only its name is known."""

    parent: str | None
    deleted: bool = False
    body: int = 0


class RevTree:
    """All revisions of one document, by name."""

    __slots__ = ("nodes",)

    def __init__(self, nodes: dict[str, Node] | None = None) -> None:
        self.nodes: dict[str, Node] = nodes or {}

    def __contains__(self, revision: str) -> bool:
        return revision in self.nodes

    def merge(self, path: tuple[str, ...], *, deleted: bool = False, body: int = 0) -> bool:
        """Add a revision with its history, newest first; False when the revision was known before."""
        nodes = self.nodes
        known = path[0] in nodes
        if not known:
            nodes[path[0]] = Node(None, deleted, body)
        for child, parent in pairwise(path):
            if nodes[child].parent is None:
                nodes[child].parent = parent
            if parent not in nodes:
                nodes[parent] = Node(None)
        return not known

    def leaves(self) -> list[str]:
        """Revisions nobody follows, the winner first."""
        if len(self.nodes) == 1:
            return list(self.nodes)
        parents = {node.parent for node in self.nodes.values()}
        leaves = [revision for revision in self.nodes if revision not in parents]
        return sorted(leaves, key=self._standing, reverse=True)

    def conflicts(self) -> list[str]:
        """Leaves that are neither the winner nor deleted."""
        return [revision for revision in self.leaves()[1:] if not self.nodes[revision].deleted]

    def path(self, revision: str) -> tuple[str, ...]:
        """The revision and its known ancestors, newest first."""
        path: list[str] = []
        following: str | None = revision
        while following is not None and following in self.nodes:
            path.append(following)
            following = self.nodes[following].parent
        return tuple(path)

    def latest(self, revision: str) -> list[str]:
        """The leaves that descend from this revision (itself, when it is one), the best first."""
        return [leaf for leaf in self.leaves() if revision in self.path(leaf)]

    def missing(self, revisions: Iterable[str]) -> list[str]:
        """Those of the revisions that are unknown here."""
        return [revision for revision in revisions if revision not in self.nodes]

    def possible_ancestors(self, missing: list[str]) -> list[str]:
        """Leaves old enough to be ancestors of a missing revision: the sender may then send only what is new since."""
        newest = max(generation(revision) for revision in missing)
        return [leaf for leaf in self.leaves() if generation(leaf) < newest]

    def newest_generation(self) -> int:
        """The greatest known generation; 0 in an empty tree."""
        return max((generation(revision) for revision in self.nodes), default=0)

    def stem(self, limit: int) -> list[int]:
        """Keep at most `limit` revisions of each leaf's path; the keys of bodies nobody refers to any more."""
        if limit >= len(self.nodes):
            return []
        kept = {revision for leaf in self.leaves() for revision in self.path(leaf)[:limit]}
        dropped = [node.body for revision, node in self.nodes.items() if revision not in kept and node.body]
        self.nodes = {revision: node for revision, node in self.nodes.items() if revision in kept}
        for node in self.nodes.values():
            if node.parent not in kept:
                node.parent = None
        return dropped

    def forget(self, leaf: str) -> list[int]:
        """Remove a leaf and the ancestors only it has (purge); the keys of their bodies."""
        others = {revision for other in self.leaves() if other != leaf for revision in self.path(other)}
        gone = [revision for revision in self.path(leaf) if revision not in others]
        return [node.body for node in (self.nodes.pop(revision) for revision in gone) if node.body]

    def _standing(self, revision: str) -> tuple[bool, tuple[int, str]]:
        return not self.nodes[revision].deleted, order(revision)


def dump(tree: RevTree) -> bytes:
    """The tree as bytes for a store."""
    return msgspec.msgpack.encode(tree.nodes)


def load(data: bytes) -> RevTree:
    """The tree that `dump` wrote."""
    return RevTree(_DECODER.decode(data))


_DECODER = msgspec.msgpack.Decoder(dict[str, Node])
