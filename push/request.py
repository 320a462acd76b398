"""A message, a subscription and a key become one HTTP request: a value, still unsent (RFC 8030 §5)."""

from datetime import datetime

import msgspec

from push.encryption import CONTENT_ENCODING, encrypt
from push.guard import Endpoint, Policy, check_endpoint
from push.message import Message
from push.subscription import Subscription
from push.vapid import VapidSigner


class PushRequest(msgspec.Struct, frozen=True):
    """A POST that asks a push service to deliver a message. Sending it again delivers again."""

    endpoint: Endpoint
    headers: dict[str, str]
    body: bytes

    @property
    def wire(self) -> bytes:
        """The request as it goes over a connection (RFC 9112 §3)."""
        at = self.endpoint
        lines = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        head = f"POST {at.path} HTTP/1.1\r\nHost: {at.authority}\r\n{lines}Content-Length: {len(self.body)}\r\n\r\n"
        return head.encode("ascii") + self.body


def build_request(
    message: Message, subscription: Subscription, signer: VapidSigner, policy: Policy, now: datetime
) -> PushRequest:
    """Encrypt the message for the device and sign for its push service.

    Raises:
        ForbiddenEndpointError: the stored endpoint may not be called (any more).

    """
    endpoint = check_endpoint(subscription.endpoint, policy)
    headers = {
        "TTL": str(message.ttl),
        "Urgency": message.urgency.value,
        "Content-Encoding": CONTENT_ENCODING,
        "Content-Type": "application/octet-stream",
        "Authorization": signer.authorization(endpoint.origin, now),
    }
    if message.topic is not None:
        headers["Topic"] = message.topic
    return PushRequest(endpoint, headers, encrypt(message, subscription))
