"""HTTP: signing in by a provider of OpenID Connect. The browser itself goes there and comes back, so answers are ways.

What goes wrong on the way back is told by the app: `/sign-in?problem=<word>`.
"""

import re
from typing import Annotated, Final
from urllib.parse import quote

import structlog
from litestar import Controller, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect

from backend.accounts import queries
from backend.accounts.actions.identities import (
    account_of_identity,
    link_identity,
    register_identity,
    unlink_identity,
)
from backend.accounts.discovery import ProviderError
from backend.accounts.domain import Proof
from backend.accounts.providers import Begun, Identified
from backend.accounts.reception import AnyRequest, Reception
from backend.accounts.schemas import Anyway, LocationBody, ProviderBody, ProvidersBody
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid
from backend.kit.languages import preferred
from backend.kit.problems import bare, told

PATH: Final = "/api/v1/session/oidc"
_TEN_MINUTES = 600
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]{0,499}")
_log = structlog.get_logger("interlink")


class ProviderController(Controller):
    """Who else may tell who a person is."""

    path = "/session"
    tags = ("session",)

    @get("/providers", summary="How one may sign in here")
    async def known(self, request: AnyRequest, reception: NamedDependency[Reception]) -> ProvidersBody:
        """Providers by name, whether everybody may register, and whether this address can have passkeys."""
        return ProvidersBody(
            providers=[ProviderBody(name=one.name, label=one.label or one.name) for one in reception.providers.known()],
            registration="open" if reception.open_to_all else "invited",
            passkeys=reception.passkeys.at(request) is not None,
        )

    @get(
        "/oidc/{provider:str}",
        summary="Go to a provider",
        responses=bare(302, "To the provider.") | told(errors.NOT_FOUND, errors.TOO_MANY_REQUESTS),
    )
    async def leave(
        self,
        request: AnyRequest,
        provider: FromPath[str],
        reception: NamedDependency[Reception],
        wanted: Annotated[str, QueryParameter(name="next")] = "/",
        device: FromQuery[str] = "",
    ) -> Response[None]:
        """`next` is a path of the app to come back to; `device` the random id the device gave itself."""
        reception.limits.provider.take(request, "")
        try:
            location, cookie = await _begin(
                request, reception, provider, own_path(wanted), device[:100] or new_ulid(), None
            )
        except ProviderError as error:
            return _failed(error, reception)
        return Redirect(location, status_code=302, cookies=[cookie])

    @get(
        "/oidc/{provider:str}/callback",
        summary="Come back from a provider",
        responses=bare(302, "To where the person wanted to go, or to `/sign-in?problem=…`."),
    )
    async def arrive(
        self, request: AnyRequest, provider: FromPath[str], reception: NamedDependency[Reception]
    ) -> Response[None]:
        """Finish what this browser began, and nothing else."""
        begun = reception.providers.kept(request.cookies.get(_cookie_name(reception), ""))
        if begun is None or begun.provider != provider:
            return _to_sign_in("provider_failed", reception)
        try:
            reception.limits.provider.take(request, "")
            who = await reception.providers.finish(begun, dict(request.query_params))
            return await _settled(request, reception, begun, who)
        except ProviderError as error:
            return _failed(error, reception)
        except Problem as problem:
            return _to_sign_in(problem.kind.code, reception)


