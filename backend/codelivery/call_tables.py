"""Calls for people as they go on: one row per occurrence of a need, and one for each time somebody was asked.

`help_text` is the class of personal data. What was answered is true in documents; here stands what documents cannot
know: who was asked, when, and when to look again. All of it goes with the process, and what is about a person with
their account.
"""

from piccolo.columns import ForeignKey, Integer, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from backend.accounts.tables import ID_LENGTH
from backend.kit.types import Personal
from backend.people.tables import Membership, Process

CALL_LENGTH = 4 * ID_LENGTH + 3
ASKED_LENGTH = CALL_LENGTH + ID_LENGTH + 8
NOTICE_LENGTH = 64
DOCUMENT_LENGTH = 100


class NeedCall(Table, tablename="need_call"):
    """The call for people of one occurrence, for as long as its process."""

    id = Varchar(length=CALL_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    """`<process>-<item>-<need>-<occurrence>`: natural, so that an occurrence is called for once."""
    process = ForeignKey(Process, on_delete=OnDelete.cascade, index=True, null=False, help_text=Personal.NONE)
    item = Varchar(length=ID_LENGTH, help_text=Personal.NONE)
    need = Varchar(length=ID_LENGTH, index=True, help_text=Personal.NONE)
    occurrence = Varchar(length=ID_LENGTH, help_text=Personal.NONE)
    start = Timestamptz(default=None, help_text=Personal.NONE)
    ends = Timestamptz(default=None, help_text=Personal.NONE)
    """After it nobody can answer any more: its deadline, or its beginning."""
    open = Integer(default=0, help_text=Personal.NONE)
    """Places that nobody has; 0 when it is cancelled."""
    called = Timestamptz(default=None, help_text=Personal.NONE)
    """From when on people are called for."""
    searches = Integer(default=0, help_text=Personal.NONE)
    """How often the search began anew, because a place came free."""
    step = Integer(default=0, help_text=Personal.NONE)
    """Waves of the present search."""
    waves = Integer(default=0, help_text=Personal.NONE)
    """Waves of all searches."""
    last = Timestamptz(default=None, null=True, help_text=Personal.NONE)
    """When the last wave of the present search went out."""
    handed = Timestamptz(default=None, null=True, help_text=Personal.NONE)
    """When a human was told that people are missing."""
    due = Timestamptz(default=None, null=True, index=True, help_text=Personal.NONE)
    """When to look again; none: there is nothing to do."""
    remind = Timestamptz(default=None, null=True, index=True, help_text=Personal.NONE)
    """When those who come are reminded next."""


class Asked(Table):
    """One member who was asked for one occurrence, and their answer."""

    id = Varchar(length=ASKED_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    """`<call>-<wave>-<member>`."""
    call = ForeignKey(NeedCall, on_delete=OnDelete.cascade, index=True, null=False, help_text=Personal.NONE)
    member = ForeignKey(Membership, on_delete=OnDelete.cascade, index=True, null=False, help_text=Personal.PSEUDONYM)
    wave = Integer(default=0, help_text=Personal.NONE)
    why = Varchar(length=8, help_text=Personal.NONE)
    """Why this wave went out; nothing about the person."""
    at = Timestamptz(default=None, help_text=Personal.ACTIVITY)
    notice = Varchar(length=NOTICE_LENGTH, help_text=Personal.NONE)
    told = Timestamptz(default=None, null=True, help_text=Personal.ACTIVITY)
    """When the notice was handed on; none: that is still to be done."""
    answer = Varchar(length=4, default="none", help_text=Personal.ACTIVITY)
    answered = Timestamptz(default=None, null=True, help_text=Personal.ACTIVITY)
    """When their first answer reached the server."""


class Reminder(Table):
    """An assignment of which people are reminded before it is due."""

    id = Varchar(length=2 * ID_LENGTH + 1, primary_key=True, default=None, help_text=Personal.NONE)
    """`<process>-<assignment>`."""
    process = ForeignKey(Process, on_delete=OnDelete.cascade, index=True, null=False, help_text=Personal.NONE)
    thing = Varchar(length=DOCUMENT_LENGTH, help_text=Personal.NONE)
    """Id of the assignment's document."""
    at = Timestamptz(default=None, index=True, help_text=Personal.NONE)


TABLES = (NeedCall, Asked, Reminder)
