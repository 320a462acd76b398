"""`people.ground.Ground` over the store: what rights stand on, and who must look again when they change."""

from collections.abc import Mapping

from backend.kit.spaces import SpaceKind, Spaces, space_of
from backend.people.access import Path, Standing
from backend.people.ground import About
from backend.processes.about import about, open_task
from backend.replication import index
from sync.store import Store


class StoredGround:
    """Reads trees and documents for the room of people."""

    def __init__(self, store: Store, spaces: Spaces) -> None:
        self._store = store
        self._spaces = spaces

    def paths(self, process: str) -> Mapping[str, Path]:
        """Return the path of each item of a process; empty when it has no space."""
        space = space_of(SpaceKind.PROCESS, process)
        if not self._store.exists(space):
            return {}
        with self._store.read(space) as tx:
            return index.tree(tx, process).paths()

    def documents(self, process: str, partitions: frozenset[str]) -> int:
        """Return how many documents lie in these partitions."""
        space = space_of(SpaceKind.PROCESS, process)
        if not partitions or not self._store.exists(space):
            return 0
        with self._store.read(space) as tx:
            return tx.info(partitions).documents

    async def about(self, process: str) -> About | None:
        """Return what a process is about; None when it has no space."""
        return await about(self._spaces, process)

    async def open_task(self, process: str, standing: Standing) -> str | None:
        """Return the first task, in the order of the tree, that is not finished and that the person may add to."""
        return await open_task(self._spaces, process, standing, self.paths(process))

    def rights_changed(self, process: str) -> None:
        """Let open feeds of the process look again."""
        self._store.waiting.rights_changed(space_of(SpaceKind.PROCESS, process))

    def person_changed(self, account: str) -> None:
        """Let the devices of one person look again which spaces are theirs."""
        self._store.waiting.person_changed(account)
