"""Which documents name which files, as rows, and since when no document names a file."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import TypeVar

from backend.files.tables import FileReference, StoredFile
from backend.kit.transactions import transaction

One = TypeVar("One")
_TOGETHER = 5_000
"""Rows of one statement: a database takes only so many values."""
Pair = tuple[str, str]
"""A document and a file it names."""


async def refer(named: Mapping[str, Collection[str]], now: datetime) -> None:
    """Note which files documents (`<space>/<id>`) name, and that nothing names from now on what they named alone."""
    before = await _references_of(list(named))
    after = {(document, file) for document, files in named.items() for file in files}
    gone, new = before.keys() - after, after - before.keys()
    if not gone and not new:
        return
    async with transaction(FileReference):
        for some in _in_parts(before[one] for one in gone):
            await FileReference.delete().where(FileReference.id.is_in(some))
        for some in _in_parts(sorted(new)):
            await FileReference.insert(*(FileReference(document=document, file=file) for document, file in some))
        await _mark(_files(new), None)
        await _mark(_files(gone) - await _named_among(_files(gone)), now)


async def refer_no_more(space: str, now: datetime) -> None:
    """Note that the documents of a space are no more."""
    rows = await FileReference.select(FileReference.document).where(FileReference.document.like(f"{space}/%"))
    await refer({row["document"]: () for row in rows}, now)


async def drop_references() -> None:
    """Remove all rows of references."""
    await FileReference.delete(force=True)


async def _references_of(documents: Collection[str]) -> dict[Pair, int]:
    rows = await FileReference.select().where(FileReference.document.is_in(list(documents))) if documents else []
    return {(row["document"], row["file"]): row["id"] for row in rows}


async def _named_among(files: Collection[str]) -> set[str]:
    found: set[str] = set()
    for some in _in_parts(files):
        rows = await FileReference.select(FileReference.file).where(FileReference.file.is_in(some))
        found |= {row["file"] for row in rows}
    return found


async def _mark(files: Collection[str], unreferenced: datetime | None) -> None:
    for some in _in_parts(files):
        await StoredFile.update({StoredFile.unreferenced: unreferenced}).where(StoredFile.id.is_in(some))


def _files(pairs: Iterable[Pair]) -> set[str]:
    return {file for _, file in pairs}


def _in_parts(these: Iterable[One]) -> Iterator[list[One]]:
    rest = iter(these)
    while some := list(islice(rest, _TOGETHER)):
        yield some
