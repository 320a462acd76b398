"""Who is sending: the signed claim by which a push service knows its application server (RFC 8292, VAPID).

    Authorization: vapid t=<JWT {aud: origin of the endpoint, exp, sub: how to reach us}>, k=<our public key>

A device's subscription is bound to the public key it was made with (`applicationServerKey`), so the private key is as
lasting as the subscriptions: whoever loses it loses them all.

Keys can be changed all the same: every subscription remembers the id of its key, the former keys go on signing for
the devices that still have them, and a device that comes by is asked to subscribe again with the present one
(`Keyring`).

A claim is valid for every endpoint of an origin, so it is signed once per origin and hour; signing each message would
cost a third of the whole sending.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from py_vapid import Vapid02

from push import base64url
from push.errors import InvalidKeyError

_HOUR = 3600
_LIFETIME = 12 * _HOUR  # at most 24 h are allowed (RFC 8292 §2); half of it forgives clocks that are wrong by hours
_CONTACT = re.compile(r"mailto:[^@\s]+@[^@\s]+|https://[^\s/]+(/\S*)?")
_ID = 16  # hexadecimal digits
_ORIGINS = 1000  # claims kept; more origins than this in one hour are signed again


class VapidKey:
    """The key pair of an application server."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self.private = private

    @classmethod
    def generate(cls) -> "VapidKey":
        """Make a new key pair."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_pem(cls, pem: bytes) -> "VapidKey":
        """Read what `pem` wrote.

        Raises:
            InvalidKeyError: it is not a private key on the curve P-256.

        """
        try:
            private = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise InvalidKeyError("The VAPID private key cannot be read.") from error
        if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
            raise InvalidKeyError("The VAPID private key is not on the curve P-256.")
        return cls(private)

    @property
    def pem(self) -> bytes:
        """The private key, PKCS#8 in PEM; keep it in a file that only the server reads."""
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def public_text(self) -> str:
        """The public key as browsers want it for `applicationServerKey`: an uncompressed point in base64url."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64url.encode(point)

    @property
    def id(self) -> str:
        """A short name of the key that tells nothing: the beginning of its public half's digest."""
        return hashlib.sha256(self.public_text.encode()).hexdigest()[:_ID]


class VapidSigner:
    """Signs claims for one key and remembers them for the hour."""

    def __init__(self, key: VapidKey, contact: str) -> None:
        """Take the key and how a push service's operators reach us: `mailto:…` or `https://…`.

        Raises:
            InvalidKeyError: the contact is neither.

        """
        if not _CONTACT.fullmatch(contact):
            raise InvalidKeyError("The VAPID contact is not «mailto:…» or «https://…».")
        # «no-strict»: py_vapid's own check refuses https addresses with a path. It has no annotations either.
        vapid = cast("Any", Vapid02(key.private, {"no-strict": True}))
        self._sign_claims: Callable[[dict[str, str | int]], dict[str, str]] = vapid.sign
        self._contact = contact
        self._hour = 0
        self._claims: dict[str, str] = {}

    def authorization(self, origin: str, now: datetime) -> str:
        """Return the Authorization header for an origin such as `https://push.example`."""
        hour = int(now.timestamp()) // _HOUR
        if hour != self._hour or len(self._claims) >= _ORIGINS:
            self._hour, self._claims = hour, {}
        if origin not in self._claims:
            self._claims[origin] = self._sign(origin, hour * _HOUR + _LIFETIME)
        return self._claims[origin]

    def _sign(self, origin: str, expires: int) -> str:
        return self._sign_claims({"aud": origin, "exp": expires, "sub": self._contact})["Authorization"]


class Keyring:
    """The present key and the former ones, which stay until no device is bound to them any more."""

    def __init__(self, current: VapidKey, former: Iterable[VapidKey], contact: str) -> None:
        """Take the keys and the contact of `VapidSigner`; raises as that does."""
        self.current = current
        self._signers = {key.id: VapidSigner(key, contact) for key in (*former, current)}
        self._ids = {key.public_text: key.id for key in (*former, current)}

    def signer(self, key: str) -> VapidSigner | None:
        """Return who signs for the subscriptions of a key, by its id; None when we have lost it."""
        return self._signers.get(key)

    def id_of(self, public_text: str) -> str | None:
        """Return the id of one of our keys by its public half; None for a stranger's."""
        return self._ids.get(public_text.rstrip("="))
