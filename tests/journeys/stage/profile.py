"""What lies on a phone's disk, read as somebody would who took the memory out: every file of a browser's profile.

Browsers compress what pages store, so words do not stand there as they are:

- Chromium keeps IndexedDB, local storage and the Cache Storage's index in LevelDB: `.log` files are written as they
  come, in records of at most 32 KiB; `.ldb` tables hold blocks, each compressed with Snappy or not
  (github.com/google/leveldb/blob/main/doc/table_format.md). Values of over 64 KiB lie in files of their own.
- Firefox keeps IndexedDB in SQLite, each value compressed with Snappy
  (searchfox.org: dom/indexedDB/ActorsParentCommon.cpp), and local storage alike.

A word in V8's or Firefox's structured clone is Latin-1 where it can be, else UTF-16: both are looked for.
"""

import contextlib
import gzip
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import cramjam

_FOOTER = 48  # bytes: handles of the meta index and of the index, padding, magic
_TRAILER = 5  # bytes behind a block: how it is compressed, checksum
_SNAPPY = 1
_LOG_BLOCK = 32_768
_LOG_HEADER = 7  # checksum, length, kind


def found(profile: Path, *words: str) -> dict[str, list[str]]:
    """Return, for each word, the files of the profile it stands in, compressed or not."""
    where: dict[str, list[str]] = {word: [] for word in words}
    for file in sorted(path for path in profile.rglob("*") if path.is_file()):
        contents = list(_contents(file))
        for word in words:
            forms = (word.encode("latin-1", "ignore"), word.encode("utf-16-le"), word.encode())
            if any(form and form in content for content in contents for form in forms):
                where[word].append(str(file.relative_to(profile)))
    return where


def _contents(file: Path) -> Iterator[bytes]:
    """The file as it is, then as its engine reads it."""
    try:
        raw = file.read_bytes()
    except OSError:
        return  # a browser that runs removes files while we look
    yield raw
    if file.suffix in {".ldb", ".sst"}:
        yield from _table(raw)
    elif file.suffix == ".log":
        yield _records(raw)
    elif raw.startswith(b"SQLite format 3"):
        yield from _values(file)
    elif raw.startswith(b"\x1f\x8b"):
        with contextlib.suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(raw)


def _table(raw: bytes) -> Iterator[bytes]:
    """All data blocks of a LevelDB table."""
    with contextlib.suppress(IndexError, struct.error):
        position = 0
        footer = raw[-_FOOTER:]
        for _ in range(2):  # the meta index's handle, which nobody needs
            _, position = _varint(footer, position)
        start, position = _varint(footer, position)
        size, _ = _varint(footer, position)
        for handle in _entries(_block(raw, start, size)):
            start, position = _varint(handle, 0)
            size, _ = _varint(handle, position)
            yield _block(raw, start, size)


def _block(raw: bytes, start: int, size: int) -> bytes:
    content = raw[start : start + size]
    if raw[start + size : start + size + _TRAILER][0] == _SNAPPY:
        return bytes(cramjam.snappy.decompress_raw(content))
    return content


def _entries(block: bytes) -> Iterator[bytes]:
    """The values of a block: each entry tells how much of its key is shared, how much is not, how long its value is."""
    [restarts] = struct.unpack("<I", block[-4:])
    position, end = 0, len(block) - 4 * (restarts + 1)
    while position < end:
        _, position = _varint(block, position)
        own, position = _varint(block, position)
        length, position = _varint(block, position)
        position += own + length
        yield block[position - length : position]


def _records(raw: bytes) -> bytes:
    """A LevelDB log without the headers that would stand in the middle of a word."""
    out = bytearray()
    for start in range(0, len(raw), _LOG_BLOCK):
        block = raw[start : start + _LOG_BLOCK]
        position = 0
        while position + _LOG_HEADER <= len(block):
            [length] = struct.unpack_from("<H", block, position + 4)
            out += block[position + _LOG_HEADER : position + _LOG_HEADER + length]
            position += _LOG_HEADER + length
            if length == 0:
                break
    return bytes(out)


def _values(file: Path) -> Iterator[bytes]:
    """Every value of every table that is a blob or a text, and as Snappy reads it."""
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db,
    ):
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in db.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    content = value.encode() if isinstance(value, str) else value
                    if isinstance(content, bytes):
                        yield content
                        with contextlib.suppress(cramjam.DecompressionError):
                            yield bytes(cramjam.snappy.decompress_raw(content))


def _varint(raw: bytes, position: int) -> tuple[int, int]:
    """Read a number of seven bits a byte; return it and where it ends."""
    value = shift = 0
    while True:
        byte = raw[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7
