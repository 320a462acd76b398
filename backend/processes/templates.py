"""A process from a schema: the whole tree of the schema, in all its languages, with ids of its own.

Keys of a schema are unique among siblings only, and so are its prerequisites. Pure: ids and the moment are given.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from backend.catalogue.documents import Schema, SchemaObjective, SchemaPhase, SchemaTask
from backend.kit.envelope import written_by_server
from backend.kit.types import DocumentType
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, TASK
from backend.processes.order import keys

Json = dict[str, Any]
ItemT = TypeVar("ItemT", SchemaPhase, SchemaObjective, SchemaTask)


@dataclass(frozen=True)
class Template:
    """Makes the documents of one process."""

    process: str
    """Id of the new process."""
    language: str
    at: datetime
    new_key: Callable[[], str]
    """Gives a new ULID each time."""

    def root(self, name: str, schema: Schema, slug: str) -> Json:
        """Return the document of the process itself; `slug` is the schema's key in the commons."""
        members = {
            "name": {self.language: name},
            "languages": list(dict.fromkeys([self.language, *schema.languages])),
            "schema": slug,
            "status": "in_progress",
            "public": False,
        }
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
        ids = {item.key: self.new_key() for item in items}
        for item, order in zip(items, keys(len(items)), strict=True):
            place: Json = {
                "parent": parent,
                "order": order,
                "name": item.name,
                "after": [ids[one] for one in item.after],
                "key": item.key,
            }
            if item.description is not None:
                place["description"] = item.description
            yield item, ids[item.key], place

    def _document(self, kind: DocumentType[Any], key: str, members: Mapping[str, Any]) -> Json:
        return written_by_server(kind, key, members, lang=self.language, at=self.at)
