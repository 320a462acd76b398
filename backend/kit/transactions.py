"""Several changes of rows as one: all of them are kept or none."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Any, cast

from piccolo.engine.postgres import PostgresEngine
from piccolo.table import Table

from backend.kit.engine import PooledSQLiteEngine

AnyEngine = PooledSQLiteEngine | PostgresEngine
"""SQLite for one machine, PostgreSQL when it grows."""

_ONE_WRITER = "SELECT pg_advisory_xact_lock(1)"
"""Waits until no other transaction of ours writes, and lets go at the end of this one (PostgreSQL manual, 9.27.10)."""


@asynccontextmanager
async def transaction(table: type[Table]) -> AsyncGenerator[None]:
    """Make everything inside the block one transaction of the rows; a block inside another belongs to the outer one.

    One after the other, on both engines: a block reads, decides and writes, and what it read must still be so then.
    SQLite has one writer anyway; PostgreSQL would let two take the last use of an invitation.
    """
    engine = cast("AnyEngine", table._meta.db)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] — Piccolo's documented way
    async with engine.transaction():
        if isinstance(engine, PostgresEngine):
            await table.raw(_ONE_WRITER)
        yield


async def returned(query: Any) -> list[dict[str, Any]]:
    """Carry out an `UPDATE` or `DELETE … RETURNING` and return its rows; Piccolo does not type them."""
    return await query


def bind(tables: Iterable[type[Table]], engine: AnyEngine) -> None:
    """Make these tables ask this engine."""
    for table in tables:
        table._meta.db = engine  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] — as above
