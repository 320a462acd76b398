"""Prerequisites → the order in which things are done.

Phases stand in one file each, in the order of the alphabet, so only their prerequisites tell what comes first. The
order is topological (Kahn 1962) and stable: among items that may come next, the one that stands first in the file
does. A cycle has no order, and there is no honest way to import it.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from backend.catalogue.domain.importer.problem import CatalogueError
from backend.catalogue.domain.importer.raw import RawPrerequisite


class Ordered(Protocol):
    """A phase, an objective or a task."""

    id: str
    prerequisites: list[RawPrerequisite]


ItemT = TypeVar("ItemT", bound=Ordered)


def in_order(items: Sequence[ItemT], files: Mapping[str, str] | str, field: str) -> list[ItemT]:
    """Return siblings so that each comes after its prerequisites.

    `files` is the file that all stand in, or the file of each id. Raises CatalogueError for an id that comes twice, a
    prerequisite nobody is, and a cycle.
    """
    by_id = {item.id: item for item in items}
    file = files if isinstance(files, str) else files[items[0].id] if items else ""
    if len(by_id) < len(items):
        twice = next(item.id for number, item in enumerate(items) if item.id in {one.id for one in items[:number]})
        raise CatalogueError(file, field, f"the id «{twice}» stands here twice")
    for item in items:
        for needed in item.prerequisites:
            if needed.item not in by_id:
                where = files if isinstance(files, str) else files[item.id]
                raise CatalogueError(where, f"{field} «{item.id}».prerequisites", f"«{needed.item}» is not beside it")
    return _sorted(list(items), file, field)


def _sorted(waiting: list[ItemT], file: str, field: str) -> list[ItemT]:
    done: dict[str, ItemT] = {}
    while waiting:
        ready = next((item for item in waiting if all(one.item in done for one in item.prerequisites)), None)
        if ready is None:
            round_trip = ", ".join(f"«{item.id}»" for item in waiting)
            raise CatalogueError(file, f"{field}.prerequisites", f"these wait for each other in a circle: {round_trip}")
        waiting.remove(ready)
        done[ready.id] = ready
    return list(done.values())
