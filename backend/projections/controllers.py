"""HTTP of this room: what the server's administrators do to words that everybody reads."""

from typing import Any

from litestar import Controller, Request, delete
from litestar.di import NamedDependency
from litestar.params import FromPath

from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import told
from backend.projections.opinions import Opinions


class OpinionController(Controller):
    """Words about building blocks, schemas and public processes."""

    path = "/opinions"
    tags = ("administration",)

    @delete(
        "/{thing:str}/{opinion:str}",
        summary="Take an opinion away for good",
        responses=told(errors.SIGN_IN_NEEDED, errors.NOT_FOUND),
    )
    async def withhold(
        self,
        request: Request[Any, Any, Any],
        thing: FromPath[str],
        opinion: FromPath[str],
        sessions: NamedDependency[Sessions],
        opinions: NamedDependency[Opinions],
    ) -> None:
        """For the server's administrators; its stars count no more, and its author's later words here do not either."""
        visit = await sessions.signed_in(request)
        if not visit.person.administrator or not await opinions.withhold(thing, opinion):
            raise Problem(errors.NOT_FOUND)