class IdentityController(Controller):
    """Providers that one's own account is linked to."""

    path = "/account/identities"
    tags = ("account",)

    @post(
        "/{provider:str}",
        status_code=200,
        summary="Link my account to a provider",
        responses=told(
            errors.SIGN_IN_NEEDED, errors.SIGN_IN_AGAIN, errors.NOT_FOUND, errors.TOO_MANY_REQUESTS, errors.UNAVAILABLE
        ),
    )
    async def link(
        self, request: AnyRequest, provider: FromPath[str], reception: NamedDependency[Reception]
    ) -> Response[LocationBody]:
        """Needs a sign-in of the last 15 minutes. The browser goes to `location` and comes back to the settings."""
        visit = await reception.sessions.freshly(request)
        reception.limits.change.take(request, visit.person.id)
        try:
            location, cookie = await _begin(request, reception, provider, "/settings", new_ulid(), visit.person.id)
        except ProviderError as error:
            raise Problem(errors.UNAVAILABLE) from error
        return Response(LocationBody(location=location), cookies=[cookie])

    @delete(
        "/{provider:str}",
        summary="Unlink my account from a provider",
        responses=bare(204, "It opens this account no more.")
        | told(errors.SIGN_IN_NEEDED, errors.NOT_FOUND, errors.LAST_CREDENTIAL, errors.TOO_MANY_REQUESTS),
    )
    async def unlink(
        self,
        request: AnyRequest,
        provider: FromPath[str],
        reception: NamedDependency[Reception],
        anyway: Anyway = None,
    ) -> Response[None]:
        """The last way in is unlinked only with `anyway`."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.change.take(request, visit.person.id)
        issuer = next((one.issuer for one in reception.providers.known() if one.name == provider), "")
        await unlink_identity(visit, issuer, anyway=anyway is True, now=reception.clock())
        return Response(None, status_code=204)


def own_path(path: str) -> str:
    """Return a path of our own pages to go to; the first page for anything that could lead elsewhere."""
    return path if _OWN_PATH.fullmatch(path) else "/"


async def _begin(
    request: AnyRequest, reception: Reception, provider: str, next_path: str, device: str, account: str | None
) -> tuple[str, Cookie]:
    if provider not in {one.name for one in reception.providers.known()}:
        raise Problem(errors.NOT_FOUND)
    origin = reception.origin or f"{request.base_url.scheme}://{request.base_url.netloc}"
    location, kept = await reception.providers.begin(
        provider, callback=f"{origin}{PATH}/{provider}/callback", next_path=next_path, device=device, account=account
    )
    return location, _cookie(reception, kept, _TEN_MINUTES)


async def _settled(request: AnyRequest, reception: Reception, begun: Begun, who: Identified) -> Response[None]:
    """Link, sign in or register, and go on."""
    if begun.account is not None:
        visit = await reception.sessions.signed_in(request)
        linked = visit.person.id == begun.account and await link_identity(visit, who, now=reception.clock())
        return _on(begun.next if linked else "/settings?problem=identity_taken", reception)
    account = await account_of_identity(who)
    if account is None:
        if not reception.open_to_all:
            return _to_sign_in("registration_closed", reception)
        language = preferred(request.headers.get("accept-language"))
        account = await register_identity(who, language=language, now=reception.clock())
    arrived = await reception.welcome(request, account, device=begun.device, proof=Proof.PROVIDER)
    found = await queries.account_of(account)
    nameless = found is not None and not found.name
    way = f"/sign-in?choose-name&next={quote(begun.next)}" if nameless else begun.next
    return _on(way, reception, *arrived.cookies)


def _failed(error: ProviderError, reception: Reception) -> Response[None]:
    _log.warning("sign-in by a provider failed", reason=str(error))
    return _to_sign_in("provider_refused" if error.refused else "provider_failed", reception)


def _to_sign_in(word: str, reception: Reception) -> Response[None]:
    return _on(f"/sign-in?problem={word}", reception)


def _on(path: str, reception: Reception, *cookies: Cookie) -> Response[None]:
    return Redirect(path, status_code=302, cookies=[*cookies, _cookie(reception, "", 0)])


def _cookie_name(reception: Reception) -> str:
    return f"{reception.sessions.cookie}-oidc"


def _cookie(reception: Reception, value: str, seconds: int) -> Cookie:
    """Lax, because the browser comes back from another site; by its prefix from this very host alone."""
    secure = reception.sessions.secure
    return Cookie(_cookie_name(reception), value=value, max_age=seconds, secure=secure, httponly=True, samesite="lax")
