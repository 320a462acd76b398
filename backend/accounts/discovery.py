"""Calls to one provider of OpenID Connect: its discovery document, its keys, and a code for a token.

Only hosts that the operator named are called, by https (http on loopback), without redirects, with a time-out for each
step and a bound on every answer. Document and keys are kept for an hour, and asked for at most once a minute.
"""

import asyncio
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from backend.kit.clock import Clock
from backend.kit.settings import ProviderSettings

TIMEOUT = httpx.Timeout(5.0)
MAX_ANSWER = 262_144
FRESH = timedelta(hours=1)
AT_MOST = timedelta(minutes=1)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class ProviderError(Exception):
    """Somebody could not sign in by a provider; `refused` when it was the provider or the person who said no."""

    def __init__(self, what: str, *, refused: bool = False) -> None:
        super().__init__(what)
        self.refused = refused


class Metadata(Struct, frozen=True):
    """What we read of a discovery document (OpenID Connect Discovery 1.0 §3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    authorization_response_iss_parameter_supported: bool = False
    token_endpoint_auth_methods_supported: list[str] = []


class _Token(Struct):
    id_token: str


class Caller:
    """Speaks to one provider."""

    def __init__(self, settings: ProviderSettings, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        self._hosts = allowed_hosts(settings)
        self._metadata: tuple[datetime, Metadata] | None = None
        self._keys: tuple[datetime, dict[str, Any]] | None = None
        self._asking = asyncio.Lock()

    async def metadata(self) -> Metadata:
        """Return the discovery document. Raises ProviderError when it cannot be had, or names another issuer."""
        async with self._asking:
            if self._metadata is None or self._clock() - self._metadata[0] > FRESH:
                url = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
                found = _read(await self._call("GET", url), Metadata)
                if found.issuer != self.settings.issuer:
                    raise ProviderError("the discovery document names another issuer")
                check_address(found.authorization_endpoint, None)
                self._metadata = self._clock(), found
            return self._metadata[1]

    async def keys(self, *, again: bool) -> dict[str, Any]:
        """Return the provider's keys; `again` when those we have verify nothing, at most once a minute."""
        metadata = await self.metadata()
        async with self._asking:
            age = self._clock() - self._keys[0] if self._keys else None
            if self._keys is None or age is None or age > (AT_MOST if again else FRESH):
                self._keys = self._clock(), _read(await self._call("GET", metadata.jwks_uri), dict[str, Any])
            return self._keys[1]

    async def exchange(self, code: str, verifier: str, callback: str) -> str:
        """Return the ID token for a code. Raises ProviderError."""
        metadata = await self.metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback,
            "code_verifier": verifier,
            "client_id": self.settings.client_id,
        }
        secret = self.settings.client_secret
        basic = secret and "client_secret_post" not in metadata.token_endpoint_auth_methods_supported
        if secret and not basic:
            form["client_secret"] = secret
        auth = httpx.BasicAuth(self.settings.client_id, secret) if secret and basic else None
        return _read(await self._call("POST", metadata.token_endpoint, data=form, auth=auth), _Token).id_token

    async def _call(self, method: str, url: str, **given: Any) -> bytes:
        check_address(url, self._hosts)
        try:
            async with (
                httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
                client.stream(method, url, headers={"accept": "application/json"}, **given) as answer,
            ):
                body = b""
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > MAX_ANSWER:
                        raise ProviderError("the answer is too long")
                if answer.status_code != HTTPStatus.OK:
                    raise ProviderError(f"answered {answer.status_code}", refused=answer.is_client_error)
                return body
        except httpx.HTTPError as error:
            raise ProviderError(type(error).__name__) from error


def allowed_hosts(settings: ProviderSettings) -> frozenset[str]:
    """Return the hosts a provider answers at: the issuer's, and those the operator added."""
    more = (one.strip().lower() for one in settings.hosts.split(","))
    return frozenset({httpx.URL(settings.issuer).host, *(one for one in more if one)})


def check_address(url: str, hosts: frozenset[str] | None) -> None:
    """Raise ProviderError for an address we do not call; with `hosts` None only its form counts (the browser goes)."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError) as error:
        raise ProviderError("an address cannot be read") from error
    if parsed.scheme != "https" and not (parsed.scheme == "http" and parsed.host in _LOOPBACK):
        raise ProviderError("an address is not https")
    if hosts is not None and parsed.host not in hosts:
        raise ProviderError("an address lies on a host that the operator did not name")


def _read(body: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise ProviderError("the answer cannot be read") from error
