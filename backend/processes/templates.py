"""A process from a schema: the whole tree of the schema, in all its languages, with ids of its own.

Keys of a schema are unique among siblings only, and so are its prerequisites. Pure: ids and the moment are given.
People write schemas too, so nothing about one is taken for granted: a prerequisite that names no sibling is left out
(there is nothing to wait for), of two siblings with one key the first is meant, and prerequisites that go round in a
circle are copied as they are: the guide shows them to be put right. A schema that is too large is refused whole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from backend.catalogue.documents import Schema, SchemaObjective, SchemaPhase, SchemaTask
from backend.kit.envelope import written_by_server
from backend.kit.ids import split_id
from backend.kit.types import DocumentType
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, TASK
from backend.processes.order import keys

MAX_ITEMS: Final = 2_000
"""Phases, objectives and tasks that a process may begin with."""

Json = dict[str, Any]
ItemT = TypeVar("ItemT", SchemaPhase, SchemaObjective, SchemaTask)


def items_in(schema: Schema) -> int:
    """Return how many phases, objectives and tasks a schema has."""
    objectives = [objective for phase in schema.phases for objective in phase.objectives]
    return len(schema.phases) + len(objectives) + sum(len(one.tasks) for one in objectives)


@dataclass(frozen=True)
class Template:
    """Makes the documents of one process."""

    process: str
    """Id of the new process."""
    language: str
    at: datetime
    new_key: Callable[[], str]
    """Gives a new ULID each time."""

    def root(self, name: str, aim: str, schema: Schema | None) -> Json:
        """Return the document of the process itself; without a schema its tree begins empty."""
        members: Json = {
            "name": {self.language: name},
            "languages": list(dict.fromkeys([self.language, *(schema.languages if schema else [])])),
            "status": "in_progress",
            "public": False,
        }
        if aim:
            members["aim"] = {self.language: aim}
        if schema and (slug := split_id(schema.id)):
            members["schema"] = slug.key
        return self._document(PROCESS, self.process, members)

    def tree(self, schema: Schema) -> Iterator[Json]:
        """Yield all phases, objectives and tasks, parents before their children."""
        for phase, id_, place in self._placed(self.process, schema.phases):
            yield self._document(PHASE, id_, place | {"codelivery": phase.codelivery})
            yield from self._objectives(id_, phase)

    def _objectives(self, parent: str, phase: SchemaPhase) -> Iterator[Json]:
        for objective, id_, place in self._placed(parent, phase.objectives):
            yield self._document(OBJECTIVE, id_, place)
            yield from self._tasks(id_, objective)

    def _tasks(self, parent: str, objective: SchemaObjective) -> Iterator[Json]:
        """Yield the tasks; what helps the objective helps each of them."""
        for task, id_, place in self._placed(parent, objective.tasks):
            profiles = list(dict.fromkeys([*task.profiles, *objective.profiles]))
            yield self._document(TASK, id_, place | {"status": "awaiting", "profiles": profiles})

    def _placed(self, parent: str, items: Sequence[ItemT]) -> Iterator[tuple[ItemT, str, Json]]:
        """Yield each of the siblings with its new id and with the members that every item has."""
        made = [self.new_key() for _ in items]
        ids = {item.key: id_ for item, id_ in zip(reversed(items), reversed(made), strict=True)}
        for item, id_, order in zip(items, made, keys(len(items)), strict=True):
            place: Json = {
                "parent": parent,
                "order": order,
                "name": item.name,
                "after": [ids[one] for one in dict.fromkeys(item.after) if one in ids],
                "key": item.key,
            }
            if item.description is not None:
                place["description"] = item.description
            yield item, id_, place

    def _document(self, kind: DocumentType[Any], key: str, members: Mapping[str, Any]) -> Json:
        return written_by_server(kind, key, members, lang=self.language, at=self.at)
