"""Web Push, usable by itself: build a request as a value, send it elsewhere, read what the answer means.

Nothing but `push.sender` touches the network. README.md follows one message from text to bytes.
"""

from push.errors import (
    ForbiddenEndpointError,
    InvalidKeyError,
    InvalidMessageError,
    InvalidSubscriptionError,
    PushError,
)
from push.guard import Policy
from push.message import Message, Notification, Urgency, topic_of, ttl_until
from push.outcome import Delivered, Gone, Outcome, Refused, RetryLater, TooLarge
from push.request import PushRequest, build_request
from push.sender import Sender
from push.subscription import Subscription, read_subscription
from push.vapid import VapidKey, VapidSigner

__all__ = [
    "Delivered",
    "ForbiddenEndpointError",
    "Gone",
    "InvalidKeyError",
    "InvalidMessageError",
    "InvalidSubscriptionError",
    "Message",
    "Notification",
    "Outcome",
    "Policy",
    "PushError",
    "PushRequest",
    "Refused",
    "RetryLater",
    "Sender",
    "Subscription",
    "TooLarge",
    "Urgency",
    "VapidKey",
    "VapidSigner",
    "build_request",
    "read_subscription",
    "topic_of",
    "ttl_until",
]
