"""Opening the rows: engine, migrations with a backup first, and refusal of a file that is newer than we are.

Piccolo's migrations bring a formatter of Python with them (black) and are needed once in a release: they are loaded
when there is something to migrate, and a server that only starts does without them.
"""

import contextlib
import io
import os
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

from piccolo.apps.migrations.tables import Migration
from piccolo.engine.postgres import PostgresEngine

from backend.kit.copies import copy_database, one_moment
from backend.kit.engine import PooledSQLiteEngine
from backend.kit.errors import OperatorError
from backend.kit.settings import Settings
from backend.kit.transactions import AnyEngine, bind
from backend.tables import APP_NAME, TABLES

ROWS = "rows.db"
BACKUPS = "backups"
MIGRATIONS = Path(__file__).parent / "migrations"
_CONFIGURATION = "backend.piccolo_conf"
_ID = re.compile(r'^ID = "(.+)"$', re.MULTILINE)


class HouseError(OperatorError):
    """A file cannot be opened; the message is a sentence for the operator."""


def make_engine(settings: Settings) -> AnyEngine:
    """Return the engine the settings ask for, not yet open."""
    if settings.database_url is not None:
        return PostgresEngine({"dsn": settings.database_url})
    return PooledSQLiteEngine(settings.data / ROWS)


@asynccontextmanager
async def open_rows(settings: Settings, now: datetime) -> AsyncGenerator[AnyEngine]:
    """Open the rows and bring their schema up to date; closes them at the end of the block.

    Raises HouseError when the file was written by a newer version.
    """
    engine = make_engine(settings)
    await engine.start_connection_pool(min_size=1)
    try:
        bind((*TABLES, Migration), engine)
        await _migrate(settings, engine, now)
        yield engine
    finally:
        await engine.close_connection_pool()


def migration_ids() -> set[str]:
    """Return the migrations that this version knows, by the names they say they have."""
    return {found[1] for file in MIGRATIONS.glob("*.py") if (found := _ID.search(file.read_text()))}


async def _pending(settings: Settings) -> list[str]:
    await Migration.create_table(if_not_exists=True)
    ran, ours = set(await Migration.get_migrations_which_ran(app_name=APP_NAME)), migration_ids()
    if newer := sorted(ran - ours):
        raise HouseError(
            f"{settings.data / ROWS} was written by a newer version of Interlink ({newer[-1]}): "
            "install that version, or put a backup back."
        )
    return sorted(ours - ran)


async def _migrate(settings: Settings, engine: AnyEngine, now: datetime) -> None:
    if not (steps := await _pending(settings)):
        return
    if settings.database_url is None and await Migration.exists():
        back_up(settings.data / ROWS, now)
    with contextlib.redirect_stdout(io.StringIO()) as told:
        migrated = await _run(engine)
    if not migrated:
        raise HouseError(f"Migration {steps[0]} failed: {told.getvalue()}")


async def _run(engine: AnyEngine) -> bool:
    """Carry out all migrations that were not, with this engine in the place of the one that Piccolo would make."""
    from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager

    os.environ["PICCOLO_CONF"] = _CONFIGURATION
    vars(import_module(_CONFIGURATION))["DB"] = engine
    return (await ForwardsMigrationManager(APP_NAME).run()).success


def back_up(file: Path, now: datetime) -> Path:
    """Copy a SQLite file, consistent although others may be writing, into the folder of backups."""
    folder = file.parent / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"{file.stem}-{now:%Y%m%dT%H%M%SZ}{file.suffix}"
    with one_moment([file]) as [seen]:
        copy_database(seen, copy)
    return copy
