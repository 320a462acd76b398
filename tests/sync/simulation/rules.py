"""Who may read and write what in a simulated house. The engine does not know these rules; it must keep them.

Partitions: `all` (everybody), `own-<person>`, and one per task. A task lies in another or at the root; a grant on a
task opens it with all that lies in it. What belongs to a task that has not arrived is held.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from sync.hooks import ACCEPT, Hold, Refuse, Verdict

TASKS = ("t1", "t2", "t3", "t4")
ROOT = "root"
TASK = "all:task:"


def readable(person: str, grants: AbstractSet[str], parents: Mapping[str, str]) -> frozenset[str]:
    """The partitions a person may read. `parents`: the tasks that have arrived, each with what it lies in."""
    return frozenset({"all", f"own-{person}"} | {task for task in parents if grants & set(way(task, parents))})


def way(task: str, parents: Mapping[str, str]) -> list[str]:
    """The task and what it lies in, outwards; nothing when it lies in itself."""
    found: list[str] = []
    while task in parents:
        if task in found:
            return []
        found.append(task)
        task = parents[task]
    return found


def judge(
    person: str, grants: AbstractSet[str], parents: Mapping[str, str], identifier: str, content: Mapping[str, object]
) -> Verdict:
    """Whether a person may write this now."""
    partition = identifier.partition(":")[0]
    if content.get("bad"):
        return Refuse("content", "That is not allowed.")
    if identifier.startswith(TASK):
        parent = content.get("parent", ROOT)
        return ACCEPT if parent == ROOT or parent in parents else Hold(f"{TASK}{parent}")
    if partition in TASKS and partition not in parents:
        return Hold(TASK + partition)
    return ACCEPT if partition in readable(person, grants, parents) else Refuse("create", "You may not write here.")
