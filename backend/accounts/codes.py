"""Six digits by mail: they prove that an address belongs to who uses it.

A code is good for 15 minutes, five tries and one use, and only for who asked: the device that wants to sign in, or the
account that wants another address. So nobody can use up another person's tries from afar, and a code read aloud on
the telephone opens nothing elsewhere. With a million codes and five tries a guess succeeds once in 200,000 mails, and
asking is limited. What is kept is a keyed digest.

Asking does the same work for every address, known or not: one row, one mail. Only the mail's reader learns which.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from msgspec import Struct

from backend.accounts import queries
from backend.accounts.post import Post
from backend.accounts.tables import EmailCode
from backend.kit.clock import Clock
from backend.kit.ids import new_ulid
from backend.kit.transactions import returned

LIFETIME = timedelta(minutes=15)
TRIES = 5
DIGITS = 6


class Found(Struct, frozen=True):
    """A code that fits."""

    id: str
    newcomers: bool


class Codes:
    """Sends codes and knows them again; one for the whole program."""

    def __init__(self, *, key: bytes, post: Post, clock: Clock) -> None:
        self._key = key
        self._post = post
        self._clock = clock

    async def ask_to_sign_in(self, email: str, language: str, device: str, *, newcomers: bool) -> None:
        """Send a code to an address; where nobody has it, one that makes an account, or word that none may be made."""
        known = await queries.account_with(email)
        text = "sign_in" if known else ("welcome" if newcomers else "nobody")
        spoken, name = (known.language, known.name) if known else (language, "")
        await self._send(email, device, text, spoken, name, newcomers=newcomers)

    async def ask_to_change(self, email: str, account: str, language: str, name: str) -> None:
        """Send a code that proves a new address; who has that address already is told, and the asker learns nothing."""
        known = await queries.account_with(email)
        taken = known is not None and known.id != account
        told = known if taken and known else None
        await self._send(
            email,
            account,
            "taken" if taken else "confirm",
            told.language if told else language,
            told.name if told else name,
            newcomers=False,
        )

    async def find(self, email: str, asker: str, code: str) -> Found | None:
        """Count one try, and return the code if it fits. `spend` it when it was good for what was asked."""
        digits = "".join(code.split())
        rows = await EmailCode.select().where(
            (EmailCode.email == email)
            & (EmailCode.asker == asker)
            & (EmailCode.expires > self._clock())
            & (EmailCode.tries < TRIES)
        )
        if not rows:
            return None
        [row] = rows[-1:]
        await EmailCode.update({EmailCode.tries: EmailCode.tries + 1}).where(EmailCode.id == row["id"])
        fits = hmac.compare_digest(self._digest(row["id"], digits), row["digest"])
        return Found(row["id"], bool(row["newcomers"])) if fits else None

    async def pending(self, asker: str) -> str | None:
        """Return the address that an account has asked to change to."""
        rows = await EmailCode.select(EmailCode.email).where(
            (EmailCode.asker == asker) & (EmailCode.expires > self._clock())
        )
        return rows[-1]["email"] if rows else None

    async def spend(self, code: str) -> bool:
        """Use a code up; False when somebody did already. Call it inside the transaction of what it allows."""
        return bool(await returned(EmailCode.delete().where(EmailCode.id == code).returning(EmailCode.id)))

    async def _send(self, email: str, asker: str, text: str, language: str, name: str, *, newcomers: bool) -> None:
        now = self._clock()
        key, code = new_ulid(now.timestamp()), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        await EmailCode.delete().where(
            (EmailCode.expires <= now) | ((EmailCode.email == email) & (EmailCode.asker == asker))
        )
        await EmailCode(
            id=key,
            email=email,
            asker=asker,
            digest=self._digest(key, code),
            newcomers=newcomers,
            expires=now + LIFETIME,
        ).save()
        await self._post.put(email, text, language, lasts=LIFETIME, code=code, name=name)

    def _digest(self, key: str, code: str) -> str:
        return hmac.new(self._key, f"{key}:{code}".encode(), hashlib.sha256).hexdigest()
