"""Keeping files on disk: `files/<space>/<partition>/<sha256>`.

An upload that broke off goes on where it stopped (`unfinished.py`). Only when all bytes are there and have the right
digest does the file get its name; that is one rename, so a file is there whole or not at all. Files are never changed.

Nothing refers to a file before its document arrives, which may take as long as a device is offline; removing files that
no document refers to any more therefore needs the whole offline horizon and is not done yet.
"""

import asyncio
import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from msgspec import Struct

from backend.files import queries
from backend.files.domain import MAX_FILE, MAX_OF_A_PERSON, MIN_FREE, Address, Piece, media_type
from backend.files.queries import Stored
from backend.files.unfinished import Unfinished, total
from backend.kit import errors
from backend.kit.clock import Clock
from backend.kit.errors import Problem

_UNFINISHED = ".unfinished"
_BLOCK = 1 << 20
_BEGINNING = 16
Told = Callable[[str, str], Awaitable[None]]


class Arrived(Struct, frozen=True):
    """How much of a file is here."""

    offset: int
    total: int

    @property
    def whole(self) -> bool:
        return self.offset == self.total


class Shelf:
    """The folder of all files."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._unfinished = Unfinished(folder / _UNFINISHED)
        self._clock = clock
        self._told: list[Told] = []

    def tells(self, told: Told) -> None:
        """Call this with space and digest of each file that arrives whole from now on."""
        self._told.append(told)

    def path(self, address: Address) -> Path:
        """Return where a whole file lies."""
        return self._folder / address.space / address.partition / address.sha256

    async def whole(self, address: Address) -> Stored | None:
        """Return what is known of a file that is here; None also when its bytes were lost: they can be sent again."""
        found = await queries.stored(address)
        return found if found and await asyncio.to_thread(self.path(address).is_file) else None

    async def arrived(self, address: Address, account: str) -> Arrived | None:
        """Return how much of a file is here, counting this person's unfinished upload; None when nothing is."""
        if found := await self.whole(address):
            return Arrived(found.size, found.size)
        part = await asyncio.to_thread(self._unfinished.find, address, account)
        return Arrived(part.stat().st_size, total(part)) if part else None

    async def put(self, address: Address, content: bytes, declared: str, account: str = "") -> None:
        """Keep a whole file; the server's own has no account."""
        await self.receive(address, Piece(0, len(content), len(content)), _once(content), declared, account)

    async def receive(
        self, address: Address, piece: Piece, content: AsyncIterator[bytes], declared: str, account: str
    ) -> Arrived:
        """Take a piece of a file; the last one makes it whole.

        Raises Problem: too large, no room, a piece that does not follow what is here, a digest that differs.
        """
        if found := await self.whole(address):
            return Arrived(found.size, found.size)
        await self._room(piece, account)
        part = await asyncio.to_thread(self._unfinished.begin, address, piece, account)
        offset = piece.start
        async for chunk in content:
            offset += len(chunk)
            if offset > piece.end:
                break
            await asyncio.to_thread(_append, part, chunk)
        if offset != piece.end:
            raise Problem(errors.INVALID_REQUEST, reason="the body is not as long as it said")
        if offset == piece.total:
            await self._finish(address, part, declared, account)
        else:
            now = self._clock().timestamp()
            await asyncio.to_thread(os.utime, part, (now, now))
        return Arrived(offset, piece.total)

    async def _room(self, piece: Piece, account: str) -> None:
        if piece.total > MAX_FILE:
            raise Problem(errors.TOO_LARGE, limit=f"{MAX_FILE // 1_000_000} MB")
        self._folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._folder).free < MIN_FREE + piece.total:
            raise Problem(errors.NO_SPACE_LEFT)
        begun = await asyncio.to_thread(self._unfinished.used_by, account, self._clock())
        if account and await queries.used_by(account) + begun + piece.end - piece.start > MAX_OF_A_PERSON:
            raise Problem(errors.QUOTA_REACHED, limit=f"{MAX_OF_A_PERSON // 1_000_000} MB")

    async def _finish(self, address: Address, part: Path, declared: str, account: str) -> None:
        beginning = await asyncio.to_thread(_checked, part, address.sha256)
        size = total(part)
        await asyncio.to_thread(_rename, part, self.path(address))
        await queries.keep(address, Stored(size, media_type(declared, beginning)), account, self._clock())
        for told in self._told:
            await told(address.space, address.sha256)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _append(part: Path, chunk: bytes) -> None:
    with part.open("ab") as file:
        file.write(chunk)


def _checked(part: Path, sha256: str) -> bytes:
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


def _rename(part: Path, whole: Path) -> None:
    whole.parent.mkdir(parents=True, exist_ok=True)
    part.rename(whole)
    folder = os.open(whole.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
