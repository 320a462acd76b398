"""The catalogue folder: nothing outside it is ever read, and each failure names the file as its keeper knows it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from backend.catalogue.domain.importer.problem import CatalogueError

MAX_FILE = 4_000_000
"""Bytes of one JSON or Markdown file; the original's largest has 150,000."""
MAX_CHILDREN = 2_000
"""Files or folders beside each other; the original has at most 46."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

RawT = TypeVar("RawT")

_MISSING = re.compile(r"Object missing required field `(\w+)`")


class Folder:
    """A folder on this machine, read only."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise CatalogueError(str(root), "", "this folder does not exist")
        self._root = root.resolve()

    def shown(self, path: Path) -> str:
        """Name a file relative to the catalogue folder."""
        return path.relative_to(self._root).as_posix()

    def named(self, name: str, file: str, field: str) -> Path | None:
        """Return the file, inside the folder, that a `field` of `file` names; None when it is not bundled."""
        path = self._root / name
        if not self._inside(path):
            raise CatalogueError(file, field, f"«{name}» points out of the catalogue folder")
        return path.resolve() if path.is_file() else None

    def children(self, name: str, *, folders: bool = False) -> Sequence[Path]:
        """Return the files (or the folders) in a folder by name, hidden ones left out; none when it is not there."""
        path = self._root / name
        if not path.is_dir():
            return []
        found = [
            one
            for one in path.iterdir()
            if one.is_dir() == folders and not one.name.startswith((".", "_")) and self._inside(one)
        ]
        if len(found) > MAX_CHILDREN:
            raise CatalogueError(name, "", f"more than {MAX_CHILDREN} entries")
        return sorted(found)

    def text(self, path: Path) -> str:
        """Read a text file in UTF-8."""
        try:
            return self._bytes(path).decode()
        except UnicodeDecodeError as error:
            raise CatalogueError(self.shown(path), "", f"not UTF-8 at byte {error.start}") from error

    def decode(self, path: Path, form: type[RawT]) -> RawT:
        """Read a JSON file as a struct."""
        content = self._bytes(path)
        try:
            return msgspec.json.decode(content, type=form)
        except msgspec.ValidationError as error:
            raise CatalogueError(self.shown(path), *_field_and_reason(str(error))) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise CatalogueError(self.shown(path), "", f"not valid JSON: {error}") from error

    def _inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._root)

    def _bytes(self, path: Path) -> bytes:
        shown = self.shown(path)
        if not self._inside(path):
            raise CatalogueError(shown, "", "this link points out of the catalogue folder")
        try:
            if path.stat().st_size > MAX_FILE:
                raise CatalogueError(shown, "", f"larger than {MAX_FILE} bytes")
            return path.read_bytes().removeprefix(BYTE_ORDER_MARK)
        except FileNotFoundError as error:
            raise CatalogueError(shown, "", "this file is missing") from error
        except OSError as error:
            raise CatalogueError(shown, "", f"cannot be read: {error.strerror}") from error


def _field_and_reason(message: str) -> tuple[str, str]:
    """Take msgspec's message apart: «Expected `str`, got `int` - at `$.a[0].b`», «… missing required field `c`»."""
    reason, _, where = message.partition(" - at ")
    place = where.strip("`").removeprefix("$").removeprefix(".")
    missing = _MISSING.fullmatch(reason)
    return (f"{place}.{missing[1]}".removeprefix("."), "this member is missing") if missing else (place, reason)
