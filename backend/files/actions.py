"""Keeping files on disk: `files/<space>/<partition>/<sha256>`.

An upload that broke off goes on where it stopped (`unfinished.py`). Only when all bytes are there and have the right
digest does the file get its name; that is one rename, so a file is there whole or not at all. Files are never changed.

A file goes some time after the last document that named it (`removal.py`). Who sends one that is here is told so, and
it then stays as long as one that came today; that question and the removal wait for each other.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from backend.files import disk, queries, reference_rows
from backend.files.domain import KEPT, MAX_FILE, MAX_OF_A_PERSON, MIN_FREE, Address, Piece, media_type
from backend.files.queries import Stored
from backend.files.tables import StoredFile
from backend.files.unfinished import Unfinished, total
from backend.kit import errors
from backend.kit.clock import Clock
from backend.kit.errors import Problem
from backend.kit.transactions import transaction

_UNFINISHED = ".unfinished"
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
        self._settling = asyncio.Lock()

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
        if found := await self._here(address, account):
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
        if found := await self._here(address, account):
            return Arrived(found.size, found.size)
        await self._room(piece, account)
        part = await asyncio.to_thread(self._unfinished.begin, address, piece, account)
        offset = piece.start
        async for chunk in content:
            offset += len(chunk)
            if offset > piece.end:
                break
            await asyncio.to_thread(disk.append, part, chunk)
        if offset != piece.end:
            raise Problem(errors.INVALID_REQUEST, reason="the body is not as long as it said")
        if offset == piece.total:
            await self._finish(address, part, declared, account)
        else:
            await asyncio.to_thread(disk.date, part, self._clock())
        return Arrived(offset, piece.total)

    async def remove_forgotten(self, address: Address, now: datetime) -> bool:
        """Remove a file that nothing has named for `KEPT`; False when something does, or it came again."""
        async with self._settling, transaction(StoredFile):
            gone = await queries.remove_forgotten(address, now - KEPT)
            if gone:
                await asyncio.to_thread(disk.unlink, self.path(address))
        return gone

    async def forget_person(self, account: str, space: str) -> None:
        """Remove the files of a person's own space, which is no more, and say of no other file that they sent it.

        What the documents of that space named in other places has one name less.
        """
        async with self._settling, transaction(StoredFile):
            await queries.forget_person(account, space)
            await reference_rows.refer_no_more(space, self._clock())
            await asyncio.to_thread(shutil.rmtree, self._folder / space, ignore_errors=True)
        await asyncio.to_thread(self._unfinished.forget_all, account)

    async def tidy(self, now: datetime) -> None:
        """Remove bytes that no row tells of: uploads that broke off, what a crash or a restored backup left."""
        await asyncio.to_thread(self._unfinished.forget, now)
        for folder in await asyncio.to_thread(disk.folders, self._folder):
            async with self._settling:
                known = await queries.digests(folder.parent.name, folder.name)
                await asyncio.to_thread(disk.remove_strays, folder, known, now - KEPT)

    async def _here(self, address: Address, account: str) -> Stored | None:
        """Return what is known of a whole file that this person is about to name."""
        async with self._settling:
            found = await self.whole(address)
            if found and account:
                await queries.arrived_again(address, self._clock())
            return found

    async def _room(self, piece: Piece, account: str) -> None:
        if piece.total > MAX_FILE:
            raise Problem(errors.TOO_LARGE, limit=f"{MAX_FILE // 1_000_000} MB")
        self._folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._folder).free < MIN_FREE + piece.total:
            raise Problem(errors.NO_SPACE_LEFT)
        begun = await asyncio.to_thread(self._unfinished.used_by, account, self._clock())
        if not account:
            return
        used, more = await queries.used_by(account), begun + piece.end - piece.start
        if used.counted + more > MAX_OF_A_PERSON or used.size + more > 2 * MAX_OF_A_PERSON:
            raise Problem(errors.QUOTA_REACHED, limit=f"{MAX_OF_A_PERSON // 1_000_000} MB")

    async def _finish(self, address: Address, part: Path, declared: str, account: str) -> None:
        beginning = await asyncio.to_thread(disk.checked, part, address.sha256)
        size = total(part)
        async with self._settling:
            await asyncio.to_thread(disk.rename, part, self.path(address))
            await queries.keep(address, Stored(size, media_type(declared, beginning)), account, self._clock())
        for told in self._told:
            await told(address.space, address.sha256)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
