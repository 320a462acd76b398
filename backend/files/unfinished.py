"""Uploads that broke off, one folder per person, so that nobody can spoil another's and each counts against its own.

A file's name says what it will be: `<space>~<partition>~<sha256>.<total>`; its size says how much has arrived. What
nobody went on with for `LONGEST` is removed when its person next sends something, and once a day (`removal.py`).
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from backend.files.domain import Address, Piece
from backend.kit import errors
from backend.kit.errors import Problem

LONGEST = timedelta(days=30)
_SERVER = "server"


class Unfinished:
    """The folder of all unfinished uploads. Every call touches the disk: make it off the event loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, address: Address, account: str) -> Path | None:
        """Return this person's unfinished upload of a file."""
        return next(self._of(account).glob(f"{_stem(address)}.*"), None)

    def begin(self, address: Address, piece: Piece, account: str) -> Path:
        """Return where to write a piece, the first or the one that follows. Raises Problem for any other."""
        found = self.find(address, account)
        if piece.start == 0:
            if found:
                found.unlink()
            found = self._of(account) / f"{_stem(address)}.{piece.total}"
            found.parent.mkdir(parents=True, exist_ok=True)
            found.touch()
        offset = found.stat().st_size if found else 0
        if found is None or offset != piece.start or total(found) != piece.total:
            raise Problem(errors.CONFLICT, headers={"upload-offset": str(offset)})
        return found

    def used_by(self, account: str, now: datetime) -> int:
        """Return how many bytes one person's unfinished uploads have, after forgetting the old ones."""
        return sum(_kept(part, now) for part in self._of(account).glob("*"))

    def forget(self, now: datetime) -> None:
        """Forget everybody's old ones."""
        for part in self._folder.glob("*/*"):
            _kept(part, now)

    def forget_all(self, account: str) -> None:
        """Forget all of one person's."""
        shutil.rmtree(self._of(account), ignore_errors=True)

    def _of(self, account: str) -> Path:
        return self._folder / (account or _SERVER)


def _kept(part: Path, now: datetime) -> int:
    """Return how many bytes of an upload are here; none when it is old, for then it is removed."""
    state = part.stat()
    if state.st_mtime >= (now - LONGEST).timestamp():
        return state.st_size
    part.unlink()
    return 0


def total(part: Path) -> int:
    """Return how long the file will be when it is whole."""
    return int(part.suffix[1:])


def _stem(address: Address) -> str:
    return f"{address.space}~{address.partition}~{address.sha256}"
