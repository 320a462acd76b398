"""What is committed is copied from the journal into the file beside the writer, and the journal begins again."""

import sqlite3
from pathlib import Path

import pytest

from sync.stores.sqlite import journal
from sync.stores.sqlite.journal import Journal


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "PAGES", 100)


def opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


def write_on(connection: sqlite3.Connection, kept: Journal, commits: int) -> None:
    """Each commit is followed by what the writer does then; the copying thread is waited for."""
    for _ in range(commits):
        connection.execute("INSERT INTO said VALUES (randomblob(3000))")
        kept.committed()
        kept.close()


@pytest.mark.usefixtures("few")
def test_a_journal_does_not_grow_with_what_is_written(tmp_path: Path):
    connection = opened(tmp_path / "a.db")
    connection.execute("CREATE TABLE said (words BLOB)")
    kept = Journal(connection, lambda: opened(tmp_path / "a.db"))
    write_on(connection, kept, 100)
    size = (tmp_path / "a.db-wal").stat().st_size
    write_on(connection, kept, 1000)
    assert (tmp_path / "a.db-wal").stat().st_size <= 2 * size
    assert (tmp_path / "a.db").stat().st_size > 1000 * 3000
    connection.close()


@pytest.mark.usefixtures("few")
def test_a_long_reader_holds_nobody_up_and_still_sees_what_it_saw(tmp_path: Path):
    connection = opened(tmp_path / "a.db")
    connection.execute("CREATE TABLE said (words BLOB)")
    kept = Journal(connection, lambda: opened(tmp_path / "a.db"))
    reader = opened(tmp_path / "a.db")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM said").fetchone()
    write_on(connection, kept, 300)
    assert reader.execute("SELECT count(*) FROM said").fetchone() == (0,)
    reader.close()
    write_on(connection, kept, 300)
    assert connection.execute("SELECT count(*) FROM said").fetchone() == (600,)
    connection.close()


@pytest.mark.usefixtures("few")
def test_writing_goes_on_where_copying_cannot(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    def unable() -> sqlite3.Connection:
        raise sqlite3.OperationalError("unable to open database file")

    connection = opened(tmp_path / "a.db")
    connection.execute("CREATE TABLE said (words BLOB)")
    write_on(connection, Journal(connection, unable), 200)
    assert connection.execute("SELECT count(*) FROM said").fetchone() == (200,)
    assert "cannot be copied" in caplog.text
    connection.close()
