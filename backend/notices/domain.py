"""The words of this room: what a notice is, how much it hurries, and what became of it on one device."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from push import Urgency

LONGEST_ID = 64
"""Characters of a notice's id."""


class Kind(StrEnum):
    """Why somebody is told something."""

    TEST = "test"
    NEEDED = "needed"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    """Accepted or declined."""
    REMINDER = "reminder"
    PLACE_FREE = "place_free"
    HANDED = "handed"
    """People are still missing, and it is theirs to look after that."""
    CHANGED = "changed"
    CANCELLED = "cancelled"
    MENTION = "mention"
    INVITATION = "invitation"
    APPLICATION = "application"
    NOT_ACCEPTED = "not_accepted"
    DIGEST = "digest"


class Manner(Struct, frozen=True):
    """How a kind travels: what battery it is worth, and when it is useless at the latest."""

    urgency: Urgency
    lasts: timedelta


MANNERS: Mapping[Kind, Manner] = {
    Kind.TEST: Manner(Urgency.HIGH, timedelta(minutes=10)),
    Kind.NEEDED: Manner(Urgency.HIGH, timedelta(hours=12)),
    Kind.ASSIGNED: Manner(Urgency.NORMAL, timedelta(days=7)),
    Kind.ANSWERED: Manner(Urgency.HIGH, timedelta(days=2)),
    Kind.REMINDER: Manner(Urgency.HIGH, timedelta(hours=6)),
    Kind.PLACE_FREE: Manner(Urgency.HIGH, timedelta(hours=12)),
    Kind.HANDED: Manner(Urgency.HIGH, timedelta(days=1)),
    Kind.CHANGED: Manner(Urgency.HIGH, timedelta(days=2)),
    Kind.CANCELLED: Manner(Urgency.HIGH, timedelta(days=2)),
    Kind.MENTION: Manner(Urgency.NORMAL, timedelta(days=7)),
    Kind.INVITATION: Manner(Urgency.NORMAL, timedelta(days=7)),
    Kind.APPLICATION: Manner(Urgency.NORMAL, timedelta(days=7)),
    Kind.NOT_ACCEPTED: Manner(Urgency.NORMAL, timedelta(days=7)),
    Kind.DIGEST: Manner(Urgency.LOW, timedelta(days=1)),
}
"""TTL and Urgency of each kind (RFC 8030 §5.2, §5.3). The Topic (§5.4) is the thing a notice is about."""


class Words(Struct, frozen=True):
    """What is shown, in one language."""

    title: str
    body: str = ""
    buttons: Mapping[str, str] = {}
    """What can be answered, by the word that the device is told."""


class Notice(Struct, frozen=True, kw_only=True):
    """One thing to tell one person. The same id is told once on each of their devices, however often it is put."""

    id: str
    kind: Kind
    thing: str
    """What it is about; a later notice about the same thing takes the place of one that is still on its way."""
    path: str
    """What a tap opens, from the root of this server."""
    words: Mapping[str, Words]
    """By language; English is there at least. A need, a place, a time; never a person, never anybody's free text."""
    until: datetime | None = None
    """When it is useless, where that is sooner than its kind says."""
    about: Mapping[str, str] = {}
    """Ids by which the device can answer without asking anybody."""
    of: str = ""
    """Id of the notice whose place it takes on devices that show that one, without a sound."""


class State(StrEnum):
    """What became of a notice on one device."""

    QUEUED = "queued"
    SENT = "sent"
    """The push service has it; nobody has seen it."""
    SHOWN = "shown"
    OPENED = "opened"
    ACTED = "acted"
    """A button under it was pressed."""
    CLOSED = "closed"
    """It was wiped away."""
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    """A later notice about the same thing took its place before it went out."""


class Stage(StrEnum):
    """How far a notice of a person is."""

    TO_COME = "to_come"
    """Not in the inbox yet."""
    WAITING = "waiting"
    """In the inbox; push or mail are put off, as the person wishes."""
    GONE = "gone"
    """Sent, or told in a digest."""
    QUIET = "quiet"
    """In the inbox only; the next digest may tell of it."""
    MUTED = "muted"
    """In the inbox only, and no digest tells of it."""
    WITHDRAWN = "withdrawn"
    CLEARING = "clearing"
    """Withdrawn, and a device still shows it."""
    CORRECTED = "corrected"
    """It says something else by now than a device still shows."""


class Seen(StrEnum):
    """What a device tells of a notice."""

    SHOWN = "shown"
    OPENED = "opened"
    ACTED = "acted"
    CLOSED = "closed"


class DeviceState(StrEnum):
    """Whether a device can be told something."""

    ON = "on"
    STALE = "stale"
    """It has a key that is not the present one, or that its push service no longer takes: it must subscribe again."""
