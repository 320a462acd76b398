"""A member's document appears in the process with the first thing they make or change in it, not when they join."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from backend.kit.clock import Clock
from backend.kit.ids import DocumentId
from backend.kit.spaces import ALL, SERVER, SpaceKind, Spaces, process_of, space_of
from backend.kit.types import DocumentTypes, Partition, Who
from backend.people import queries
from backend.people.documents import MEMBER
from backend.people.mirror import mirror_member
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, TASK
from sync.rows import FeedEntry
from sync.store import Store

TREE = frozenset(one.name for one in (PROCESS, PHASE, OBJECTIVE, TASK))


class _Signed(Struct):
    """All that is read of what somebody made or changed."""

    author: str = ""
    by: str = ""


_read = msgspec.json.Decoder(_Signed).decode


class Members:
    """Writes `all:member:<id>` for whoever contributed, commented, answered, or said how far a task is."""

    name = "members"

    def __init__(self, store: Store, spaces: Spaces, clock: Clock, types: DocumentTypes) -> None:
        self._store = store
        self._spaces = spaces
        self._clock = clock
        made = {one.name for one in types if one.partition is Partition.ITEM and Who.SERVER not in one.create}
        self.kinds = made | TREE

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Write the members whose work is among these changes."""
        written: dict[str, list[FeedEntry]] = {}
        for entry in entries:
            written.setdefault(entry.database, []).append(entry)
        authors: dict[str, set[str]] = {}
        for database, some in written.items():
            process = process_of(database)
            if process and self._store.exists(database):
                authors[process] = self._authors(database, some)
        for process, members in authors.items():
            unnamed = {one for one in members if not await self._is_named(process, one)}
            for membership in await queries.members_of(process) if unnamed else ():
                if membership.member in unnamed:
                    await mirror_member(self._spaces, membership, self._clock())

    def _authors(self, database: str, entries: Sequence[FeedEntry]) -> set[str]:
        """Return who made these things, and who changed them last.

        What one sends new is one's own, as the gate sees to: one such document tells the author of all that came from
        the same sender. Of edits, and of what the server brought, each is looked at.
        """
        telling: dict[str, int] = {}
        with self._store.read(database) as tx:
            senders = tx.senders([one.body for one in entries if not one.deleted])
            for entry in entries:
                if sender := senders.get(entry.body) if entry.rev.startswith("1-") else None:
                    telling[sender] = entry.body
                elif not entry.deleted:
                    telling[entry.id] = entry.body
            bodies = tx.bodies(telling.values())
        signed = [_read(body.data) for body in bodies.values()]
        return {member for one in signed for member in (one.author, one.by)} - {SERVER}

    async def _is_named(self, process: str, member: str) -> bool:
        """Say whether the member's document is there; who changes a name or a role writes it again."""
        space = space_of(SpaceKind.PROCESS, process)
        return await self._spaces.read(space, str(DocumentId(ALL, MEMBER.name, member))) is not None

    async def forget(self) -> None:
        """Leave all: whoever took part once stays named until they are erased."""
