"""Who can sign in, and how: the rows, each column with its class of personal data.

`help_text` of a column is its class (`kit.types.Personal`), so the privacy register is made from the tables
themselves; a test refuses a column without one. Ids are ULIDs.
"""

from piccolo.columns import Boolean, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from backend.kit.types import Personal

ID_LENGTH = 26
LABEL_LENGTH = 200


class Account(Table):
    """A person who can sign in."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.PSEUDONYM)
    email = Varchar(length=LABEL_LENGTH, unique=True, help_text=Personal.CONTACT)
    name = Varchar(length=LABEL_LENGTH, help_text=Personal.NAME)
    language = Varchar(length=35, help_text=Personal.NONE)
    password = Varchar(length=255, help_text=Personal.CREDENTIAL)
    administrator = Boolean(default=False, help_text=Personal.NONE)
    demo = Boolean(default=False, help_text=Personal.NONE)
    created = Timestamptz(default=None, help_text=Personal.ACTIVITY)


class Session(Table):
    """A device on which somebody is signed in; the token itself is only on the device."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.PSEUDONYM)
    token = Varchar(length=64, unique=True, help_text=Personal.CREDENTIAL)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    device = Varchar(length=LABEL_LENGTH, help_text=Personal.PSEUDONYM)
    created = Timestamptz(default=None, help_text=Personal.ACTIVITY)
    expires = Timestamptz(default=None, help_text=Personal.ACTIVITY)


TABLES = (Account, Session)
