"""One row per file that arrived whole; the bytes lie in the folder. `help_text` is the class of personal data."""

from piccolo.columns import BigInt, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.kit.types import Personal

_PART = 64


class StoredFile(Table, tablename="stored_file"):
    """A file in one partition of one space."""

    id = Varchar(length=3 * _PART + 2, primary_key=True, default=None, help_text=Personal.NONE)
    """`<space>/<partition>/<sha256>`."""
    space = Varchar(length=_PART, index=True, help_text=Personal.NONE)
    partition = Varchar(length=_PART, help_text=Personal.NONE)
    size = BigInt(help_text=Personal.NONE)
    media_type = Varchar(length=100, help_text=Personal.NONE)
    account = Varchar(length=26, index=True, help_text=Personal.PSEUDONYM)
    """Who sent it, for the quota; empty for the server."""
    created = Timestamptz(default=None, help_text=Personal.ACTIVITY)
    """When it arrived, or was last sent again."""
    unreferenced = Timestamptz(null=True, default=None, help_text=Personal.ACTIVITY)
    """Since when no document names it; none while one does, and for the first day."""


class FileReference(Table, tablename="file_reference"):
    """A document names a file: made from documents, and rebuilt from them."""

    id = Serial(primary_key=True, help_text=Personal.NONE)
    file = Varchar(length=3 * _PART + 2, index=True, help_text=Personal.NONE)
    """As `StoredFile.id`; there may be none yet, since words travel before their files."""
    document = Text(index=True, help_text=Personal.PSEUDONYM)
    """`<space>/<document id>`; a natural key may hold a member's id."""


TABLES = (StoredFile, FileReference)
