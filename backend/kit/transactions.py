"""Several changes of rows as one: all of them are kept or none."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Any, cast

from piccolo.engine.postgres import PostgresEngine
from piccolo.table import Table

from backend.kit.engine import PooledSQLiteEngine

AnyEngine = PooledSQLiteEngine | PostgresEngine
"""SQLite for one machine, PostgreSQL when it grows."""


@asynccontextmanager
async def transaction(table: type[Table]) -> AsyncGenerator[None]:
    """Make everything inside the block one transaction of the rows; a block inside another belongs to the outer one."""
    engine = cast("AnyEngine", table._meta.db)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] — Piccolo's documented way
    async with engine.transaction():
        yield


async def returned(query: Any) -> list[dict[str, Any]]:
    """Carry out an `UPDATE` or `DELETE … RETURNING` and return its rows; Piccolo does not type them."""
    return await query


def bind(tables: Iterable[type[Table]], engine: AnyEngine) -> None:
    """Make these tables ask this engine."""
    for table in tables:
        table._meta.db = engine  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] — as above
