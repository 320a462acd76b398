"""What one person may read and write in one space, for one request: the engine's `Access`, made of rows and the tree.

Rows (membership, grants, counters) were read before; the tree is read in the snapshot of the answer. So a right that
changes in between is seen by the next request, together with the counter that says so.
"""

from collections.abc import Mapping
from functools import cache, partial

from backend.conflicts import queries as conflicts
from backend.kit.spaces import ALL, SpaceKind
from backend.kit.types import DocumentTypes
from backend.people.access import Path, Verb, may, readable
from backend.processes.tree import Lookup, Tree, path
from backend.replication import index
from backend.replication.case import Sender, Surroundings
from backend.replication.gate import judge, open_to
from backend.replication.usual import Usual
from sync.document import Document
from sync.hooks import ACCEPT, Reading, Verdict
from sync.store import ReadTransaction, WriteTransaction

KEPT_TREES = 200

Paths = Mapping[str, Path]


class Trees:
    """The paths of the trees read last; a tree is read again only after it changed.

    Asked on the event loop and on the writer's thread, so it takes only steps that cannot be seen half done.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, bytes], tuple[Tree, Paths]] = {}

    def tree(self, tx: ReadTransaction, process: str) -> tuple[Tree, Paths]:
        """Return the tree of the process and the path of each of its items."""
        key = (process, index.version(tx))
        found = self._kept.get(key)
        if found is None:
            tree = index.tree(tx, process)
            found = (tree, tree.paths())
            if len(self._kept) >= KEPT_TREES:
                self._kept.clear()
            self._kept[key] = found
        return found

    def lookup(self, tx: ReadTransaction, process: str) -> Lookup:
        """Return how to find single items: in the tree if it was read, else one by one, not to read it for each."""
        found = self._kept.get((process, index.version(tx)))
        return found[0].nodes.get if found else cache(partial(index.node, tx))


class SpaceAccess:
    """One person at one space. `principal` is the account's id; empty for who is not signed in."""

    def __init__(
        self,
        *,
        principal: str,
        sender: Sender,
        types: DocumentTypes,
        trees: Trees,
        gained: int = 0,
        lost: int = 0,
    ) -> None:
        self.principal = principal
        self.sender = sender
        self._types = types
        self._trees = trees
        self._gained = gained
        self._lost = lost
        self._usual: tuple[bytes, Usual | None] = (b"", None)
        self._read: tuple[bytes, Reading | None] = (b"", None)

    def reading(self, tx: ReadTransaction) -> Reading:
        """Return the partitions that may be read in this snapshot, with the counters of gained and lost rights.

        They follow from the grants, which are this access' own, and from the tree, so for one state of the tree they
        are worked out once.
        """
        if self.sender.kind is not SpaceKind.PROCESS:
            return Reading(frozenset({ALL}), self._gained, self._lost)
        version = index.version(tx)
        known, reading = self._read
        if reading is None or known != version:
            reading = self._worked_out(tx)
            self._read = version, reading
        return reading

    def _worked_out(self, tx: ReadTransaction) -> Reading:
        """Where rights hang on single items, a move may take something away: every move counts as a possible loss."""
        tree, paths = self._trees.tree(tx, self.sender.owner)
        standing = self.sender.standing
        by_item = any(grant.target is not None for grant in standing.grants)
        return Reading(readable(standing, paths), self._gained, self._lost + (tree.moves if by_item else 0))

    def may_add(self, tx: ReadTransaction, partition: str) -> bool:
        """Say whether the person may add something (a file) to a partition."""
        match self.sender.kind:
            case SpaceKind.COMMONS:
                return False
            case SpaceKind.PERSON:
                return partition == ALL
            case SpaceKind.PROCESS:
                return self._may_add_to_item(tx, partition)

    def _may_add_to_item(self, tx: ReadTransaction, partition: str) -> bool:
        standing = self.sender.standing
        if partition == ALL:
            return standing.administrator and standing.member is not None
        way = path(self.sender.owner, partition, self._trees.lookup(tx, self.sender.owner))
        return isinstance(way, tuple) and may(standing, Verb.CREATE, way)

    def judge(self, tx: WriteTransaction, new: Document, stored: Document | None) -> Verdict:
        """Ask the gate; the usual document passes without much ado."""
        if stored is None:
            usual = self._usual_in(tx)
            if usual.accepts(new) and not (usual.erased and index.erased(tx, new.id)):
                return ACCEPT
        return judge(self._around(tx), new, stored)

    def _usual_in(self, tx: WriteTransaction) -> Usual:
        """Return what is usual in this state of the tree."""
        version = index.version(tx)
        known, usual = self._usual
        if usual is None or known != version:
            usual = Usual(self.sender, partial(open_to, self._around(tx)), erased=index.some_erased(tx))
            self._usual = version, usual
        return usual

    def _around(self, tx: WriteTransaction) -> Surroundings:
        return Surroundings(
            types=self._types,
            sender=self.sender,
            lookup=self._trees.lookup(tx, self.sender.owner),
            erased=partial(index.erased, tx),
            history=partial(conflicts.history, tx, self._types),
        )
