"""What everybody may see of a public process, from its documents. Pure.

Nobody is named, nothing of what people wrote is shown: how far each task is, which partners took part, how many people
of each. Items that are switched off, and all under them, are left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct, to_builtins

from backend.kit.ids import key_of
from backend.people.domain import PartnerKind
from backend.processes.documents import (
    Objective,
    People,
    Phase,
    Process,
    PublishedObjective,
    PublishedPhase,
    PublishedTask,
    Status,
    Task,
)
from backend.processes.progress import share_of, status_of

ItemT = TypeVar("ItemT", Phase, Objective, Task)
_ORDER: Sequence[PartnerKind] = ("gov", "cit", "com")


class Material(Struct, frozen=True):
    """The documents of one process that an outline is made of."""

    process: Process
    phases: Sequence[Phase]
    objectives: Sequence[Objective]
    tasks: Sequence[Task]
    contributions: Sequence[tuple[str, str]]
    """Partition and author of each contribution."""
    kinds: Mapping[str, PartnerKind]
    """Partner of each member who has contributed."""


def outline(material: Material) -> dict[str, Any]:
    """Return the members of the published document."""
    process = material.process
    phases = [_phase(material, one) for one in _under(material.phases, key_of(process.id))]
    tasks = [task for phase in phases for objective in phase.objectives for task in objective.tasks]
    items = (process, *material.phases, *material.objectives, *material.tasks)
    authors = {author for _, author in material.contributions}
    kinds = [material.kinds[one] for one in authors if one in material.kinds]
    members: dict[str, Any] = {
        "name": process.name,
        "aim": process.aim,
        "place": process.place,
        "languages": process.languages,
        "people": People(**{kind: kinds.count(kind) for kind in _ORDER}),
        "progress": share_of(_statuses(tasks)),
        "phases": phases,
        "updated": max(one.at for one in items),
    }
    return to_builtins(members)


def _phase(material: Material, phase: Phase) -> PublishedPhase:
    objectives = [_objective(material, one) for one in _under(material.objectives, key_of(phase.id))]
    statuses = _statuses([task for objective in objectives for task in objective.tasks])
    return PublishedPhase(phase.name, status_of(statuses), share_of(statuses), objectives)


def _objective(material: Material, objective: Objective) -> PublishedObjective:
    tasks = _under(material.tasks, key_of(objective.id))
    places = {key_of(objective.id), *(key_of(task.id) for task in tasks)}
    present = {material.kinds.get(author) for place, author in material.contributions if place in places}
    return PublishedObjective(
        objective.name,
        [kind for kind in _ORDER if kind in present],
        [PublishedTask(task.name, task.status) for task in tasks],
    )


def _under(items: Iterable[ItemT], parent: str) -> list[ItemT]:
    """Return the children of one item, in their order."""
    children = [one for one in items if one.parent == parent and not one.disabled]
    return sorted(children, key=lambda one: (one.order, one.id))


def _statuses(tasks: Sequence[PublishedTask]) -> list[Status]:
    return [task.status for task in tasks]
