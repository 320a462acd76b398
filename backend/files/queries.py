"""All questions to the rows about files."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from piccolo.query.functions.aggregate import Count, Sum

from backend.files.domain import Address
from backend.files.tables import StoredFile


class Stored(Struct, frozen=True):
    """What is known of a file without opening it."""

    size: int
    media_type: str


class Volume(Struct, frozen=True):
    """How many files, and how many bytes together."""

    files: int
    size: int


async def stored(address: Address) -> Stored | None:
    """Return what is known of a file that arrived whole; None when it did not."""
    rows = await StoredFile.select(StoredFile.size, StoredFile.media_type).where(StoredFile.id == str(address))
    return Stored(rows[0]["size"], rows[0]["media_type"]) if rows else None


async def keep(address: Address, file: Stored, account: str, now: datetime) -> None:
    """Note a file that arrived whole; nothing happens when it is noted already."""
    if await stored(address) is None:
        await StoredFile(
            id=str(address),
            space=address.space,
            partition=address.partition,
            size=file.size,
            media_type=file.media_type,
            account=account,
            created=now,
        ).save()


async def used_by(account: str) -> int:
    """Return how many bytes one person's files have together."""
    rows = await StoredFile.select(Sum(StoredFile.size, alias="size")).where(StoredFile.account == account)
    return int(rows[0]["size"] or 0)


async def volume(space: str, partitions: Collection[str]) -> Volume:
    """Return how much lies in these partitions of a space."""
    rows = (
        await StoredFile.select(StoredFile.partition, Count(alias="files"), Sum(StoredFile.size, alias="size"))
        .where(StoredFile.space == space)
        .group_by(StoredFile.partition)
    )
    seen = [row for row in rows if row["partition"] in partitions]
    return Volume(sum(int(row["files"]) for row in seen), sum(int(row["size"]) for row in seen))
