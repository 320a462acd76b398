"""What the tests of merging share: a task in several versions, and the history they make."""

from collections.abc import Iterable
from typing import Any

from backend.conflicts.domain.settlement import History, settled
from backend.processes.documents import TASK
from backend.replication.registry import TYPES
from sync.document import Document
from sync.revtree import RevTree
from tests.backend.replication.judged import a_task, as_document
from tests.backend.world import revised

ANCESTOR = {**a_task(status="awaiting", profiles=["p", "q"], teams=[]), "name": {"en": "Paint", "it": "Dipingere"}}


def content(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if not name.startswith("_")}


def a_version(digest: str, *, after: dict[str, Any] = ANCESTOR, **changes: Any) -> dict[str, Any]:
    """The next revision with a name we choose: equal generations compare by it."""
    told = revised(after, **changes)
    ids = [digest, *after["_revisions"]["ids"]]
    return {**told, "_rev": f"{len(ids)}-{digest}", "_revisions": {"start": len(ids), "ids": ids}}


class Peer:
    """A server without storage: a tree, what is known of it, and the rules."""

    def __init__(self, known: Iterable[dict[str, Any]] = ()) -> None:
        self.tree = RevTree()
        self.said: dict[str, dict[str, Any]] = {}
        for one in known:
            self.hears(as_document(one))

    def hears(self, new: Document) -> None:
        """Merge a revision with its history, as the engine does."""
        if self.tree.merge(new.path, deleted=new.deleted, body=1):
            self.said[new.rev] = new.content

    @property
    def history(self) -> History:
        return History(ANCESTOR["_id"], TYPES.get("task") or TASK, self.tree, self.said.get)

    def settles(self) -> list[Document]:
        """Add what is to be added, until there is nothing more."""
        added: list[Document] = []
        while more := settled(self.history):
            for one in more:
                self.hears(one)
            added += more
            assert len(added) < 1000
        return added

    def hears_all(self, other: "Peer") -> None:
        """What replication brings: the leaves with their histories, not what lies between."""
        for leaf in other.leaves:
            gone = other.tree.nodes[leaf].deleted
            self.hears(Document(ANCESTOR["_id"], other.tree.path(leaf), gone, decoded=other.said[leaf]))

    @property
    def leaves(self) -> list[str]:
        return self.tree.leaves()

    @property
    def living(self) -> list[str]:
        return [one for one in self.leaves if not self.tree.nodes[one].deleted]

    @property
    def shown(self) -> dict[str, Any]:
        return self.said[self.leaves[0]]
