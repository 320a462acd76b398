"""Jānis calls people for a task from his desk, and looks who was asked and what they said."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from backend.kit.ids import new_ulid
from tests.journeys.stage.apart import Apart, janis_apart
from tests.makers import Server

CALL = "Palīdzi senioriem izveidot pirmo e-adresi"
SKILL = "pacietība"
PLACE = "Madonas novada bibliotēka"
WITHIN = 60.0  # seconds; for an answer on a loaded machine
LOOK = 1.0


@dataclass
class Call:
    """A need of the demo's task, in a week, for one person."""

    desk: Apart
    key: str

    @property
    def path(self) -> str:
        return f"{self.task_path}/needs/{self.key}"

    def answers(self) -> set[str]:
        """What those who were asked have said, as the coordinator sees it: yes, no, none."""
        path = f"/api/v1/spaces/{self.desk.space}/calls/{self.desk.task}/{self.key}"
        told = self.desk.client.get(path).raise_for_status().json()
        return {asked["answer"] for one in told["occurrences"] for wave in one["waves"] for asked in wave["asked"]}

    def is_answered(self, answer: str, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Wait until the coordinator sees it; `meanwhile` is done before each look."""
        _waits_for(self.answers, lambda said: answer in said, meanwhile)

    @property
    def task_path(self) -> str:
        return f"/processes/{self.desk.process}/tasks/{self.desk.task}"

    def asks_to_do(self, member: str, what: str) -> str:
        """Ask a member to take care of something in the task; returns the id of the assignment."""
        identifier = f"{self.desk.task}:assignment:{new_ulid()}"
        asked = {"about": self.desk.task, "people": [member], "text": what, "state": "open"}
        self.desk.writes({"_id": identifier, **_head(self.desk, "assignment"), **asked})
        return identifier

    def speaks_to(self, member: str, text: str) -> None:
        """Speak to a member in a comment on the task."""
        identifier = f"{self.desk.task}:comment:{new_ulid()}"
        said = {"about": self.desk.task, "text": text, "mentions": [member]}
        self.desk.writes({"_id": identifier, **_head(self.desk, "comment"), **said})

    def is_done(self, assignment: str, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Wait until the server has heard that it is done; `meanwhile` is done before each look."""
        _waits_for(lambda: self.desk.document(assignment)["state"], lambda state: state == "done", meanwhile)


@contextmanager
def janis_calls(server: Server) -> Iterator[Call]:
    """Sign Jānis in and let him call for people."""
    desk, key = janis_apart(server), new_ulid()
    with desk.client:
        start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=7)
        times = [{"id": new_ulid(), "start": _said(start), "end": _said(start + timedelta(hours=2))}]
        need = {"name": CALL, "occurrences": times, "zone": "Europe/Riga", "places": 1, "skills": [SKILL]}
        place = {"place": {"name": PLACE, "address": "Skolas iela 12"}, "urgency": "now"}
        identifier = f"{desk.task}:need:{key}"
        desk.writes({"_id": identifier, **_head(desk, "need"), **need, **place})
        yield Call(desk, key)


def _head(desk: Apart, kind: str) -> dict[str, Any]:
    who = {"author": desk.member, "by": desk.member, "device": "desk", "at": _said(datetime.now(UTC))}
    return {"type": kind, "v": 1, "lang": "lv", **who}


def _waits_for(look: Callable[[], Any], enough: Callable[[Any], bool], meanwhile: Callable[[], None]) -> None:
    until = time.monotonic() + WITHIN
    while True:
        meanwhile()
        if enough(seen := look()):
            return
        assert time.monotonic() < until, f"last seen: {seen}"
        time.sleep(LOOK)


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"
