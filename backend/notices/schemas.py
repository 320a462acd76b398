"""Bodies of the addresses of push subscriptions."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta

from backend.accounts.schemas import In, Out
from backend.notices.domain import LONGEST_ID, DeviceState, Kind, Seen, State

NoticeId = Annotated[str, Meta(min_length=1, max_length=LONGEST_ID)]
MOST_RECEIPTS = 100


class Subscribe(In):
    """`PUT /push/subscription`."""

    subscription: Annotated[
        dict[str, Any],
        Meta(description="`PushSubscription.toJSON()` (Push API): endpoint and keys; UnifiedPush has the same three."),
    ]
    public_key: Annotated[str, Meta(min_length=1, max_length=100, description="The key it was made with.")]


class DeliveryBody(Out):
    """What became of one notice on this device."""

    notice: str
    kind: Kind
    state: State
    reason: str
    """What the push service said when it would not; empty otherwise."""
    queued: datetime
    sent: datetime | None
    shown: datetime | None
    opened: datetime | None
    acted: datetime | None


class PushHereBody(Out):
    """The device that asks, and notices."""

    state: DeviceState | None
    """None: it takes no notices."""
    endpoint: str | None
    """SHA-256 of where it is reached, in hexadecimal, for the device to compare with what the browser has."""
    since: datetime | None


class PushBody(Out):
    """`GET /push`."""

    public_key: str
    """For `applicationServerKey`."""
    here: PushHereBody
    deliveries: list[DeliveryBody]
    """The latest to this device, newest first."""


class TestedBody(Out):
    """The answer to `POST /push/test`."""

    notice: str


class Receipt(In):
    """What a device tells of one notice."""

    notice: NoticeId
    seen: Seen


class ReceiptsBody(In):
    """`POST /push/receipts`; telling the same again changes nothing."""

    receipts: Annotated[list[Receipt], Meta(max_length=MOST_RECEIPTS)]
