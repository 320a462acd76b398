"""Where each person's commitments lie, as rows: a calendar is made without walking through all spaces.

A row stands for the answer to a claim (`place`), or for coming without having asked (`attendance`).
"""

from collections.abc import Sequence

from backend.codelivery import queries
from backend.codelivery.documents import ATTENDANCE, NEED, PLACED
from backend.codelivery.queries import CommitmentOf
from backend.kit.ids import DocumentId, split_id
from backend.kit.spaces import SpaceKind, Spaces, process_of, space_of
from backend.people import queries as people
from sync.rows import FeedEntry

_OF_A_MEMBER = (PLACED.name, ATTENDANCE.name)


class Commitments:
    """Keeps the rows of commitments as the documents have it."""

    name = "commitments"
    kinds = (*_OF_A_MEMBER, NEED.name)

    def __init__(self, spaces: Spaces) -> None:
        self._spaces = spaces

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Read again what these changes touch."""
        touched: dict[str, set[str]] = {}
        needs: dict[str, set[DocumentId]] = {}
        for entry in entries:
            name = split_id(entry.id)
            process = process_of(entry.database)
            if name is None or process is None:
                continue
            if name.type in _OF_A_MEMBER:
                touched.setdefault(process, set()).add(f"{name.partition}-{name.key}")
            elif name.type == NEED.name:
                needs.setdefault(process, set()).add(name)
        for process in touched.keys() | needs.keys():
            if await people.process_exists(process):
                moved = [one for need in needs.get(process, ()) for one in await self._of_need(process, need)]
                await self._settle(process, touched.get(process, set()) | set(moved))

    async def forget(self) -> None:
        """Remove all rows."""
        await queries.drop_all_commitments()

    async def _of_need(self, process: str, need: DocumentId) -> list[str]:
        found = await queries.commitments_to(process, need.key)
        return [one.id for one in found if one.item == need.partition]

    async def _settle(self, process: str, keys: set[str]) -> None:
        kept = {key: await self._read(process, key) for key in sorted(keys)}
        await queries.keep_commitments([one for one in kept.values() if one])
        await queries.drop_commitments([key for key, one in kept.items() if one is None])

    async def _read(self, process: str, key: str) -> CommitmentOf | None:
        """Return the row of one commitment; None when no document stands behind it."""
        space = space_of(SpaceKind.PROCESS, process)
        item, occurrence, member = key.split("-", 2)
        for kind in _OF_A_MEMBER:
            document = await self._spaces.read(space, f"{item}:{kind}:{occurrence}-{member}")
            if document is not None:
                need = str(document.get("need", ""))
                read = await self._spaces.read(space, f"{item}:{NEED.name}:{need}")
                times = NEED.read(read).occurrences if read else []
                ends = next((one.end for one in times if one.id == occurrence), None)
                return CommitmentOf(key, process, item, need, occurrence, member, ends)
        return None
