"""What this room must know of processes without seeing their documents: given to it when the program is put together.

Rights hang on the tree of a process, and before somebody joins they are told what it is about. Both stand in documents,
which rooms further up know; `backend.replication` implements this.
"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from msgspec import Struct

from backend.people.access import Path, Standing
from backend.people.domain import Names


class AboutPhase(Struct, frozen=True):
    """How far one phase is."""

    name: Names
    status: str
    progress: float
    """0 to 1."""


class About(Struct, frozen=True):
    """What a process is about, as far as people are told before they join."""

    name: Names
    aim: Names | None
    place: str
    languages: list[str]
    public: bool
    phases: list[AboutPhase]


@runtime_checkable  # Litestar checks what it injects
class Ground(Protocol):
    """What rights stand on, and who must look again when they change."""

    def paths(self, process: str) -> Mapping[str, Path]:
        """Return the path of each item of a process; empty when it has no space."""
        ...

    def documents(self, process: str, partitions: frozenset[str]) -> int:
        """Return how many documents lie in these partitions."""
        ...

    async def about(self, process: str) -> About | None:
        """Return what a process is about; None when it has no space."""
        ...

    async def open_task(self, process: str, standing: Standing) -> str | None:
        """Return the first task, in the order of the tree, that is not finished and that the person may add to."""
        ...

    def rights_changed(self, process: str) -> None:
        """Let open feeds of the process look again."""
        ...

    def person_changed(self, account: str) -> None:
        """Let the devices of one person look again which spaces are theirs."""
        ...
