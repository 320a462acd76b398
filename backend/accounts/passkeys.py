"""Passkeys: WebAuthn Level 3, discoverable credentials and user verification: one touch is the whole sign-in.

    options ─▶ the browser asks the authenticator, which shows the person and signs our challenge ─▶ its answer

A challenge is good once, for five minutes, and is looked up by its digest in the answer itself: an answer to a
challenge we did not give, or gave to another account, is refused (§13.4.3). Origin and RP id are those of the public
address; an address of digits can have none (§5.1.2). A counter that does not grow tells of a copied key (§6.1.1): the
answer is refused. Attestation is not asked for: whose make an authenticator is concerns nobody.
"""

import hashlib
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from msgspec import Struct
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    generate_challenge,
    options_to_json_dict,
    parse_client_data_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from backend.accounts.domain import Person
from backend.accounts.tables import Challenge
from backend.kit.clock import Clock
from backend.kit.ids import new_ulid
from backend.kit.transactions import returned

LIFETIME = timedelta(minutes=5)
_MILLISECONDS = int(LIFETIME.total_seconds() * 1000)
MAX_CREDENTIAL = 1_400
Json = dict[str, Any]
_REQUIRED = UserVerificationRequirement.REQUIRED
_BROKEN = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
"""What the library raises for an answer that does not verify, or that is no answer at all."""


class PasskeyError(Exception):
    """An answer that opens nothing; `copied` when everything but the counter was right."""

    def __init__(self, *, copied: bool = False) -> None:
        super().__init__("copied" if copied else "refused")
        self.copied = copied


class Made(Struct, frozen=True):
    """A new passkey."""

    credential: str
    public_key: str
    counter: int
    synced: bool


class Held(Struct, frozen=True):
    """A passkey as we know it."""

    credential: str
    public_key: str
    counter: int


class Place(Struct, frozen=True):
    """Where a passkey is good: a domain, and the origin of its pages."""

    rp: str
    origin: str


class RelyingParty:
    """Asks for passkeys and checks them; one for the whole program."""

    def __init__(self, *, name: str, origin: str | None, clock: Clock) -> None:
        self._name = name
        self._origin = origin
        self._clock = clock

    def at(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Place | None:
        """Return where passkeys are good; None at an address of digits. Without a public address: the one asked."""
        origin = self._origin or f"{connection.base_url.scheme}://{connection.base_url.netloc}"
        host = urlsplit(origin).hostname or ""
        return Place(host, origin) if host and not _is_digits(host) else None

    async def to_make(self, place: Place, person: Person, known: list[str]) -> Json:
        """Return what the browser is asked with to make a passkey; those the person has are left out."""
        challenge = await self._challenge(person.id)
        options = generate_registration_options(
            rp_id=place.rp,
            rp_name=self._name,
            user_id=person.id.encode(),
            user_name=person.name or self._name,
            user_display_name=person.name or self._name,
            challenge=challenge,
            timeout=_MILLISECONDS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
        )
        return options_to_json_dict(options)

    async def to_sign_in(self, place: Place) -> Json:
        """Return what the browser is asked with to sign in; it names nobody, so it tells nothing."""
        challenge = await self._challenge(None)
        options = generate_authentication_options(
            rp_id=place.rp, challenge=challenge, timeout=_MILLISECONDS, user_verification=_REQUIRED
        )
        return options_to_json_dict(options)

    async def made(self, place: Place, answer: Json, account: str) -> Made:
        """Check a new passkey. Raises PasskeyError."""
        challenge = await self._spend(answer, account)
        try:
            found = verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=place.rp,
                expected_origin=place.origin,
                require_user_verification=True,
            )
        except _BROKEN as error:
            raise PasskeyError from error
        credential = bytes_to_base64url(found.credential_id)
        if len(credential) > MAX_CREDENTIAL:
            raise PasskeyError
        return Made(
            credential, bytes_to_base64url(found.credential_public_key), found.sign_count, found.credential_backed_up
        )

    async def used(self, place: Place, answer: Json, held: Held | None) -> Made:
        """Check a passkey that signs somebody in, and return it with its new counter. Raises PasskeyError."""
        challenge = await self._spend(answer, None)
        if held is None:
            raise PasskeyError
        try:
            found = verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=place.rp,
                expected_origin=place.origin,
                credential_public_key=base64url_to_bytes(held.public_key),
                credential_current_sign_count=0,  # the counter is ours to judge, so that a copy is told from a forgery
                require_user_verification=True,
            )
        except _BROKEN as error:
            raise PasskeyError from error
        if (found.new_sign_count or held.counter) and found.new_sign_count <= held.counter:
            raise PasskeyError(copied=True)
        return Made(held.credential, held.public_key, found.new_sign_count, found.credential_backed_up)

    async def _challenge(self, account: str | None) -> bytes:
        now, challenge = self._clock(), generate_challenge()
        await Challenge.delete().where(Challenge.expires <= now)
        await Challenge(
            id=new_ulid(now.timestamp()), digest=_digest(challenge), account=account, expires=now + LIFETIME
        ).save()
        return challenge

    async def _spend(self, answer: Json, account: str | None) -> bytes:
        """Use up the challenge an answer names. Raises PasskeyError when it was not given, or not to this account."""
        try:
            challenge = parse_client_data_json(base64url_to_bytes(answer["response"]["clientDataJSON"])).challenge
        except _BROKEN as error:
            raise PasskeyError from error
        mine = (Challenge.digest == _digest(challenge)) & (Challenge.expires > self._clock())
        rows = await returned(Challenge.delete().where(mine).returning(Challenge.account))
        if [row["account"] for row in rows] != [account]:
            raise PasskeyError
        return challenge


def credential_of(answer: Json) -> str:
    """Return the id of the credential that an answer names, in one form; empty when it names none."""
    raw = answer.get("id")
    if not isinstance(raw, str) or len(raw) > MAX_CREDENTIAL:
        return ""
    return raw.rstrip("=")


def _digest(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()


def _is_digits(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False
