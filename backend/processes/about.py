"""What a process is about, and where somebody who has just joined may begin."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.kit.ids import key_of
from backend.kit.spaces import ALL, SpaceKind, Spaces, space_of
from backend.kit.types import DocumentType
from backend.people.access import Path, Standing, Verb, may
from backend.people.ground import About, AboutPhase
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, TASK, Item, Phase, Status, Task
from backend.processes.progress import share_of, status_of


async def about(spaces: Spaces, process: str) -> About | None:
    """Return what a process is about; None when it has no document yet."""
    space = space_of(SpaceKind.PROCESS, process)
    stored = await spaces.read(space, f"{ALL}:{PROCESS.name}:{process}") if await spaces.exists(space) else None
    if stored is None:
        return None
    document = PROCESS.read(stored)
    phases = await _read(spaces, space, PHASE)
    tasks = await _read(spaces, space, TASK)
    parents = {key_of(one.id): one.parent for one in await _read(spaces, space, OBJECTIVE) if not one.disabled}
    return About(
        name=document.name,
        aim=document.aim,
        place=document.place,
        languages=document.languages,
        public=document.public,
        phases=[_phase(one, [task for task in tasks if parents.get(task.parent) == key_of(one.id)]) for one in phases],
    )


async def open_task(spaces: Spaces, process: str, standing: Standing, paths: Mapping[str, Path]) -> str | None:
    """Return the first task, in the order of the tree, that is not finished and that the person may add to."""
    space = space_of(SpaceKind.PROCESS, process)
    items: dict[str, Item] = {}
    for kind in (PHASE, OBJECTIVE, TASK):
        items |= {key_of(one.id): one for one in await _read(spaces, space, kind)}
    found = [
        (_place(items, paths[key]), key)
        for key, one in items.items()
        if isinstance(one, Task) and one.status != "finished" and _open(items, paths.get(key, ()))
    ]
    return next((key for _, key in sorted(found) if may(standing, Verb.CREATE, paths[key])), None)


def _open(items: Mapping[str, Item], path: Path) -> bool:
    """Whether neither the item nor what it hangs on was switched off or removed."""
    return bool(path) and all(one in items for one in path[1:])


def _place(items: Mapping[str, Item], path: Path) -> list[str]:
    return [items[one].order for one in path[1:]]


def _phase(phase: Phase, tasks: Sequence[Task]) -> AboutPhase:
    statuses: list[Status] = [one.status for one in tasks if not one.disabled]
    return AboutPhase(phase.name, status_of(statuses), share_of(statuses))


async def _read(spaces: Spaces, space: str, kind: DocumentType[Any]) -> list[Any]:
    """Return the items of one type that are switched on, in their order among siblings."""
    found = [kind.read(one) for one in await spaces.list(space, ALL, kind.name)]
    return sorted((one for one in found if not one.disabled), key=lambda one: (one.order, one.id))
