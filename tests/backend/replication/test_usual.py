"""The shortcut for usual documents says nothing that the gate would not say, and is taken for usual ones."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.spaces import SpaceKind
from backend.people.access import Standing
from backend.processes.tree import Node
from backend.replication.case import Sender, Surroundings
from backend.replication.gate import judge, open_to
from backend.replication.registry import TYPES
from backend.replication.usual import PAIRS, Usual
from sync.hooks import ACCEPT
from tests.backend.replication.judged import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    ME,
    MINE,
    NODES,
    OTHER,
    PROCESS,
    READER,
    REMOVED,
    TASK,
    THEIRS,
    a_task,
    as_document,
)
from tests.backend.replication.test_gate_withstands import ids, standings, strange, told
from tests.backend.world import contribution, written


def around(
    standing: Standing, kind: SpaceKind = SpaceKind.PROCESS, nodes: dict[str, Node] | None = None
) -> Surroundings:
    sender = Sender(kind=kind, owner=PROCESS, id=standing.member or "", standing=standing, language="en")
    return Surroundings(TYPES, sender, (NODES if nodes is None else nodes).get, lambda _: False, lambda _: None)


def usual(surroundings: Surroundings) -> Usual:
    return Usual(surroundings.sender, lambda partition, kind: open_to(surroundings, partition, kind), erased=False)


def test_a_contribution_or_a_comment_of_ones_own_is_usual() -> None:
    assert usual(around(CONTRIBUTOR)).accepts(as_document(MINE))
    assert usual(around(CONTRIBUTOR)).accepts(
        as_document(written(ME, "comment", partition=TASK, about=TASK, text="Hm."))
    )


OUT_OF_THE_ORDINARY = {
    "another's": THEIRS,
    "a task": a_task(),
    "in a removed task": contribution(ME, REMOVED),
    "in a task that is not mine": contribution(ME, OTHER),
    "a newer version": contribution(ME, TASK, v=2),
    "a version that is no number": contribution(ME, TASK, v=True),
    "another type": contribution(ME, TASK, type="task"),
    "a text that is none": contribution(ME, TASK, text=7),
    "a deletion": contribution(ME, TASK) | {"_deleted": True},
    "a key that is no ULID": written(ME, "contribution", "my first", partition=TASK, text="I was there."),
    "a comment about something elsewhere": written(ME, "comment", partition=TASK, about=OTHER, text="Hm."),
    "what the server writes": written(ME, "member", ME, name="Ilze", kind="cit", roles=["administrator"]),
}


@pytest.mark.parametrize("document", OUT_OF_THE_ORDINARY.values(), ids=OUT_OF_THE_ORDINARY.keys())
def test_what_is_out_of_the_ordinary_goes_the_whole_way(document: dict[str, Any]) -> None:
    assert not usual(around(ADMINISTRATOR)).accepts(as_document(document))


def test_who_may_not_create_has_nothing_usual() -> None:
    assert not usual(around(READER)).accepts(as_document(MINE))


def test_ids_made_up_to_fill_the_memory_are_not_remembered() -> None:
    asked: list[str] = []

    def ask(partition: str, _kind: str) -> None:
        asked.append(partition)

    mine = Usual(around(CONTRIBUTOR).sender, ask, erased=False)
    for number in range(PAIRS + 50):
        assert not mine.accepts(as_document(contribution(ME, f"{number}")))
    assert len(asked) == PAIRS


@given(ids, st.sampled_from([MINE, THEIRS, a_task()]), strange, st.booleans(), standings, st.sampled_from(SpaceKind))
def test_whatever_passes_by_the_shortcut_passes_the_gate(
    identifier: str,
    base: dict[str, Any],
    changes: dict[str, Any],
    deletes: bool,  # noqa: FBT001 — drawn by hypothesis
    standing: Standing,
    kind: SpaceKind,
) -> None:
    new = as_document(told(identifier or "x", base, changes, deletes=deletes))
    surroundings = around(standing, kind)
    if usual(surroundings).accepts(new):
        assert judge(surroundings, new, None) == ACCEPT
