"""HTTP of this room: which documents of a process have versions that contradict each other."""

from typing import Annotated, Any, Protocol, runtime_checkable

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import Meta, Struct

from backend.accounts.domain import Person
from backend.accounts.sessions import Sessions
from backend.conflicts.queries import Conflict, listed
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.languages import DEFAULT
from backend.kit.problems import told
from backend.kit.spaces import SpaceKind, space_of
from sync.hooks import Access
from sync.store import Store


class ConflictsBody(Struct):
    """A page of conflicts in the order of their ids. A device holds the versions themselves (`_conflicts`)."""

    conflicts: list[Conflict]
    after: str | None
    """What to ask `after` for the next page; null on the last one."""


@runtime_checkable  # Litestar checks what it injects
class Doors(Protocol):
    """Who may read what; `backend.replication` answers as for documents."""

    @property
    def store(self) -> Store:
        """The store behind the doors."""
        ...

    async def access(self, person: Person | None, space: str, language: str) -> Access | None:
        """Return the person's access to a space; None where there is none."""
        ...


class ConflictController(Controller):
    """What waits in a process for somebody to choose."""

    path = "/processes/{process:str}/conflicts"
    tags = ("processes",)

    @get(summary="Two versions of one thing", responses=told(errors.SIGN_IN_NEEDED, errors.NOT_FOUND))
    async def waiting(
        self,
        request: Request[Any, Any, Any],
        process: FromPath[str],
        sessions: NamedDependency[Sessions],
        doorkeeper: NamedDependency[Doors],
        after: FromQuery[Annotated[str, Meta(max_length=512)]] = "",
    ) -> ConflictsBody:
        """Answer with the documents that the person may read and whose versions contradict each other."""
        person = await sessions.person(request)
        if person is None:
            raise Problem(errors.SIGN_IN_NEEDED)
        space = space_of(SpaceKind.PROCESS, process)
        access = await doorkeeper.access(person, space, DEFAULT)
        if access is None:
            raise Problem(errors.NOT_FOUND)
        with doorkeeper.store.read(space) as tx:
            conflicts, next_after = listed(tx, access.reading(tx).partitions, after=after)
        return ConflictsBody(conflicts, next_after or None)
