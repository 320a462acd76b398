"""The questions to the rows about files: which there are, whose they are, and since when nothing names them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from piccolo.query.functions.aggregate import Count, Sum

from backend.files.domain import Address
from backend.files.tables import FileReference, StoredFile
from backend.kit.transactions import returned

DAY = timedelta(days=1)


class Stored(Struct, frozen=True):
    """What is known of a file without opening it."""

    size: int
    media_type: str


class Used(Struct, frozen=True):
    """How many bytes one person's files have: all of them, and those that still count."""

    size: int
    counted: int
    """Without those that nothing names any more, which the person can do nothing more about."""


class Volume(Struct, frozen=True):
    """How many files, and how many bytes together."""

    files: int
    size: int


async def stored(address: Address) -> Stored | None:
    """Return what is known of a file that arrived whole; None when it did not."""
    rows = await StoredFile.select(StoredFile.size, StoredFile.media_type).where(StoredFile.id == str(address))
    return Stored(rows[0]["size"], rows[0]["media_type"]) if rows else None


async def keep(address: Address, file: Stored, account: str, now: datetime) -> None:
    """Note a file that arrived whole; one that is noted already has arrived again."""
    if await stored(address) is not None:
        await arrived_again(address, now)
        return
    row = StoredFile(
        id=str(address),
        space=address.space,
        partition=address.partition,
        size=file.size,
        media_type=file.media_type,
        account=account,
        created=now,
    )
    await row.save()


async def arrived_again(address: Address, now: datetime) -> None:
    """Note that somebody sends a file that is here, to the day: they are about to name it."""
    again = (StoredFile.id == str(address)) & (StoredFile.created < now - DAY)
    await StoredFile.update({StoredFile.created: now}).where(again)


async def used_by(account: str) -> Used:
    """Return how much room one person's files take."""
    mine = StoredFile.account == account
    return Used(await _size(mine), await _size(mine & StoredFile.unreferenced.is_null()))


async def volume(space: str, partitions: Collection[str]) -> Volume:
    """Return how much there is to fetch in these partitions of a space."""
    rows = (
        await StoredFile.select(StoredFile.partition, Count(alias="files"), Sum(StoredFile.size, alias="size"))
        .where((StoredFile.space == space) & StoredFile.unreferenced.is_null())
        .group_by(StoredFile.partition)
    )
    seen = [row for row in rows if row["partition"] in partitions]
    return Volume(sum(int(row["files"]) for row in seen), sum(int(row["size"]) for row in seen))


async def mark_unreferenced(now: datetime) -> None:
    """Note since when nothing names a file, where that is not known: it came a day ago, and no document did."""
    alone = StoredFile.unreferenced.is_null() & (StoredFile.created < now - DAY) & _unnamed()
    await StoredFile.update({StoredFile.unreferenced: now}).where(alone)


async def forgotten(before: datetime, limit: int) -> list[str]:
    """Return files that nothing has named since, and nobody sent again."""
    rows = await StoredFile.select(StoredFile.id).where(_forgotten(before)).order_by(StoredFile.id).limit(limit)
    return [row["id"] for row in rows]


async def remove_forgotten(address: Address, before: datetime) -> bool:
    """Remove the row of such a file; False when it is none, or not any more."""
    gone = StoredFile.delete().where((StoredFile.id == str(address)) & _forgotten(before))
    return bool(await returned(gone.returning(StoredFile.id)))


async def forget_person(account: str, space: str) -> None:
    """Forget the files of a person's own space, and that they sent others."""
    await StoredFile.delete().where(StoredFile.space == space)
    await StoredFile.update({StoredFile.account: ""}).where(StoredFile.account == account)


async def digests(space: str, partition: str) -> set[str]:
    """Return the digests of the files of one partition."""
    here = (StoredFile.space == space) & (StoredFile.partition == partition)
    rows = await StoredFile.select(StoredFile.id).where(here)
    return {row["id"].rpartition("/")[2] for row in rows}


async def _size(which: Any) -> int:
    rows = await StoredFile.select(Sum(StoredFile.size, alias="size")).where(which)
    return int(rows[0]["size"] or 0)


def _forgotten(before: datetime) -> Any:
    return (StoredFile.unreferenced <= before) & (StoredFile.created <= before) & _unnamed()


def _unnamed() -> Any:
    return StoredFile.id.not_in(FileReference.select(FileReference.file))
