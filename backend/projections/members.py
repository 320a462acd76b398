"""A member's document appears in the process with the first thing they make in it, not when they join."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from backend.kit.clock import Clock
from backend.kit.ids import split_id
from backend.kit.spaces import SpaceKind, Spaces, kind_of
from backend.kit.types import DocumentTypes, Partition, Who
from backend.people import queries
from backend.people.mirror import mirror_member
from sync.database import Database
from sync.store import FeedEntry, Store


class _Signed(Struct):
    """All that is read of what somebody made."""

    author: str = ""


_read = msgspec.json.Decoder(_Signed).decode


class Members:
    """Writes `all:member:<id>` for whoever made something in an item of the tree: contributed, commented, answered."""

    name = "members"

    def __init__(self, store: Store, spaces: Spaces, clock: Clock, types: DocumentTypes) -> None:
        self._store = store
        self._spaces = spaces
        self._clock = clock
        self._made_by_people = {
            one.name for one in types if one.partition is Partition.ITEM and Who.SERVER not in one.create
        }

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Write the members whose work is among these changes."""
        written: dict[str, list[FeedEntry]] = {}
        for entry in entries:
            name = split_id(entry.id)
            if name and name.type in self._made_by_people:
                written.setdefault(entry.database, []).append(entry)
        authors: dict[str, set[str]] = {}
        for database, some in written.items():
            space = kind_of(database)
            if space and space[0] is SpaceKind.PROCESS and self._store.exists(database):
                bodies = Database(self._store, database).bodies(some)
                authors[space[1]] = {_read(body).author for body in bodies}
        for process, members in authors.items():
            for membership in await queries.members_of(process):
                if membership.member in members:
                    await mirror_member(self._spaces, membership, self._clock())

    async def forget(self) -> None:
        """Leave all: whoever took part once stays named until they are erased."""
