"""The register of what is kept about people (GDPR Art. 30), made from the declarations themselves.

Nothing here is written twice: documents speak through their `DocumentType`, columns through their `help_text`. So the
register cannot forget a member that the gate knows, and a table or column without its class stops the program.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from piccolo.table import Table

from backend.kit.spaces import SpaceKind
from backend.kit.types import ENVELOPE, DocumentType, DocumentTypes, Erasure, Ground, Personal
from backend.privacy.rows import REASONS


class Record(Struct, frozen=True):
    """One kind of data: what it is for, on which ground, how long, and what it may tell about a person."""

    name: str
    kept_in: str
    """`documents` (replicated to the devices of those who may read them) or `rows` (only on the server)."""
    purpose: str
    ground: Ground
    retention: str
    erasure: Erasure
    export: bool
    """Whether a person's export contains what is theirs."""
    personal: bool
    """Whether any of its fields tells something about a person."""
    fields: dict[str, Personal]
    """Class of personal data of each field."""


class Register(Struct, frozen=True):
    """Everything that is kept."""

    records: tuple[Record, ...]


def make_register(types: DocumentTypes, tables: Iterable[type[Table]]) -> Register:
    """Return the register. Raises KeyError or ValueError for a table or a column nobody described."""
    return Register((*(_document(one) for one in types), *(_table(one) for one in tables)))


def _document(declaration: DocumentType[Any]) -> Record:
    fields = {name: one.personal for name, one in {**ENVELOPE, **declaration.members}.items()}
    return Record(
        name=declaration.name,
        kept_in="documents",
        purpose=declaration.purpose,
        ground=declaration.ground,
        retention=_retention(declaration),
        erasure=declaration.erasure,
        export=declaration.export,
        personal=declaration.ground is not Ground.NOT_PERSONAL,
        fields=fields,
    )


def _retention(declaration: DocumentType[Any]) -> str:
    if declaration.retention_days is None:
        return "as long as its space"
    of_a_process = SpaceKind.PROCESS in declaration.spaces
    return f"{declaration.retention_days} days" + (" after the end of the process" if of_a_process else "")


def _table(table: type[Table]) -> Record:
    reason = REASONS[table]
    fields = {column._meta.name: Personal(column._meta.help_text) for column in table._meta.columns}  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] — Piccolo's documented way
    return Record(
        name=table._meta.tablename,  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] — as above
        kept_in="rows",
        purpose=reason.purpose,
        ground=reason.ground,
        retention=reason.retention,
        erasure=reason.erasure,
        export=reason.ground is not Ground.NOT_PERSONAL,
        personal=reason.ground is not Ground.NOT_PERSONAL,
        fields=fields,
    )
