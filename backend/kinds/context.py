"""What a tool outside is told when somebody opens it from a link: a signed, short-lived statement.

    iss   this server           aud   origin of the tool          iat, exp   five minutes        jti   good once
    sub   who it is, for this tool alone     process, item, link     role     locale

It is a JWT (RFC 7519) signed as a compact JWS (RFC 7515). A tool checks the signature with the keys at
`/api/v1/links/keys` (ES256, RFC 7517), that it is meant itself, and that it has not seen the `jti`. `sub` is a keyed
digest of tool, process and member: two tools cannot find out that it is the same person, and neither learns the
member id. There is no name and no address in it.

Only a tool whose INTERLINKER declares its origin (`context`) is told anything, and only under that very origin: a
link that leads anywhere else gets nothing, whoever made it.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey
from msgspec import Struct

from backend.kit.clock import Clock
from backend.kit.ids import new_ulid

LIFETIME: Final = timedelta(minutes=5)
ALGORITHM: Final = "ES256"
MEMBER: Final = "interlink"
"""Its name in the fragment of the address."""
_PORTS: Final = {"https": 443, "http": 80}

Role = Literal["administrator", "contributor", "reader"]


class Visit(Struct, frozen=True):
    """Who opens which link, where they stand, and in which language."""

    process: str
    item: str
    link: str
    member: str
    role: Role
    language: str


class Contexts:
    """Signs contexts; one for the whole program."""

    def __init__(self, *, pem: bytes, key: bytes, issuer: str, clock: Clock) -> None:
        self._signer = ECKey.import_key(pem)
        self._kid = self._signer.thumbprint()
        self._key = key
        self._issuer = issuer
        self._clock = clock

    def public_keys(self) -> dict[str, Any]:
        """Return the set of public keys (RFC 7517) by which tools check what we signed."""
        public = self._signer.as_dict(private=False)
        return {"keys": [{**public, "kid": self._kid, "use": "sig", "alg": ALGORITHM}]}

    def address(self, url: str, origin: str, visit: Visit) -> str:
        """Return the address to open: the link's own, with the signed context in its fragment, which no server logs."""
        now = self._clock()
        claims: dict[str, Any] = {
            "iss": self._issuer,
            "aud": origin,
            "iat": int(now.timestamp()),
            "exp": int((now + LIFETIME).timestamp()),
            "jti": new_ulid(now.timestamp()),
            "sub": self._pseudonym(origin, visit),
            "process": visit.process,
            "item": visit.item,
            "link": visit.link,
            "role": visit.role,
            "locale": visit.language,
        }
        token = jwt.encode({"alg": ALGORITHM, "kid": self._kid}, claims, self._signer, algorithms=[ALGORITHM])
        place, mark, fragment = url.partition("#")
        return f"{place}#{fragment}{'&' if mark and fragment else ''}{MEMBER}={token}"

    def _pseudonym(self, origin: str, visit: Visit) -> str:
        told = f"link-context\n{origin}\n{visit.process}\n{visit.member}".encode()
        return urlsafe_b64encode(hmac.new(self._key, told, hashlib.sha256).digest()).decode().rstrip("=")


def origin_of(url: str) -> str | None:
    """Return the origin of a web address (RFC 6454), the port only where it is not the usual one; None for others."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != _PORTS[parts.scheme] else "")
