"""Opening the rows: engine, migrations with a backup first, and refusal of a file that is newer than we are."""

import contextlib
import io
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.engine.postgres import PostgresEngine

from backend.kit.copies import copy_database, one_moment
from backend.kit.engine import PooledSQLiteEngine
from backend.kit.errors import OperatorError
from backend.kit.settings import Settings
from backend.kit.transactions import AnyEngine, bind
from backend.piccolo_app import APP_CONFIG, APP_NAME, TABLES

ROWS = "rows.db"
BACKUPS = "backups"
_CONFIGURATION = "backend.piccolo_conf"


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
    await engine.start_connection_pool()
    try:
        _bind(engine)
        await _migrate(settings, now)
        yield engine
    finally:
        await engine.close_connection_pool()


def migration_ids() -> set[str]:
    """Return the migrations that this version knows."""
    manager = ForwardsMigrationManager(APP_NAME)
    return set(manager.get_migration_ids(manager.get_migration_modules(APP_CONFIG.resolved_migrations_folder_path)))


async def _pending(settings: Settings) -> list[str]:
    manager = ForwardsMigrationManager(APP_NAME)
    await manager.create_migration_table()
    ran, ours = set(await Migration.get_migrations_which_ran(app_name=APP_NAME)), migration_ids()
    if newer := sorted(ran - ours):
        raise HouseError(
            f"{settings.data / ROWS} was written by a newer version of Interlink ({newer[-1]}): "
            "install that version, or put a backup back."
        )
    return sorted(ours - ran)


async def _migrate(settings: Settings, now: datetime) -> None:
    if not (steps := await _pending(settings)):
        return
    if settings.database_url is None and await Migration.exists():
        back_up(settings.data / ROWS, now)
    with contextlib.redirect_stdout(io.StringIO()) as told:
        result = await ForwardsMigrationManager(APP_NAME).run()
    if not result.success:
        raise HouseError(f"Migration {steps[0]} failed: {told.getvalue()}")


def back_up(file: Path, now: datetime) -> Path:
    """Copy a SQLite file, consistent although others may be writing, into the folder of backups."""
    folder = file.parent / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"{file.stem}-{now:%Y%m%dT%H%M%SZ}{file.suffix}"
    with one_moment([file]) as [seen]:
        copy_database(seen, copy)
    return copy


def _bind(engine: AnyEngine) -> None:
    """Make every table, and Piccolo's migrations, use this engine."""
    os.environ["PICCOLO_CONF"] = _CONFIGURATION
    vars(import_module(_CONFIGURATION))["DB"] = engine
    bind((*TABLES, Migration), engine)
