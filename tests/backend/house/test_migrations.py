"""Both files are brought up to date with a copy made first, and a file of a newer version is left alone."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.accounts.tables import Account
from backend.house import HouseError, open_house
from backend.kit.settings import Settings
from backend.rows import back_up
from backend.tables import TABLES
from sync.stores.sqlite import schema
from tests.houses import a_house, an_account

MOMENT = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


async def test_the_first_start_makes_both_files_and_no_backup(tmp_path):
    async with a_house(tmp_path):
        pass

    assert {"rows.db", "spaces.db"} <= {file.name for file in tmp_path.iterdir()}
    assert not (tmp_path / "backups").exists()


async def test_a_second_start_changes_nothing_and_keeps_the_people(tmp_path):
    async with a_house(tmp_path):
        account = await an_account()
    async with a_house(tmp_path):
        assert [row["id"] for row in await Account.select(Account.id)] == [account]

    assert not (tmp_path / "backups").exists()


async def test_rows_are_copied_before_a_migration_changes_them(tmp_path, monkeypatch):
    async with a_house(tmp_path):
        await an_account()
    change(tmp_path / "rows.db", "DELETE FROM migration")
    change(tmp_path / "rows.db", "INSERT INTO migration (name, app_name, ran_on) VALUES ('old', 'other', '2020-01-01')")
    for table in TABLES:
        if table is not Account:
            change(tmp_path / "rows.db", f"DROP TABLE {table._meta.tablename}")
    change(tmp_path / "rows.db", "ALTER TABLE account RENAME TO person")

    async with open_house(Settings(data=tmp_path), clock=lambda: MOMENT):
        assert await Account.count() == 0, "the migration made the table that was missing"

    [copy] = (tmp_path / "backups").iterdir()
    assert copy.name == "rows-20261121T200000Z.db"
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT email FROM person").fetchall() == [("ilze@example.org",)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_documents_are_copied_before_a_migration_changes_them(tmp_path, monkeypatch):
    async with a_house(tmp_path) as house:
        await house.spaces.create("commons")
    monkeypatch.setattr("backend.house.STEPS", (*schema.STEPS, "SELECT 1;"))
    monkeypatch.setattr("sync.stores.sqlite.schema.STEPS", (*schema.STEPS, "SELECT 1;"))

    async with open_house(Settings(data=tmp_path), clock=lambda: MOMENT) as house:
        assert await house.spaces.exists("commons")

    assert [file.name for file in (tmp_path / "backups").iterdir()] == ["spaces-20261121T200000Z.db"]


@pytest.mark.parametrize(
    ("file", "statement"),
    [
        ("rows.db", "INSERT INTO migration (name, app_name, ran_on) VALUES ('2099-01', 'interlink', '2099-01-01')"),
        ("spaces.db", "PRAGMA user_version = 99"),
    ],
)
async def test_a_file_of_a_newer_version_is_refused_and_stays_as_it_is(tmp_path, file, statement):
    async with a_house(tmp_path):
        pass
    change(tmp_path / file, statement)
    before = (tmp_path / file).read_bytes()

    with pytest.raises(HouseError, match=r"newer|99"):
        async with a_house(tmp_path):
            pytest.fail("it opened")

    assert (tmp_path / file).read_bytes() == before


async def test_a_house_that_could_not_open_holds_nobody_up(tmp_path):
    async with a_house(tmp_path):
        pass
    change(tmp_path / "spaces.db", "PRAGMA user_version = 99")
    with pytest.raises(HouseError):
        async with a_house(tmp_path):
            pytest.fail("it opened")
    change(tmp_path / "spaces.db", f"PRAGMA user_version = {len(schema.STEPS)}")

    async with a_house(tmp_path) as house:
        assert house.store.names() == []


async def test_two_programs_never_write_into_one_folder(tmp_path):
    async with a_house(tmp_path):
        with pytest.raises(HouseError, match="Another Interlink"):
            async with a_house(tmp_path):
                pytest.fail("it opened")


async def test_a_copy_is_whole_although_somebody_is_writing(tmp_path):
    async with a_house(tmp_path):
        for number in range(20):
            await an_account(f"person-{number}@example.org", password="the same for all")
        copy = back_up(tmp_path / "rows.db", MOMENT)

    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (20,)


async def test_the_migrations_make_what_the_tables_say(tmp_path):
    async with a_house(tmp_path):
        pass

    with closing(sqlite3.connect(tmp_path / "rows.db")) as connection:
        made = {
            table._meta.tablename: {row[1] for row in connection.execute(f"PRAGMA table_info({table._meta.tablename})")}
            for table in TABLES
        }
    assert made == {
        table._meta.tablename: {one._meta.db_column_name for one in table._meta.columns} for table in TABLES
    }
