"""A document's revisions as a peer that shares no code with the engine keeps them."""

from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True)
class Content:
    """What one revision says."""

    deleted: bool = False
    body: dict[str, object] = field(default_factory=dict)
    photos: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Tree:
    """Names of revisions with their parents, and the content of those that came with it."""

    parents: dict[str, str | None] = field(default_factory=dict)
    contents: dict[str, Content] = field(default_factory=dict)

    def add(self, path: list[str], content: Content) -> None:
        """Take a revision with its history, newest first."""
        self.contents[path[0]] = content
        self.parents.setdefault(path[-1], None)
        for child, parent in pairwise(path):
            if self.parents.get(child) is None:
                self.parents[child] = parent

    def leaves(self) -> list[str]:
        """The winner first: living before deleted, then the longer history, then the greater name."""
        followed = set(self.parents.values())
        return sorted(self.parents.keys() - followed, key=self._standing, reverse=True)

    def winner(self) -> Content:
        return self.contents[self.leaves()[0]]

    def path(self, revision: str) -> list[str]:
        found, one = [], revision
        while one is not None:
            found.append(one)
            one = self.parents[one]
        return found

    def shown(self) -> dict[str, Content | None]:
        """Every leaf with its content."""
        return {leaf: self.contents.get(leaf) for leaf in self.leaves()}

    def without(self, gone: set[str]) -> "Tree":
        """The tree before those revisions came."""
        return Tree({one: parent for one, parent in self.parents.items() if one not in gone}, self.contents)

    def _standing(self, leaf: str) -> tuple[bool, int, str]:
        number, _, digest = leaf.partition("-")
        return not (leaf in self.contents and self.contents[leaf].deleted), int(number), digest
