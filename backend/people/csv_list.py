"""A list of people as a spreadsheet saves it, read and written. Pure.

RFC 4180, and what programs really write: a byte order mark, `;` or tabs instead of commas where the comma is a decimal
sign. The first line names the columns; `email` is needed, `name` may be there, any other column is a mistake that is
told, not guessed at.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from msgspec import Struct

MAX_LINES = 2_000
_COLUMNS = frozenset({"email", "name"})
_CALLED_EMAIL = frozenset({"email", "e-mail", "mail", "e-pasts", "epasts", "correo", "correo electrónico", "posta"})
_CALLED_NAME = frozenset({"name", "nome", "vārds", "nombre"})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Line(Struct, frozen=True):
    """One line of the list; `number` counts as a spreadsheet does."""

    number: int
    email: str
    name: str


class WrongColumnsError(Exception):
    """The first line does not name the columns we know; the message says which one is wrong."""


class TooManyLinesError(Exception):
    """The list is longer than we take at once."""


def read_list(text: str) -> list[Line]:
    """Return the lines that hold something. Raises WrongColumnsError or TooManyLinesError; nothing else."""
    text = text.removeprefix("\ufeff")
    first, _, _ = text.partition("\n")
    delimiter = max(",;\t", key=first.count)
    lines: list[Line] = []
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        columns = _columns(next(rows, list[str]()))
        for row in rows:
            if any(cell.strip() for cell in row):
                lines.append(_line(rows.line_num, columns, row))
            if len(lines) > MAX_LINES:
                raise TooManyLinesError
    except csv.Error as error:
        raise WrongColumnsError(str(error)) from error
    return lines


def _columns(header: Sequence[str]) -> list[str]:
    columns = [_column(cell.strip().casefold()) for cell in header]
    unknown = [cell.strip() for cell, column in zip(header, columns, strict=True) if column not in _COLUMNS]
    if unknown:
        raise WrongColumnsError(", ".join(f"«{cell[:40]}»" for cell in unknown[:5]))
    if columns.count("email") != 1 or columns.count("name") > 1:
        raise WrongColumnsError("")
    return columns


def _column(cell: str) -> str:
    return "email" if cell in _CALLED_EMAIL else "name" if cell in _CALLED_NAME else cell


def _line(number: int, columns: list[str], row: list[str]) -> Line:
    cells = dict(zip(columns, (cell.strip() for cell in row), strict=False))
    return Line(number, cells.get("email", ""), cells.get("name", ""))


def write_list(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a list. A cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
