"""What is done on the disk. Every call may take a while: make it off the event loop."""

import hashlib
import os
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from backend.kit import errors
from backend.kit.errors import Problem

_BLOCK = 1 << 20
_BEGINNING = 16


def append(part: Path, chunk: bytes) -> None:
    """Add bytes to the end of an upload."""
    with part.open("ab") as file:
        file.write(chunk)


def checked(part: Path, sha256: str) -> bytes:
    """Make the bytes durable and return the first of them; removes them when their digest is another."""
    digest = hashlib.sha256()
    with part.open("rb") as file:
        beginning = file.read(_BEGINNING)
        digest.update(beginning)
        while block := file.read(_BLOCK):
            digest.update(block)
        os.fsync(file.fileno())
    if digest.hexdigest() != sha256:
        part.unlink()
        raise Problem(errors.DIGEST_DIFFERS)
    return beginning


def date(part: Path, now: datetime) -> None:
    """Note when an upload was last gone on with."""
    os.utime(part, (now.timestamp(), now.timestamp()))


def rename(part: Path, whole: Path) -> None:
    """Give an upload its name, durably."""
    whole.parent.mkdir(parents=True, exist_ok=True)
    part.rename(whole)
    folder = os.open(whole.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def unlink(file: Path) -> None:
    """Remove a file, and the folders that are empty without it."""
    file.unlink(missing_ok=True)
    with suppress(OSError):
        file.parent.rmdir()
        file.parent.parent.rmdir()


def folders(folder: Path) -> list[Path]:
    """Return the folders of all partitions of all spaces."""
    return [one for one in folder.glob("[!.]*/*") if one.is_dir()]


def remove_strays(folder: Path, known: Collection[str], before: datetime) -> None:
    """Remove the files of a partition that are not among the known ones, and older."""
    for file in folder.glob("*"):
        if file.name not in known and file.stat().st_mtime < before.timestamp():
            unlink(file)
