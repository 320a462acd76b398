"""Piccolo's SQLite engine with one writer and a few readers, all open as long as the program runs.

Why not the stock one: it opens a connection and a thread for every query and every transaction, and writers that
meet end in «database is locked» (199 of 200 transactions that read and then write). SQLite has one writer anyway, so
we queue for it in our own process, in order, and nobody is turned away:

    read outside a transaction ──▶ one of the readers     (`query_only`; WAL lets them read beside the writer)
    anything else              ──▶ the writer, under a lock
    transaction                ──▶ the writer, lock held from BEGIN IMMEDIATE to COMMIT or ROLLBACK

A connection of aiosqlite is a thread with a queue. So a statement that was sent is carried out even when the task
that sent it is cancelled, and what is sent next comes after it. That is why every way out of a transaction sends a
rollback: it does nothing after a commit, and undoes what a cancelled task left open.
"""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString

from backend.kit.errors import NO_SPACE_LEFT, Problem
from backend.kit.remembered import Writes

READERS = 2
BUSY_SECONDS = 5.0
"""How long we wait for another program (a backup, the command line) that holds the file's lock."""

RETRY_WHEN_FULL = "60"
"""Seconds, for the header: somebody must make room first."""

Rows = list[dict[str, Any]]


class PooledSQLiteEngine(SQLiteEngine):
    """One writer and `READERS` readers, open from `start_connection_pool` to `close_connection_pool`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path=str(path), timeout=BUSY_SECONDS)
        self._file = path
        self._writing = asyncio.Lock()
        self._writer: aiosqlite.Connection | None = None
        self._idle: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._connections: list[aiosqlite.Connection] = []
        self.writes = Writes()

    async def start_connection_pool(self, **_: Any) -> None:
        """Open every connection; what was opened is closed again when one fails."""
        try:
            self._writer = await self._connect("foreign_keys = ON")
            for _number in range(READERS):
                self._idle.put_nowait(await self._connect("query_only = ON"))
        except BaseException:
            await self.close_connection_pool()
            raise

    async def close_connection_pool(self) -> None:
        """Close every connection, after what was sent to them is done."""
        async with self._writing:
            self._writer, self._idle = None, asyncio.Queue()
            while self._connections:
                await self._connections.pop().close()

    async def _connect(self, pragma: str) -> aiosqlite.Connection:
        kinds = sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES  # Piccolo's converters of column types
        connection = await aiosqlite.connect(self._file, timeout=BUSY_SECONDS, detect_types=kinds, isolation_level=None)
        self._connections.append(connection)
        connection.row_factory = _as_dict  # type: ignore[assignment] — typed as making sqlite3.Row alone
        for each in ("journal_mode = WAL", "synchronous = FULL", pragma):
            await connection.execute_fetchall(f"PRAGMA {each}")
        return connection

    @asynccontextmanager
    async def writer(self) -> AsyncGenerator[aiosqlite.Connection]:
        """Hold the one connection that writes."""
        async with self._writing:
            if self._writer is None:
                raise RuntimeError("the pool of connections is not open")
            yield self._writer

    @asynccontextmanager
    async def _reader(self) -> AsyncGenerator[aiosqlite.Connection]:
        idle = self._idle
        connection = await idle.get()
        try:
            yield connection
        finally:
            idle.put_nowait(connection)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> Rows:  # noqa: ARG002, FBT001, FBT002 — Piccolo's signature
        """Run one query where it belongs."""
        sql, arguments = querystring.compile_string(engine_type=self.engine_type)
        return await self._run(sql, arguments)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> Rows:  # noqa: ARG002, FBT001, FBT002 — Piccolo's signature
        """Change the schema."""
        return await self._run(ddl, [])

    async def _run(self, sql: str, arguments: Sequence[Any]) -> Rows:
        transaction = self.current_transaction.get()
        reads = sql.lstrip()[:6].upper() == "SELECT"
        if isinstance(transaction, WriterTransaction) and not transaction.over:
            if not reads:
                transaction.written.append(sql)
            return await _fetch(transaction.connection, sql, arguments)
        if reads:
            async with self._reader() as one:
                return await _fetch(one, sql, arguments)
        async with self.writer() as one:
            writing = asyncio.ensure_future(_fetch(one, sql, arguments))
            writing.add_done_callback(lambda _: self.writes.note(sql))  # who is cancelled has written all the same
            return await asyncio.shield(writing)

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,
        allow_nested: bool = True,  # noqa: FBT001, FBT002 — Piccolo's signature
    ) -> SQLiteTransaction:
        """Begin a transaction on the writer; one inside another is part of the outer one."""
        return WriterTransaction(self, transaction_type, allow_nested)


class WriterTransaction(SQLiteTransaction):
    """A transaction on the engine's writer. A task that outlives it no longer writes through it (`over`)."""

    engine: PooledSQLiteEngine
    over = False
    written: list[str]

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        self.written = []
        self._held = self.engine.writer()
        self.connection = await self._held.__aenter__()
        try:
            await self._send("BEGIN IMMEDIATE")
        except BaseException:
            await self._release()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if self._parent is not None:
            return exception is None
        self.over = True
        self.engine.current_transaction.reset(self.context)
        try:
            if exception is None and not self._committed and not self._rolled_back:
                await self._send("COMMIT")
        finally:
            await self._release()
        return exception is None

    async def _send(self, statement: str) -> None:
        with _told_when_full():
            await self.connection.execute_fetchall(statement)

    async def _release(self) -> None:
        """Roll back what is still open and let the next one write, even when this very task is being cancelled."""
        try:
            ending = asyncio.ensure_future(self.connection.rollback())
            ending.add_done_callback(self._count)
            await asyncio.shield(ending)
        finally:
            await self._held.__aexit__(None, None, None)

    def _count(self, _: object) -> None:
        for statement in self.written:
            self.engine.writes.note(statement)


async def _fetch(connection: aiosqlite.Connection, sql: str, arguments: Sequence[Any]) -> Rows:
    """Run and fetch in one step of the connection's thread, so that no statement is left half done."""
    with _told_when_full():
        return list(await connection.execute_fetchall(sql, arguments))  # type: ignore[arg-type] — Piccolo hands on a list, SQLite takes any sequence


@contextmanager
def _told_when_full() -> Generator[None]:
    """Say plainly that the disk is full: nothing of ours is broken, and reading goes on."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise Problem(NO_SPACE_LEFT, headers={"retry-after": RETRY_WHEN_FULL}) from error
        raise


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
