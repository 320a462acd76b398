"""Where people arrive: what every way of signing in ends with, and what the ways need. One for the whole program."""

from dataclasses import dataclass, field
from typing import Any

from litestar import Request, Response

from backend.accounts import queries
from backend.accounts.audit import note
from backend.accounts.codes import Codes
from backend.accounts.domain import Event, Neighbours, Proof
from backend.accounts.limits import AccountLimits
from backend.accounts.passkeys import RelyingParty
from backend.accounts.post import Post
from backend.accounts.providers import Providers
from backend.accounts.schemas import AccountBody, SessionBody
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.clock import Clock
from backend.kit.errors import Problem

AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True)
class Reception:
    """The tools of this room, as its controllers ask for them."""

    sessions: Sessions
    codes: Codes
    post: Post
    passkeys: RelyingParty
    providers: Providers
    neighbours: Neighbours
    clock: Clock
    origin: str | None
    """The web origin of the public address; None when it is whatever the browser used."""
    open_to_all: bool
    """Whether somebody new may make an account without an invitation."""
    limits: AccountLimits = field(default_factory=AccountLimits)

    async def welcome(
        self,
        request: AnyRequest,
        account: str,
        *,
        device: str,
        proof: Proof,
        credential: str | None = None,
        status: int = 200,
    ) -> Response[SessionBody]:
        """Begin the session of somebody who proved who they are: a cookie for a browser, a token for a program."""
        found = await queries.account_of(account)
        if found is None:
            raise Problem(errors.WRONG_CREDENTIALS)
        if found.disabled:
            raise Problem(errors.ACCOUNT_DISABLED)
        body = SessionBody(account=await self.described(account))
        cookies: list[Any] = []
        if credential is None:
            agent = request.headers.get("user-agent", "")
            begun = await self.sessions.begin(account, device, request.cookies, proof=proof, agent=agent)
            body.device = begun.session
            cookies.append(begun.cookie)
        else:
            body.device, body.token = await self.sessions.begin_program(account, credential, device=device, proof=proof)
        await note(Event.SIGNED_IN, at=self.clock(), who=account, about=account, device=body.device)
        return Response(body, cookies=cookies, status_code=status)

    async def described(self, account: str) -> AccountBody | None:
        """Return what a person sees of their own account."""
        found = await queries.account_of(account)
        if found is None:
            return None
        ways = await queries.ways(account)
        return AccountBody(
            id=found.id,
            name=found.name,
            language=found.language,
            email=found.email,
            administrator=found.administrator,
            passkeys=ways.passkeys,
            recoverable=ways.recoverable,
            shares_sync=found.shares_sync,
        )

    async def may_register(self, invitation: str | None) -> bool:
        """Say whether somebody new may make an account."""
        if self.open_to_all or invitation is None:
            return self.open_to_all
        try:
            await self.neighbours.check_invitation(invitation)
        except Problem:
            return False
        return True
