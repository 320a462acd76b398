"""Passkeys: WebAuthn Level 3, discoverable credentials and user verification: one touch is the whole sign-in.

    options ─▶ the browser asks the authenticator, which shows the person and signs our challenge ─▶ its answer

A challenge is good once, for five minutes, and is looked up by its digest in the answer itself: an answer to a
challenge we did not give, or gave to another account, is refused (§13.4.3). Origin and RP id are those of the public
address; an address of digits can have none (§5.1.2). A counter that does not grow tells of a copied key (§6.1.1): the
answer is refused. Attestation is not asked for: whose make an authenticator is concerns nobody.

What the library does with all this stands in `ceremony.py`, which is loaded when somebody first asks.
"""

import hashlib
import secrets
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection

from backend.accounts.domain import Person
from backend.accounts.passkey_domain import Held, Json, Made, PasskeyError, Place
from backend.accounts.tables import Challenge
from backend.kit.clock import Clock
from backend.kit.ids import new_ulid
from backend.kit.transactions import returned

LIFETIME = timedelta(minutes=5)
_CHALLENGE = 64
"""Random bytes; §13.4.3 asks for 16 at least."""


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
        from backend.accounts import ceremony

        return ceremony.to_make(place.rp, self._name, person, known, await self._challenge(person.id), LIFETIME)

    async def to_sign_in(self, place: Place) -> Json:
        """Return what the browser is asked with to sign in; it names nobody, so it tells nothing."""
        from backend.accounts import ceremony

        return ceremony.to_sign_in(place.rp, await self._challenge(None), LIFETIME)

    async def made(self, place: Place, answer: Json, account: str) -> Made:
        """Check a new passkey. Raises PasskeyError."""
        from backend.accounts import ceremony

        return ceremony.made(place, answer, await self._spend(ceremony.challenge_of(answer), account))

    async def used(self, place: Place, answer: Json, held: Held | None) -> Made:
        """Check a passkey that signs somebody in, and return it with its new counter. Raises PasskeyError."""
        from backend.accounts import ceremony

        challenge = await self._spend(ceremony.challenge_of(answer), None)
        if held is None:
            raise PasskeyError
        return ceremony.used(place, answer, held, challenge)

    async def _challenge(self, account: str | None) -> bytes:
        now, challenge = self._clock(), secrets.token_bytes(_CHALLENGE)
        await Challenge.delete().where(Challenge.expires <= now)
        await Challenge(
            id=new_ulid(now.timestamp()), digest=_digest(challenge), account=account, expires=now + LIFETIME
        ).save()
        return challenge

    async def _spend(self, challenge: bytes, account: str | None) -> bytes:
        """Use up a challenge and return it. Raises PasskeyError when it was not given, or not to this account."""
        mine = (Challenge.digest == _digest(challenge)) & (Challenge.expires > self._clock())
        rows = await returned(Challenge.delete().where(mine).returning(Challenge.account))
        if [row["account"] for row in rows] != [account]:
            raise PasskeyError
        return challenge


def _digest(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()


def _is_digits(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False
