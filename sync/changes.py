"""The changes feed as one reader sees it: its sequence, and pages of it.

Towards a reader a sequence is `<number>-<epoch>-<gained>`, parsed from the right. The **number** is the store's own and
comes first, because PouchDB shows `parseInt` of it as progress. Another **epoch** (the database was restored, or made
again) or another **gained** (a right opened documents that were there before) starts the feed again from the beginning:
the reader is told ids and revisions, has most of them, and fetches just what is new.

A page holds rows of one snapshot, up to its number. `last_seq` is the reader's own last row, with the current counter,
in an empty answer too: with an old counter a client asks again at once, for ever; with the database's newest number
every poll of every device would write two checkpoints.
"""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.json import Encoder

from sync.document import partition
from sync.errors import BAD_SINCE, SyncError
from sync.hooks import Reading
from sync.rows import Info, Row
from sync.store import ReadTransaction
from sync.winner import document

_encode = Encoder().encode
_USUAL = b'{"seq":"%d%b","id":%b,"changes":[{"rev":"%b"}]}'
"""What `line` makes of a row with one leaf that is no deletion, in half the time."""
WALK = 1000
"""Rows to look at in one step when a reader wants only some of them."""
_NUMBER = re.compile(r"[0-9]{1,15}")


class Since(Struct, frozen=True):
    """Where a reader stands. A bare number (a client of its own making) has no epoch and is taken at its word."""

    number: int = 0
    epoch: str | None = None
    gained: int = 0
    now: bool = False

    def behind(self, info: Info, reading: Reading) -> int:
        """The number behind which this reader's feed goes on."""
        known = self.epoch is None or (self.epoch, self.gained) == (info.epoch, reading.gained)
        return info.base + self.number if known else info.base


def parse(text: str) -> Since:
    """A sequence as a client echoes it; 400 when it never was one."""
    text = text.strip('"')
    if text == "now":
        return Since(now=True)
    number, dash, rest = text.partition("-")
    if not _NUMBER.fullmatch(number):
        raise SyncError(BAD_SINCE)
    if not dash:
        return Since(int(number))
    epoch, _, gained = rest.rpartition("-")
    if not _NUMBER.fullmatch(gained):
        raise SyncError(BAD_SINCE)
    return Since(int(number), epoch, int(gained))


def spell(number: int, info: Info, reading: Reading) -> str:
    """The sequence of this number for this reader."""
    return f"{max(number - info.base, 0)}-{info.epoch}-{reading.gained}"


class Wanted(Struct, frozen=True):
    """What a client asks of a page."""

    since: Since = Since()
    limit: int = 1000
    descending: bool = False
    all_leaves: bool = False
    only: frozenset[str] | None = None
    """Ids, when the client wants no others."""
    design: bool = False
    """Design documents only."""
    meets: Callable[[dict[str, Any]], bool] | None = None
    """A condition on the winner's content."""


class Page(Struct, frozen=True):
    """Rows of one snapshot and where the reader stands behind them."""

    rows: list[Row]
    last: int
    info: Info
    reading: Reading
    pending: int = 0

    def spell(self, number: int) -> str:
        """The sequence of a row of this page."""
        return spell(number, self.info, self.reading)


def page(tx: ReadTransaction, reading: Reading, wanted: Wanted) -> Page:
    """The next rows of this reader."""
    info, parts = tx.info(), reading.partitions
    if wanted.since.now:
        newest = tx.changed(parts, 0, tx.number, 1, descending=True)
        return Page([], newest[0].number if newest else info.base, info, reading)
    after = wanted.since.behind(info, reading)
    if wanted.only is not None:
        named = tx.rows([name for name in wanted.only if reading.sees(partition(name))]).values()
        rows = sorted((row for row in named if row.number > after), key=_number, reverse=wanted.descending)
        return Page(rows[: wanted.limit], max(map(_number, rows[: wanted.limit]), default=after), info, reading)
    if wanted.design or wanted.meets is not None:
        return _filtered(tx, reading, wanted, after)
    rows = tx.changed(parts, after, tx.number, wanted.limit, descending=wanted.descending)
    pending = 0
    if len(rows) == wanted.limit and not wanted.descending:
        pending = tx.pending(parts, rows[-1].number if rows else after)
    return Page(rows, max(map(_number, rows), default=after), info, reading, pending)


def _filtered(tx: ReadTransaction, reading: Reading, wanted: Wanted, after: int) -> Page:
    """Walk the reader's feed for rows that meet the condition; `last` is the last one it looked at."""
    rows: list[Row] = []
    low, high, last = after, tx.number, after
    while len(rows) < wanted.limit:
        walked = tx.changed(reading.partitions, low, high, WALK, descending=wanted.descending)
        for row in _meeting(tx, walked, wanted):
            rows.append(row)
            if len(rows) == wanted.limit:
                return Page(rows, max(map(_number, rows)), tx.info(reading.partitions), reading)
        if len(walked) < WALK:
            last = max([last, *map(_number, walked)])
            break
        low, high = (low, walked[-1].number - 1) if wanted.descending else (walked[-1].number, high)
        last = max(last, walked[0].number, walked[-1].number)
    return Page(rows, last, tx.info(reading.partitions), reading)


def _meeting(tx: ReadTransaction, rows: list[Row], wanted: Wanted) -> list[Row]:
    if wanted.meets is None:
        return [row for row in rows if row.id.startswith("_design/")]
    bodies = tx.bodies([row.body for row in rows])
    meets = wanted.meets
    return [
        row for row in rows if meets({"_id": row.id, "_rev": row.rev} | document(row, bodies.get(row.body)).content)
    ]


def _number(row: Row) -> int:
    return row.number


def lines(page: Page, *, all_leaves: bool) -> list[bytes]:
    """All rows of a page as JSON; what their sequences have in common is written once."""
    base, life = page.info.base, f"-{page.info.epoch}-{page.reading.gained}"
    end = life.encode()
    return [
        _USUAL % (row.number - base, end, _encode(row.id), row.rev.encode())
        if not row.deleted and not row.leaves
        else line(row, f"{row.number - base}{life}", all_leaves=all_leaves)
        for row in page.rows
    ]


def line(row: Row, seq: str | None, *, all_leaves: bool, document: bytes | None = None) -> bytes:
    """One row of the feed as JSON; leaves are ready in the store, nothing is decoded."""
    leaves = row.leaves if all_leaves and row.leaves else f'{{"rev":"{row.rev}"}}'
    deleted = ',"deleted":true' if row.deleted else ""
    shown = f'"{seq}"' if seq else "null"
    text = f'{{"seq":{shown},"id":{_encode(row.id).decode()},"changes":[{leaves}]{deleted}'.encode()
    return text + b"}" if document is None else b'%b,"doc":%b}' % (text, document)
