"""Rows about commitments: where they lie, and who may fetch them as a calendar. `help_text`: class of personal data.

A commitment's documents lie in as many spaces as somebody has processes. The rows say which, so that nobody has to walk
through all of them to make one person's calendar.
"""

from piccolo.columns import ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from backend.accounts.tables import ID_LENGTH, Account
from backend.kit.types import Personal
from backend.people.tables import Process


class CalendarLink(Table, tablename="calendar_link"):
    """The one address at which a person's calendar is fetched; only the digest of its secret is kept."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, unique=True, null=False, help_text=Personal.PSEUDONYM)
    digest = Varchar(length=64, unique=True, help_text=Personal.CREDENTIAL)
    """SHA-256 of the secret, which is 256 bits of chance."""
    created = Timestamptz(default=None, help_text=Personal.NONE)


class Commitment(Table):
    """Somebody answered a call for one time, or came without asking: made from documents, and rebuilt from them."""

    id = Varchar(length=3 * ID_LENGTH + 2, primary_key=True, default=None, help_text=Personal.NONE)
    """`<item>-<occurrence>-<member>`, as the keys of its documents."""
    process = ForeignKey(Process, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    item = Varchar(length=ID_LENGTH, help_text=Personal.NONE)
    need = Varchar(length=ID_LENGTH, index=True, help_text=Personal.NONE)
    occurrence = Varchar(length=ID_LENGTH, help_text=Personal.NONE)
    member = Varchar(length=ID_LENGTH, index=True, help_text=Personal.PSEUDONYM)
    ends = Timestamptz(null=True, default=None, index=True, help_text=Personal.ACTIVITY)
    """When it is over; none once its need is deleted."""


TABLES = (CalendarLink, Commitment)
