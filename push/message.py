"""What is sent to a device, before it is encrypted: the payload and the three headers a push service reads.

TTL, Urgency and Topic are RFC 8030 §5.2 to §5.4. The payload is in the form of Declarative Web Push (WebKit, Push
API): Safari shows it by itself, other browsers hand the same JSON to the service worker, so there is one form only.
"""

import hashlib
import re
from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from push import base64url
from push.errors import InvalidMessageError

MAX_PAYLOAD = 3993
"""Bytes of plaintext. A push service takes 4096 (RFC 8030 §7.2); 86 are the header of RFC 8188 with its key, 16 the
tag and 1 the delimiter."""

MAX_TTL = 28 * 24 * 3600
"""Seconds. Push services keep nothing for longer than four weeks."""

_SHORT_TITLE = 100  # characters
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
_TOPIC_BYTES = 24  # 32 characters of base64url


class Urgency(StrEnum):
    """How much battery a message is worth (RFC 8030 §5.3)."""

    VERY_LOW = "very-low"
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Action(msgspec.Struct, frozen=True):
    """A button under a notification: `action` is the word for it, `navigate` the address it opens."""

    action: str
    title: str
    navigate: str


class Notification(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a device shows. `navigate` is the address that a tap opens.

    It may name a need, a place and a time, never a person or anybody's free text: it lies on lock screens. A later
    one with the same `tag` takes the place of the earlier. `data` is for the service worker: which notice this is.
    """

    title: str
    navigate: str
    body: str = ""
    lang: str = ""
    tag: str = ""
    actions: tuple[Action, ...] = ()
    data: dict[str, str] = {}
    silent: bool = False

    def payload(self) -> bytes:
        """Return the Declarative Web Push JSON; 8030 is the mark by which browsers know it.

        `mutable` lets our worker show it where there is one, so that it can say that it was shown; where the worker
        fails, a browser that knows this form shows it as it stands.
        """
        return msgspec.json.encode({"web_push": 8030, "mutable": True, "notification": self})

    def shortened(self) -> "Notification":
        """Return what is left for a push service that takes less: the title, where it leads, and which notice it is."""
        return msgspec.structs.replace(self, title=self.title[:_SHORT_TITLE], body="", actions=())


def read_notification(payload: bytes) -> Notification:
    """Return the notification in a payload that `Notification.payload` wrote.

    Raises:
        InvalidMessageError: it is something else.

    """
    try:
        return msgspec.json.decode(payload, type=_Declarative).notification
    except msgspec.MsgspecError as error:
        raise InvalidMessageError("The payload is not Declarative Web Push.") from error


class _Declarative(msgspec.Struct, frozen=True):
    web_push: Literal[8030]
    notification: Notification


class Message(msgspec.Struct, frozen=True):
    """A payload and how a push service should treat it.

    `ttl` is the time in seconds after which the message is useless and is dropped; 0 means «now or never». A message
    with a `topic` replaces the one with the same topic that has not been delivered yet.
    """

    payload: bytes
    ttl: int
    urgency: Urgency = Urgency.NORMAL
    topic: str | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.payload) <= MAX_PAYLOAD:
            raise InvalidMessageError(f"The payload has {len(self.payload)} bytes; 1 to {MAX_PAYLOAD} can be sent.")
        if not 0 <= self.ttl <= MAX_TTL:
            raise InvalidMessageError(f"The TTL is {self.ttl} seconds; 0 to {MAX_TTL} are possible.")
        if self.topic is not None and not _TOPIC.fullmatch(self.topic):
            raise InvalidMessageError("The topic is not 1 to 32 characters of base64url.")


def topic_of(thing: str) -> str:
    """Return the topic for a thing: always the same, 32 characters, telling the push service nothing of its id."""
    return base64url.encode(hashlib.sha256(thing.encode()).digest()[:_TOPIC_BYTES])


def ttl_until(useless_at: datetime, now: datetime) -> int:
    """Return the whole seconds from `now` to `useless_at`, within 0 and `MAX_TTL`."""
    return max(0, min(MAX_TTL, int((useless_at - now).total_seconds())))
