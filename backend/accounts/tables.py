"""Who can sign in, and how: the rows, each column with its class of personal data.

`help_text` of a column is its class (`kit.types.Personal`), so the privacy register is made from the tables
themselves; a test refuses a column without one. Ids are ULIDs. Secrets (tokens, codes, passwords) are kept as digests.
"""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from backend.kit.types import Personal

ID_LENGTH = 26
LABEL_LENGTH = 200
DIGEST_LENGTH = 64
"""Hexadecimal digits of SHA-256."""


class Account(Table):
    """A person who can sign in."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.PSEUDONYM)
    email = Varchar(length=LABEL_LENGTH, unique=True, help_text=Personal.CONTACT)
    """Address; for who gave none the account's own id, which no address equals (SQLite cannot make a column null)."""
    email_verified = Boolean(default=False, help_text=Personal.NONE)
    name = Varchar(length=LABEL_LENGTH, help_text=Personal.NAME)
    """Empty for somebody new who came by a provider and has not chosen one yet."""
    language = Varchar(length=35, help_text=Personal.NONE)
    password = Varchar(length=255, help_text=Personal.CREDENTIAL)
    """Digest; empty when there is no password."""
    administrator = Boolean(default=False, help_text=Personal.NONE)
    disabled = Boolean(default=False, help_text=Personal.NONE)
    shares_sync = Boolean(default=False, help_text=Personal.NONE)
    demo = Boolean(default=False, help_text=Personal.NONE)
    created = Timestamptz(default=None, help_text=Personal.ACTIVITY)


class Session(Table):
    """A device or program on which somebody is signed in; the token itself is only there."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.PSEUDONYM)
    token = Varchar(length=64, unique=True, help_text=Personal.CREDENTIAL)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    device = Varchar(length=LABEL_LENGTH, help_text=Personal.PSEUDONYM)
    name = Varchar(length=LABEL_LENGTH, help_text=Personal.ACTIVITY)
    """«Chrome, Android»; for a program the name it was given."""
    kind = Varchar(length=16, default="unknown", help_text=Personal.ACTIVITY)
    scope = Varchar(length=16, default="browser", help_text=Personal.NONE)
    created = Timestamptz(default=None, help_text=Personal.ACTIVITY)
    seen = Date(default=None, null=True, help_text=Personal.ACTIVITY)
    """The last day on which it asked for something."""
    proved = Varchar(length=16, help_text=Personal.ACTIVITY)
    """How the person proved who they are when it began: password, code, passkey, provider, invitation."""
    lost = Boolean(default=False, help_text=Personal.NONE)
    """Reported lost: it signs nobody in, and is told to wipe."""
    expires = Timestamptz(default=None, help_text=Personal.ACTIVITY)


class Passkey(Table):
    """A WebAuthn credential: its public key, by which its holder proves to be here."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.PSEUDONYM)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    credential = Varchar(length=1_400, unique=True, help_text=Personal.PSEUDONYM)
    """Credential id in base64url; the standard allows 1,023 bytes."""
    public_key = Text(help_text=Personal.NONE)
    """COSE key in base64url."""
    counter = Integer(default=0, help_text=Personal.NONE)
    synced = Boolean(default=False, help_text=Personal.NONE)
    name = Varchar(length=LABEL_LENGTH, help_text=Personal.FREE_TEXT)
    created = Timestamptz(default=None, help_text=Personal.ACTIVITY)
    used = Date(default=None, null=True, help_text=Personal.ACTIVITY)


class Challenge(Table):
    """What a passkey has to sign: good once, for five minutes."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    digest = Varchar(length=DIGEST_LENGTH, unique=True, help_text=Personal.NONE)
    account = Varchar(length=ID_LENGTH, null=True, default=None, help_text=Personal.PSEUDONYM)
    """For whom a passkey is made; none when somebody signs in."""
    expires = Timestamptz(default=None, help_text=Personal.NONE)


class EmailCode(Table, tablename="email_code"):
    """Six digits that went to an address: to sign in there, or to prove that it is one's own."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    email = Varchar(length=LABEL_LENGTH, index=True, help_text=Personal.CONTACT)
    asker = Varchar(length=LABEL_LENGTH, help_text=Personal.PSEUDONYM)
    """The device that asked to sign in, or the account that asked to change its address: only they may use it."""
    digest = Varchar(length=DIGEST_LENGTH, help_text=Personal.CREDENTIAL)
    tries = Integer(default=0, help_text=Personal.NONE)
    newcomers = Boolean(default=False, help_text=Personal.NONE)
    """Whether it may also make an account."""
    expires = Timestamptz(default=None, help_text=Personal.ACTIVITY)


class Identity(Table):
    """Who a person is to a provider of OpenID Connect, and to nobody else: linked by issuer and subject alone."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.PSEUDONYM)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    issuer = Varchar(length=500, help_text=Personal.NONE)
    subject = Varchar(length=DIGEST_LENGTH, unique=True, help_text=Personal.PSEUDONYM)
    """SHA-256 of issuer and subject: to recognise it is all we need."""
    created = Timestamptz(default=None, help_text=Personal.ACTIVITY)


class SyncReport(Table, tablename="sync_report"):
    """How far one space is on one device, of who agreed that coordinators see it."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    session = ForeignKey(Session, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    space = Varchar(length=100, index=True, help_text=Personal.NONE)
    waiting = Integer(default=0, help_text=Personal.ACTIVITY)
    last_sync = Timestamptz(default=None, null=True, help_text=Personal.ACTIVITY)


class Mail(Table):
    """A mail that waits to be sent; the row goes when it is."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    recipient = Varchar(length=LABEL_LENGTH, help_text=Personal.CONTACT)
    subject = Text(help_text=Personal.FREE_TEXT)
    body = Text(help_text=Personal.FREE_TEXT)
    tries = Integer(default=0, help_text=Personal.NONE)
    due = Timestamptz(default=None, index=True, help_text=Personal.NONE)
    """Not before this."""
    expires = Timestamptz(default=None, help_text=Personal.NONE)
    """Not after this: a code that came too late helps nobody."""


class Audit(Table):
    """Something that happened to accounts or rights: ids and words, no content, no address. Nobody edits a line."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    at = Timestamptz(default=None, help_text=Personal.ACTIVITY)
    who = Varchar(length=ID_LENGTH, null=True, default=None, index=True, help_text=Personal.PSEUDONYM)
    what = Varchar(length=32, help_text=Personal.ACTIVITY)
    about = Varchar(length=ID_LENGTH, null=True, default=None, index=True, help_text=Personal.PSEUDONYM)
    process = Varchar(length=ID_LENGTH, null=True, default=None, index=True, help_text=Personal.NONE)
    thing = Varchar(length=ID_LENGTH, null=True, default=None, help_text=Personal.NONE)
    device = Varchar(length=ID_LENGTH, null=True, default=None, help_text=Personal.PSEUDONYM)


TABLES = (Account, Session, Passkey, Challenge, EmailCode, Identity, SyncReport, Mail, Audit)
