"""Whether an item of a process still stands, so that people may be called to it.

What hangs on a removed item stays readable (`tree.py`), and an archived process is read for years; but nobody is
expected there any more.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from backend.kit.ids import key_of
from backend.kit.spaces import ALL, Spaces
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, TASK

_KINDS = (TASK.name, OBJECTIVE.name, PHASE.name)
_ABOVE = {TASK.name: OBJECTIVE.name, OBJECTIVE.name: PHASE.name}


async def stands(spaces: Spaces, space: str, process: str, item: str) -> bool:
    """Say whether an item and all above it are there, in a process that is not archived."""

    async def read(kind: str, key: str) -> dict[str, Any] | None:
        return await spaces.read(space, f"{ALL}:{kind}:{key}")

    root, *found = await asyncio.gather(read(PROCESS.name, process), *(read(kind, item) for kind in _KINDS))
    if root is None or PROCESS.read(root).archived:
        return False
    if item == process:
        return True
    here = next((one for one in found if one), None)
    while here is not None and (above := _ABOVE.get(here["type"])):
        here = await read(above, here["parent"])
    return here is not None


async def under(spaces: Spaces, space: str, item: str) -> frozenset[str]:
    """Return the keys of an item, which may be removed by now, and of all items that hang under it."""
    lists = await asyncio.gather(*(spaces.list(space, ALL, kind) for kind in _KINDS))
    parents = {key_of(one["_id"]): str(one["parent"]) for some in lists for one in some}
    return frozenset({item, *(key for key in parents if item in _upwards(key, parents))})


def _upwards(key: str, parents: Mapping[str, str]) -> list[str]:
    """Return what an item hangs under; ends in a cycle too."""
    way = [key]
    while (parent := parents.get(way[-1])) is not None and parent not in way:
        way.append(parent)
    return way[1:]
