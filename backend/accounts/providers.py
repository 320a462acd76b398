"""Signing in by somebody else: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636), nothing implicit.

    begin   ─▶ the browser goes to the provider with state, nonce and code_challenge; a short cookie, signed by us,
               binds the three to this browser, so that nobody finishes another person's sign-in
    finish  ─▶ state and iss (RFC 9207) are compared, the code is exchanged for an ID token, and the token's signature,
               iss, aud, azp, exp and nonce are checked (Core §3.1.3.7)

What we keep of the answer is a digest of issuer and subject: no name, no address. A person is linked by these alone,
never by an address that two providers may spell alike.

We call only hosts that the operator named: the issuer's, and `…_HOSTS`. Nothing in a discovery document widens that.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import cast
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from msgspec import Struct

from backend.accounts.discovery import Caller, Metadata, ProviderError
from backend.kit.clock import Clock
from backend.kit.settings import ProviderSettings
from backend.kit.signed import sign, unsign

LIFETIME = timedelta(minutes=10)
LEEWAY = 60
"""Seconds by which the clocks of provider and server may differ."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a key that only the provider has: never `none`, never one keyed by our secret."""
MAX_CODE = 2_000
MAX_SUBJECT = 255
_PURPOSE = "oidc"


class Begun(Struct, frozen=True):
    """What a browser keeps between leaving and coming back."""

    provider: str
    state: str
    nonce: str
    verifier: str
    callback: str
    next: str
    device: str
    account: str | None = None
    """Whom the identity is to be linked to; none when somebody signs in."""


class Identified(Struct, frozen=True):
    """Who came back."""

    issuer: str
    subject: str
    """Digest of issuer and subject."""


class Providers:
    """All providers of this server; one for the whole program."""

    def __init__(self, settings: tuple[ProviderSettings, ...], *, key: bytes, clock: Clock) -> None:
        self._callers = {one.name: Caller(one, clock) for one in settings}
        self._key = key
        self._clock = clock

    def known(self) -> list[ProviderSettings]:
        """Return the providers by name."""
        return [one.settings for one in self._callers.values()]

    def called(self, issuer: str) -> ProviderSettings | None:
        """Return the provider of an issuer; None when it is no longer configured."""
        return next((one for one in self.known() if one.issuer == issuer), None)

    async def begin(
        self, name: str, *, callback: str, next_path: str, device: str, account: str | None
    ) -> tuple[str, str]:
        """Return where the browser goes, and what it keeps meanwhile. Raises ProviderError."""
        caller = self._caller(name)
        metadata = await caller.metadata()
        begun = Begun(
            provider=name,
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            callback=callback,
            next=next_path,
            device=device,
            account=account,
        )
        asked = {
            "response_type": "code",
            "client_id": caller.settings.client_id,
            "redirect_uri": callback,
            "scope": "openid",
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": _challenge(begun.verifier),
            "code_challenge_method": "S256",
        }
        mark = "&" if urlsplit(metadata.authorization_endpoint).query else "?"
        kept = sign(self._key, _PURPOSE, begun, self._clock() + LIFETIME)
        return f"{metadata.authorization_endpoint}{mark}{urlencode(asked)}", kept

    def kept(self, cookie: str) -> Begun | None:
        """Return what a browser kept, if we gave it and it is not too old."""
        return unsign(self._key, _PURPOSE, cookie, Begun, self._clock())

    async def finish(self, begun: Begun, answer: Mapping[str, str]) -> Identified:
        """Return who came back. Raises ProviderError for everything that is not exactly as it was begun."""
        caller = self._caller(begun.provider)
        metadata = await caller.metadata()
        _check_answer(begun, answer, metadata)
        token = await caller.exchange(answer["code"][:MAX_CODE], begun.verifier, begun.callback)
        claims = await self._claims(caller, token)
        _check_claims(claims, caller.settings, begun.nonce, int(self._clock().timestamp()))
        return Identified(caller.settings.issuer, _digest(caller.settings.issuer, str(claims["sub"])))

    async def _claims(self, caller: Caller, token: str) -> dict[str, object]:
        """Check the signature. Keys are fetched anew once, for a provider that has changed its own."""
        for again in (False, True):
            keys = KeySet.import_key_set(cast("KeySetSerialization", await caller.keys(again=again)))
            try:
                return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
            except (JoseError, ValueError) as error:
                failed = error
        raise ProviderError("the ID token does not verify") from failed

    def _caller(self, name: str) -> Caller:
        if name not in self._callers:
            raise ProviderError("there is no such provider")
        return self._callers[name]


def _check_answer(begun: Begun, answer: Mapping[str, str], metadata: Metadata) -> None:
    if not hmac.compare_digest(answer.get("state", ""), begun.state):
        raise ProviderError("state differs")
    named = answer.get("iss")
    if named != metadata.issuer and (named is not None or metadata.authorization_response_iss_parameter_supported):
        raise ProviderError("iss differs")
    if "error" in answer or not answer.get("code"):
        raise ProviderError("the provider said no", refused=True)


def _check_claims(claims: Mapping[str, object], settings: ProviderSettings, nonce: str, now: int) -> None:
    """Check an ID token as Core §3.1.3.7 has it."""
    audience = claims.get("aud")
    audiences = cast("list[object]", audience) if isinstance(audience, list) else [audience]
    expires, issued, subject = claims.get("exp"), claims.get("iat"), claims.get("sub")
    right = {
        "iss": claims.get("iss") == settings.issuer,
        "aud": settings.client_id in audiences,
        "azp": claims.get("azp", settings.client_id) == settings.client_id,
        "exp": isinstance(expires, int | float) and now < expires + LEEWAY,
        "iat": isinstance(issued, int | float) and issued <= now + LEEWAY,
        "nonce": hmac.compare_digest(str(claims.get("nonce", "")), nonce),
        "sub": isinstance(subject, str) and 0 < len(subject) <= MAX_SUBJECT,
    }
    if wrong := [name for name, fits in right.items() if not fits]:
        raise ProviderError(f"the ID token has another {wrong[0]}")


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _digest(issuer: str, subject: str) -> str:
    return hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()
