"""Payload encryption for one device: RFC 8291 on top of RFC 8188.

A fresh key pair per message agrees on a secret with the device's public key (ECDH on P-256); HKDF mixes in the
device's authentication secret and a random salt; the payload becomes one AES-128-GCM record. The push service carries
it without being able to read it:

    salt 16 │ record size 4 │ key length 1 │ our public key 65 │ payload + 0x02 delimiter, encrypted │ tag 16

pywebpush does the arithmetic; here its answer gets a type.
"""

from typing import cast

from pywebpush import WebPusher

from push.message import Message
from push.subscription import Subscription

CONTENT_ENCODING = "aes128gcm"


def encrypt(message: Message, subscription: Subscription) -> bytes:
    """Return the body of the request: the payload that only this device can read."""
    pusher = WebPusher(
        {
            "endpoint": subscription.endpoint,
            "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
        }
    )
    encoded = cast("dict[str, bytes]", pusher.encode(message.payload, CONTENT_ENCODING))
    return encoded["body"]
