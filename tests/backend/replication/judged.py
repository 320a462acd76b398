"""What the tests of the gate share: a small tree, people with their rights, a verdict in one word."""

import json
from collections.abc import Sequence
from typing import Any

from backend.conflicts.domain.settlement import History
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentTypes
from backend.people.access import Grant, Standing
from backend.processes.tree import Node
from backend.replication.case import Sender, Surroundings
from backend.replication.gate import judge
from backend.replication.registry import TYPES
from sync.document import Document
from sync.hooks import Hold, Refuse, Verdict
from sync.intake import read_document
from sync.limits import OPEN
from sync.revtree import RevTree
from tests.backend.world import contribution, written

PROCESS = "01m7zyg1nmjdfwmxq17zxq5379"
PHASE, OBJECTIVE, TASK, REMOVED, ME, OTHER = (f"01ARZ3NDEKTSV4RRFFQ69G5FA{letter}" for letter in "ABCDEF")
NODES = {
    PHASE: Node("phase", PROCESS),
    OBJECTIVE: Node("objective", PHASE),
    TASK: Node("task", OBJECTIVE),
    REMOVED: Node("task", OBJECTIVE, gone=True),
}


def someone(*, administrator: bool = False, create: bool = False, delete: bool = False, member: str = ME) -> Standing:
    grant = Grant("team", None, access=True, create=create, delete=delete)
    return Standing(member, administrator, frozenset({"team"}), (grant,))


READER = someone()
CONTRIBUTOR = someone(create=True)
MODERATOR = someone(delete=True)
ADMINISTRATOR = someone(administrator=True)


def verdict(
    standing: Standing,
    new: dict[str, Any],
    stored: dict[str, Any] | None = None,
    *,
    kind: SpaceKind = SpaceKind.PROCESS,
    owner: str = PROCESS,
    erased: frozenset[str] = frozenset(),
    language: str = "en",
    others: Sequence[dict[str, Any]] = (),
    types: DocumentTypes = TYPES,
) -> Verdict:
    """What the gate says; `others` are versions that are here beside the winner `stored`."""
    sender = Sender(kind=kind, owner=owner, id=standing.member or "", standing=standing, language=language)
    known = [as_document(one) for one in (*others, *([stored] if stored else []))]
    around = Surroundings(types, sender, NODES.get, erased.__contains__, lambda name: history_of(name, known))
    return judge(around, as_document(new), as_document(stored) if stored else None)


def history_of(name: str, known: list[Document]) -> History | None:
    """The history that these versions make."""
    declaration = TYPES.get(name.split(":")[1])
    tree, said = RevTree(), {one.rev: one.content for one in known}
    for one in known:
        tree.merge(one.path, deleted=one.deleted)
    return History(name, declaration, tree, said.get) if declaration else None


def as_document(told: dict[str, Any]) -> Document:
    return read_document(json.dumps(told).encode(), OPEN)


def word(answer: Verdict) -> str:
    """What was answered, in one word: accept, hold, or the word of the refusal."""
    match answer:
        case Refuse(word=said):
            return said
        case Hold():
            return "hold"
        case _:
            return "accept"


def a_task(**members: Any) -> dict[str, Any]:
    return written(ME, "task", TASK, parent=OBJECTIVE, order="a0", name={"en": "Paint"}, **members)


MINE = contribution(ME, TASK)
THEIRS = contribution(OTHER, TASK)
