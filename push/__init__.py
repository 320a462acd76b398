"""Web Push, usable by itself: build a request as a value, send it elsewhere, read what the answer means.

Nothing but `push.sender` and its connections touches the network. README.md follows one message from text to bytes.
"""

from push.errors import (
    ForbiddenEndpointError,
    InvalidKeyError,
    InvalidMessageError,
    InvalidSubscriptionError,
    PushError,
)
from push.guard import Policy, check_addresses, check_endpoint
from push.message import Action, Message, Notification, Urgency, read_notification, topic_of, ttl_until
from push.outcome import Delivered, Gone, Outcome, Refused, RetryLater, TooLarge
from push.request import PushRequest, build_request
from push.sender import Resolve, Sender, resolve
from push.subscription import Subscription, read_subscription
from push.vapid import Keyring, VapidKey, VapidSigner

__all__ = [
    "Action",
    "Delivered",
    "ForbiddenEndpointError",
    "Gone",
    "InvalidKeyError",
    "InvalidMessageError",
    "InvalidSubscriptionError",
    "Keyring",
    "Message",
    "Notification",
    "Outcome",
    "Policy",
    "PushError",
    "PushRequest",
    "Refused",
    "Resolve",
    "RetryLater",
    "Sender",
    "Subscription",
    "TooLarge",
    "Urgency",
    "VapidKey",
    "VapidSigner",
    "build_request",
    "check_addresses",
    "check_endpoint",
    "read_notification",
    "read_subscription",
    "resolve",
    "topic_of",
    "ttl_until",
]
