"""Real engines for the tests of merging: servers that merge, phones that do not, and how they meet."""

from typing import Any

import httpx

from backend.conflicts.actions import Conflicts
from backend.kit.spaces import COMMONS
from backend.replication.registry import TYPES
from sync.database import Database
from sync.document import Document
from sync.door.alone import served
from sync.peer import Peer
from sync.store import Store
from sync.winner import tree_of
from tests.backend.conflicts.versions import ANCESTOR
from tests.backend.replication.judged import as_document

SPACE = "process-garden"
TASK = ANCESTOR["_id"]


class Engine:
    """A store with one space and the task in it; other engines reach it over HTTP."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.database = Database(store, SPACE)
        self._conflicts = Conflicts(store, TYPES)
        self._since = 0

    async def opens(self) -> None:
        await self.store.create(COMMONS)
        await self.store.create(SPACE)
        await self.hears(ANCESTOR)

    @property
    def peer(self) -> Peer:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=served(self.store)), base_url="http://side")
        return Peer(client, SPACE)

    async def hears(self, *documents: dict[str, Any]) -> None:
        await self.database.replicate([as_document(one) for one in documents])

    async def settles(self) -> None:
        """Do what a server's follower does; a phone never does it."""
        self._since = await self._conflicts.follow(self._since)

    def leaves(self) -> list[Document]:
        """What a replication brings: each leaf with its history."""
        with self.store.read(SPACE) as tx:
            found: list[Document] = []
            for row in tx.changed(None, 0, tx.number, 1000):
                tree = tree_of(row)
                for leaf in tree.leaves():
                    node = tree.nodes[leaf]
                    found.append(
                        Document(row.id, tree.path(leaf), node.deleted, tx.bodies((node.body,))[node.body].data)
                    )
            return found

    def trees(self) -> dict[str, Any]:
        """Every revision with its parent, and the leaves, the deleted ones marked."""
        with self.store.read(SPACE) as tx:
            trees = {row.id: tree_of(row) for row in tx.changed(None, 0, tx.number, 1000)}
        return {
            name: (
                {rev: node.parent for rev, node in tree.nodes.items()},
                [(leaf, tree.nodes[leaf].deleted) for leaf in tree.leaves()],
            )
            for name, tree in trees.items()
        }


async def tells(source: Engine, target: Engine) -> None:
    await target.database.replicate(source.leaves())
