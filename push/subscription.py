"""A browser's push subscription, checked on arrival so that nothing behind this file need doubt it.

`PushSubscription.toJSON()` of the Push API gives `{"endpoint", "expirationTime", "keys": {"p256dh", "auth"}}`.
UnifiedPush gives Android apps the same three values.
"""

from typing import cast

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from push import base64url
from push.errors import InvalidSubscriptionError
from push.guard import Policy, check_endpoint

_POINT = 65  # an uncompressed P-256 point: 0x04, x, y (RFC 8291 §2.1)
_SECRET = 16  # the authentication secret (RFC 8291 §3.2)


class Subscription(msgspec.Struct, frozen=True):
    """Where one device is reached and the keys to write to it.

    `endpoint` is the push service's URL for the device, `p256dh` its public key and `auth` its shared secret, both
    base64url. The endpoint identifies a person's device: treat it as a secret and keep it out of logs.
    """

    endpoint: str
    p256dh: str
    auth: str


def read_subscription(data: object, policy: Policy) -> Subscription:
    """Check what a device registered and return it in one form.

    Args:
        data: the decoded JSON of `PushSubscription.toJSON()`.
        policy: which endpoints may be called at all.

    Raises:
        InvalidSubscriptionError: a member is missing or is not a key.
        ForbiddenEndpointError: the endpoint may not be called.

    """
    members = _mapping(data)
    keys = _mapping(members.get("keys"))
    endpoint = _text(members, "endpoint")
    check_endpoint(endpoint, policy)
    point = _bytes(keys, "p256dh", _POINT)
    try:
        # Also refuses points that are not on the curve, with which a stranger could learn about our keys.
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise InvalidSubscriptionError("The subscription's «p256dh» is not a public key.") from error
    secret = _bytes(keys, "auth", _SECRET)
    return Subscription(endpoint, base64url.encode(point), base64url.encode(secret))


def _mapping(data: object) -> dict[str, object]:
    if not isinstance(data, dict):
        raise InvalidSubscriptionError("The subscription is not an object with an endpoint and keys.")
    return cast("dict[str, object]", data)


def _text(members: dict[str, object], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str):
        raise InvalidSubscriptionError(f"The subscription has no «{name}».")
    return value


def _bytes(members: dict[str, object], name: str, length: int) -> bytes:
    try:
        value = base64url.decode(_text(members, name))
    except ValueError as error:
        raise InvalidSubscriptionError(f"The subscription's «{name}» is not base64url.") from error
    if len(value) != length:
        raise InvalidSubscriptionError(f"The subscription's «{name}» has {len(value)} bytes, not {length}.")
    return value
