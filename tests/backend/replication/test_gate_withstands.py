"""Whatever a device sends, the gate says yes, wait or no: it never breaks, and never lets in what has no form."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backend.kit.spaces import SpaceKind
from backend.kit.types import InvalidDocumentError
from backend.people.access import Standing
from backend.replication.registry import TYPES
from sync.hooks import ACCEPT, Accept, Hold, Refuse
from tests.backend.replication.judged import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    MINE,
    OBJECTIVE,
    PROCESS,
    TASK,
    a_task,
    as_document,
    verdict,
)
from tests.backend.world import revised

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(
    ["type", "v", "lang", "author", "by", "device", "at", "text", "files", "name", "parent", "order", "status", "after"]
)
strange = st.dictionaries(names, anything, max_size=4)
kinds = st.sampled_from([one.name for one in TYPES] + ["recipe", ""])
partitions = st.sampled_from(["all", "admin", "own-me", "team-team", TASK, OBJECTIVE, PROCESS, "nowhere", ""])
ids = st.one_of(
    st.sampled_from([MINE["_id"], a_task()["_id"]]),
    st.builds(
        lambda partition, kind, key: f"{partition}:{kind}:{key}", partitions, kinds, st.sampled_from([TASK, "x"])
    ),
)
standings = st.sampled_from([CONTRIBUTOR, ADMINISTRATOR, Standing(), Standing("me")])


def told(identifier: str, base: dict[str, Any], changes: dict[str, Any], *, deletes: bool) -> dict[str, Any]:
    document = revised({**base, **changes, "_id": identifier})
    return {**document, "_deleted": True} if deletes else document


@given(ids, st.sampled_from([MINE, a_task(), {}]), strange, st.booleans(), standings, st.sampled_from(SpaceKind))
def test_the_gate_has_an_answer_to_everything(
    identifier: str,
    base: dict[str, Any],
    changes: dict[str, Any],
    deletes: bool,  # noqa: FBT001 — drawn by hypothesis
    standing: Standing,
    kind: SpaceKind,
) -> None:
    document = told(identifier or "x", base, changes, deletes=deletes)
    for stored in (None, MINE, a_task()):
        if stored and stored["_id"] != document["_id"]:
            continue
        answer = verdict(standing, document, stored, kind=kind)
        assert isinstance(answer, Accept | Hold | Refuse)
        if answer == ACCEPT and not deletes:
            declaration = TYPES.get(identifier.split(":")[1])
            assert declaration is not None
            try:
                declaration.read(as_document(document).as_dict())
            except InvalidDocumentError as error:
                raise AssertionError("accepted without its form") from error
