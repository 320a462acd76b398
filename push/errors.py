"""Our own mistakes: what a caller must put right before anything is sent.

What a push service answers is never raised: it is an `push.outcome.Outcome`.
"""


class PushError(Exception):
    """Something cannot be sent as it is; the message is a sentence for an operator."""


class InvalidSubscriptionError(PushError):
    """The browser's subscription is malformed."""


class InvalidMessageError(PushError):
    """The message breaks a rule of RFC 8030 or is too large for one record."""


class ForbiddenEndpointError(PushError):
    """The endpoint is, or leads to, an address we never call."""


class InvalidKeyError(PushError):
    """The text is not a VAPID private key."""
