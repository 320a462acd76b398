"""The story → documents of the process' space and of a person's. Pure: who has which member id is given."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from backend.catalogue.documents import Schema
from backend.catalogue.ratings import RATING
from backend.contributions.documents import CONTRIBUTION
from backend.demo.keys import key, keys, made_at
from backend.demo.pictures import HEIGHT, PICTURES, WIDTH
from backend.demo.story import Answered, Call, Made, Rated, Said, Story, Task, Version, day_of, moment_of
from backend.kinds.checklist import CHECKLIST
from backend.kinds.page import PAGE
from backend.kit.envelope import rfc3339
from backend.kit.ids import DocumentId, key_of
from backend.kit.spaces import ALL, SpaceKind, space_of
from backend.kit.types import DocumentType
from backend.processes.documents import PROCESS, TASK
from backend.processes.order import keys as order_keys
from backend.processes.templates import Template
from backend.replication.documents import DRAFT

Json = dict[str, Any]
_KINDS = {kind.name: kind for kind in (PAGE, CHECKLIST)}
_NOT_BEGUN = Task("awaiting", [])


@dataclass(frozen=True)
class Cast:
    """The rows behind the story: accounts and member ids by person, ids by team."""

    process: str
    accounts: Mapping[str, str]
    members: Mapping[str, str]
    teams: Mapping[str, str]


class Script:
    """Everything that is written for one process, made from its id: a second script of the same process is equal."""

    def __init__(self, story: Story, schema: Schema, process: str) -> None:
        self.story = story
        self.today = made_at(process)
        self.process = process
        self.space = space_of(SpaceKind.PROCESS, process)
        self._template = Template(process, story.language, self.today, keys(process, self.today))
        self._schema = schema

    @cached_property
    def _plain(self) -> list[Json]:
        return list(self._template.tree(self._schema))

    @cached_property
    def items(self) -> dict[str, str]:
        """Id of each task by its key in the schema."""
        return {one["key"]: key_of(one["_id"]) for one in self._plain if one["type"] == TASK.name}

    def tree(self, cast: Cast) -> list[Json]:
        """Phases, objectives and tasks, the tasks as far as the story tells."""
        return [self._told(one, cast) if one["type"] == TASK.name else one for one in self._plain]

    def _told(self, document: Json, cast: Cast) -> Json:
        task = self.story.tasks.get(document["key"], _NOT_BEGUN)
        members = {
            "status": task.status,
            "teams": [cast.teams[team] for team in task.teams],
            "start": day_of(task.start, self.today),
            "due": day_of(task.due, self.today),
            "name": task.name,
            "description": task.description,
        }
        told = document | {name: value for name, value in members.items() if value is not None}
        TASK.read(told)
        return told

    def root(self) -> Json:
        """Return the process itself; it is public."""
        process = self.story.process
        told = self._template.root("", "", self._schema) | {
            "name": process.name,
            "aim": process.aim,
            "description": process.description,
            "place": process.place,
            "organisation": process.organisation,
            "public": True,
        }
        PROCESS.read(told)
        return told

    def contributions(self, cast: Cast) -> Iterator[tuple[str, Json]]:
        """Yield each contribution with the person who wrote it, oldest first."""
        for said in sorted(self.story.contributions, key=lambda one: moment_of(one, self.today)):
            yield said.by, self._contribution(said, cast)

    def refused(self, cast: Cast) -> tuple[str, Json] | None:
        """Return the contribution that will not be accepted, if the story tells of one."""
        said = self.story.refused
        return said and (said.by, self._contribution(said, cast))

    def _contribution(self, said: Said, cast: Cast) -> Json:
        members: Json = {"text": said.text, "files": [_reference(said)] if said.picture else []}
        answered = next((one for one in self.story.contributions if one.key == said.reply_to), None)
        if answered:
            members["reply_to"] = str(self._name(answered))
        return self.document(CONTRIBUTION, self._name(said), said, cast.members[said.by], members)

    def made(self, cast: Cast) -> Iterator[tuple[str, Json]]:
        """Yield what people made from building blocks, with who made it, oldest first."""
        for told in sorted(self.story.made, key=lambda one: moment_of(one, self.today)):
            made = key(self.process, f"{told.kind} {told.key}", moment_of(told, self.today))
            kind = _KINDS[told.kind]
            members = {"name": told.name, "made_from": told.interlinker, **self._content(told)}
            name = DocumentId(self.items[told.task], kind.name, made)
            yield told.by, self.document(kind, name, told, cast.members[told.by], members)

    def _content(self, told: Made) -> Json:
        if told.kind == "page":
            return {"text": told.text}
        names = keys(f"{self.process} {told.key}", self.today)
        order = order_keys(len(told.items))
        lines = zip(told.items, order, strict=True)
        return {"items": [{"id": names(), "text": one.text, "done": one.done, "order": at} for one, at in lines]}

    def draft(self, cast: Cast) -> tuple[str, Json] | None:
        """Return the draft, and the account whose it is, if the story tells of one."""
        said = self.story.draft
        if said is None:
            return None
        account = cast.accounts[said.by]
        name = DocumentId(ALL, DRAFT.name, f"{self.space}~{self.items[said.task]}")
        return account, self.document(DRAFT, name, said, account, {"text": said.text, "files": []})

    def ratings(self, cast: Cast) -> Iterator[tuple[str, Json]]:
        """Yield what people think of building blocks, with the account whose it is."""
        for told in self.story.ratings:
            account = cast.accounts[told.by]
            members = {"stars": told.stars, "text": told.text, "name": told.name}
            yield account, self.document(RATING, DocumentId(ALL, RATING.name, told.about), told, account, members)

    def _name(self, said: Said) -> DocumentId:
        made = key(self.process, f"contribution {said.key}", moment_of(said, self.today))
        return DocumentId(self.items[said.task], CONTRIBUTION.name, made)

    def document(
        self,
        kind: DocumentType[Any],
        name: DocumentId,
        said: Said | Made | Rated | Call | Answered,
        author: str,
        members: Json,
    ) -> Json:
        """Return a document as somebody's phone wrote it."""
        document = {
            "_id": str(name),
            "type": kind.name,
            "v": kind.version,
            "lang": said.lang,
            "author": author,
            "by": author,
            "device": self.device(said.by, "phone"),
            "at": rfc3339(moment_of(said, self.today)),
            **members,
        }
        kind.read(document)
        return document

    def changed(self, task: Mapping[str, Any], version: Version, cast: Cast, by: str, device: str) -> Json:
        """Return a task as one version of the conflict, made by one person on one device, has it."""
        return dict(task) | {
            "by": cast.members[by],
            "device": self.device(by, device),
            "at": rfc3339(moment_of(version, self.today)),
            "name": version.name,
            "due": day_of(version.due, self.today),
        }

    def device(self, person: str, which: str) -> str:
        """Return the id of a person's device."""
        return key(self.process, f"{which} of {person}", self.today)

    def pictures(self) -> Iterator[tuple[str, bytes]]:
        """Yield the task each picture belongs to, and the PNG."""
        for said in self.story.contributions:
            if said.picture:
                yield self.items[said.task], PICTURES[said.picture]()


def _reference(said: Said) -> Json:
    content = PICTURES[str(said.picture)]()
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "type": "image/png",
        "size": len(content),
        "name": f"{said.picture}.png",
        "alt": said.alt,
        "width": WIDTH,
        "height": HEIGHT,
    }
