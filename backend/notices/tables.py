"""What people are told, where they are reached, and what is on its way. `help_text` is the class of personal data.

A device is a session: its rows go with it when somebody signs out, and with the account.
"""

from piccolo.columns import ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from backend.accounts.tables import ID_LENGTH, Account, Session
from backend.kit.types import Personal
from backend.notices.domain import LONGEST_ID, DeviceState, Stage, State
from push.guard import MAX_ENDPOINT


class PushSubscription(Table, tablename="push_subscription"):
    """Where one device is reached (Push API), and the keys to write to it."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    session = ForeignKey(Session, on_delete=OnDelete.cascade, unique=True, null=False, help_text=Personal.PSEUDONYM)
    endpoint = Varchar(length=MAX_ENDPOINT, unique=True, help_text=Personal.PSEUDONYM)
    """URL of the push service for this device; whoever has it and the keys can write to the device."""
    p256dh = Varchar(length=88, help_text=Personal.NONE)
    auth = Varchar(length=24, help_text=Personal.CREDENTIAL)
    key = Varchar(length=16, help_text=Personal.NONE)
    """Id of the VAPID key it is bound to."""
    state = Varchar(length=16, default=DeviceState.ON.value, help_text=Personal.NONE)
    created = Timestamptz(default=None, help_text=Personal.ACTIVITY)


class Delivery(Table, tablename="delivery"):
    """One notice for one device: the outbox while it is queued, the log of what became of it afterwards."""

    id = Varchar(length=ID_LENGTH + 1 + LONGEST_ID, primary_key=True, default=None, help_text=Personal.NONE)
    """`<session>-<notice>`: natural, so that a notice is told once on each device."""
    session = ForeignKey(Session, on_delete=OnDelete.cascade, index=True, null=False, help_text=Personal.PSEUDONYM)
    notice = Varchar(length=LONGEST_ID, index=True, help_text=Personal.NONE)
    kind = Varchar(length=16, help_text=Personal.ACTIVITY)
    topic = Varchar(length=32, help_text=Personal.NONE)
    """Digest of the thing it is about."""
    origin = Varchar(length=300, help_text=Personal.NONE)
    """The push service it goes to."""
    payload = Text(help_text=Personal.ACTIVITY)
    """Declarative Web Push; empty once it is no longer needed."""
    urgency = Varchar(length=16, help_text=Personal.NONE)
    lasts = Integer(default=0, help_text=Personal.NONE)
    """Seconds from queueing to uselessness."""
    state = Varchar(length=16, default=State.QUEUED.value, index=True, help_text=Personal.ACTIVITY)
    reason = Varchar(length=300, help_text=Personal.NONE)
    """The push service's own words when it would not."""
    tries = Integer(default=0, help_text=Personal.NONE)
    shortened = Integer(default=0, help_text=Personal.NONE)
    """Times the payload was cut for a push service that takes less."""
    due = Timestamptz(default=None, index=True, help_text=Personal.NONE)
    """Not before this."""
    expires = Timestamptz(default=None, help_text=Personal.NONE)
    """Not after this."""
    holder = Varchar(length=ID_LENGTH, help_text=Personal.NONE)
    """The worker that sends it, and until when nobody else may."""
    lease = Timestamptz(default=None, help_text=Personal.NONE)
    touched = Timestamptz(default=None, help_text=Personal.NONE)
    """When a worker last wrote here: later than now means that the clock was set back since."""
    queued = Timestamptz(default=None, help_text=Personal.ACTIVITY)
    sent = Timestamptz(default=None, null=True, help_text=Personal.ACTIVITY)
    shown = Timestamptz(default=None, null=True, help_text=Personal.ACTIVITY)
    opened = Timestamptz(default=None, null=True, help_text=Personal.ACTIVITY)
    acted = Timestamptz(default=None, null=True, help_text=Personal.ACTIVITY)


class Inbox(Table, tablename="inbox"):
    """One notice of one person: whether it is still to come, whether it went out, and what the cap and digest count."""

    id = Varchar(length=ID_LENGTH + 1 + LONGEST_ID, primary_key=True, default=None, help_text=Personal.NONE)
    """`<account>-<notice>`: natural, so that a person is told the same once."""
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, null=False, help_text=Personal.PSEUDONYM)
    notice = Varchar(length=LONGEST_ID, help_text=Personal.NONE)
    kind = Varchar(length=16, help_text=Personal.ACTIVITY)
    space = Varchar(length=64, help_text=Personal.ACTIVITY)
    thing = Varchar(length=200, index=True, help_text=Personal.ACTIVITY)
    content = Text(help_text=Personal.PSEUDONYM)
    """What is told, as JSON (`inbox.Entry`): names a need, a place, a time, never a person."""
    stage = Varchar(length=16, default=Stage.TO_COME.value, help_text=Personal.ACTIVITY)
    due = Timestamptz(default=None, null=True, index=True, help_text=Personal.NONE)
    """When to look at it again; none: it went its way."""
    until = Timestamptz(default=None, help_text=Personal.NONE)
    made = Timestamptz(default=None, index=True, help_text=Personal.ACTIVITY)
    told = Timestamptz(default=None, null=True, help_text=Personal.ACTIVITY)
    """When it came into the inbox; none while it is still to come."""
    went = Timestamptz(default=None, null=True, help_text=Personal.ACTIVITY)
    """When it was sent by push or mail; the cap of a day counts these."""
    later = Varchar(length=140, help_text=Personal.NONE)
    """Revision by which the person last asked to be told again later."""


TABLES = (PushSubscription, Delivery, Inbox)
