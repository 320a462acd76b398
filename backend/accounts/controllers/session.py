"""HTTP of this room: the session of the device that asks."""

from typing import Any

from litestar import Controller, Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from backend.accounts.actions import normal_email, who_has
from backend.accounts.domain import Person
from backend.accounts.schemas import AccountBody, SessionBody, SignIn
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import bare, told
from backend.kit.ratelimit import RateLimit, site_of

SIGN_IN_BODY = 4_096
MINUTES_10 = 600.0


class SignInLimits:
    """How often somebody may try to sign in: per place and account, per place, and per account from everywhere."""

    def __init__(self) -> None:
        self._limits = (RateLimit(10, MINUTES_10), RateLimit(100, MINUTES_10), RateLimit(200, MINUTES_10))

    def keys(self, address: str, email: str) -> tuple[str, str, str]:
        """Return the keys of one attempt."""
        site = site_of(address)
        return f"{site} {email}", site, email

    def take(self, keys: tuple[str, str, str]) -> float:
        """Count one attempt; return the seconds to wait, 0 when it may go on."""
        return max(limit.take(key) for limit, key in zip(self._limits, keys, strict=True))

    def give_back(self, keys: tuple[str, str, str]) -> None:
        """Forget an attempt that succeeded."""
        for limit, key in zip(self._limits, keys, strict=True):
            limit.give_back(key)


class SessionController(Controller):
    """Signing in and out."""

    path = "/session"
    tags = ("session",)

    @get(summary="Who is signed in on this device")
    async def read(self, request: Request[Any, Any, Any], sessions: NamedDependency[Sessions]) -> SessionBody:
        """Answer with the account, or with null; never an error, so that an app may always ask."""
        return _body(await sessions.person(request))

    @post(
        status_code=200,
        request_max_body_size=SIGN_IN_BODY,
        summary="Sign in with e-mail address and password",
        responses=told(
            errors.INVALID_REQUEST,
            errors.WRONG_CREDENTIALS,
            errors.CROSS_SITE,
            errors.TOO_LARGE,
            errors.TOO_MANY_REQUESTS,
        ),
    )
    async def begin(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        sign_in_limits: NamedDependency[SignInLimits],
        data: JSONBody[SignIn],
    ) -> Response[SessionBody]:
        """Set the session cookie. An unknown address and a wrong password get the same answer in the same time."""
        email = normal_email(data.email)
        keys = sign_in_limits.keys(request.client.host if request.client else "", email)
        if wait := sign_in_limits.take(keys):
            seconds = int(wait) + 1
            raise Problem(errors.TOO_MANY_REQUESTS, headers={"retry-after": str(seconds)}, seconds=seconds)
        person = await who_has(email, data.password)
        if person is None:
            raise Problem(errors.WRONG_CREDENTIALS)
        sign_in_limits.give_back(keys)
        cookie = (await sessions.begin(person.id, data.device, request.cookies)).cookie
        return Response(_body(person), cookies=[cookie])

    @delete(
        summary="Sign out on this device",
        responses=bare(204, "Nobody is signed in here any more.") | told(errors.CROSS_SITE),
    )
    async def end(self, request: Request[Any, Any, Any], sessions: NamedDependency[Sessions]) -> Response[None]:
        """End the session and take the cookie back; also when nobody was signed in."""
        return Response(None, cookies=[await sessions.end(request.cookies)], status_code=204)


def _body(person: Person | None) -> SessionBody:
    return SessionBody(
        account=AccountBody(id=person.id, name=person.name, language=person.language) if person else None
    )
