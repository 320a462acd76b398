"""HTTP of this room: only what needs a network by nature. The work inside a process travels by replication."""

from typing import Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.clock import Clock
from backend.kit.errors import Problem
from backend.kit.problems import told
from backend.kit.ratelimit import RateLimit
from backend.kit.spaces import Spaces
from backend.people.actions.keeper import RightsKeeper
from backend.processes.actions import start_process
from backend.processes.schemas import StartedProcess, StartProcess

PER_HOUR = 20
_HOUR = 3600.0


class StartLimit(RateLimit):
    """How often one person may start a process; `start_limit` in the application's dependencies."""

    def __init__(self) -> None:
        super().__init__(PER_HOUR, _HOUR)


class ProcessController(Controller):
    """Starting a co-production process."""

    path = "/processes"
    tags = ("processes",)

    @post(
        summary="Start a process, from a schema or empty",
        responses=told(
            errors.INVALID_REQUEST,
            errors.UNKNOWN_SCHEMA,
            errors.SCHEMA_TOO_LARGE,
            errors.SIGN_IN_NEEDED,
            errors.CROSS_SITE,
            errors.TOO_LARGE,
            errors.TOO_MANY_REQUESTS,
        ),
    )
    async def start(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        spaces: NamedDependency[Spaces],
        clock: NamedDependency[Clock],
        keeper: NamedDependency[RightsKeeper],
        start_limit: NamedDependency[StartLimit],
        data: JSONBody[StartProcess],
    ) -> StartedProcess:
        """Make a process that the person administers, with the schema's tree in all its languages, if one is named."""
        person = await sessions.person(request)
        if person is None:
            raise Problem(errors.SIGN_IN_NEEDED)
        if wait := start_limit.take(person.id):
            seconds = int(wait) + 1
            raise Problem(errors.TOO_MANY_REQUESTS, headers={"retry-after": str(seconds)}, seconds=seconds)
        started = await start_process(spaces, person, data, clock())
        keeper.ground.person_changed(person.id)
        return started
