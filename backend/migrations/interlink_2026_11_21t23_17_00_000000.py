"""Names become names by language: what stands in `name` moves into `names`, then `name` goes.

Two steps, because Piccolo runs what is written by hand before the columns of the same migration are there. Until now a
team was made for one process, the one it has its first grant in.
"""

import json

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Varchar
from piccolo.engine import engine_finder
from piccolo.table import Table

ID = "2026-11-21T23:17:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "names by language"
LANGUAGE = "en"


class RawTable(Table):
    """Speaks to the engine that the migration runs in."""

    id = Varchar(primary_key=True, default=None)


async def move_names():
    RawTable._meta.db = engine_finder()  # this run's: the module is imported once, the engine is another at each start
    for table in ("organisation", "team"):
        for row in await RawTable.raw(f"SELECT id, name FROM {table}"):
            names = json.dumps({LANGUAGE: row["name"]}, ensure_ascii=False)
            await RawTable.raw(f"UPDATE {table} SET names = {{}} WHERE id = {{}}", names, row["id"])
    for row in await RawTable.raw("SELECT id, name FROM organisation"):
        await RawTable.raw("UPDATE organisation SET sought = {} WHERE id = {}", row["name"].casefold(), row["id"])
    first = "SELECT process FROM team_grant WHERE team_grant.team = team.id ORDER BY team_grant.id LIMIT 1"
    await RawTable.raw(f"UPDATE team SET process = ({first})")


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="interlink", description=DESCRIPTION)
    manager.add_raw(move_names)
    for table, name in (("Organisation", "organisation"), ("Team", "team")):
        manager.drop_column(
            table_class_name=table, tablename=name, column_name="name", db_column_name="name", schema=None
        )
    return manager
