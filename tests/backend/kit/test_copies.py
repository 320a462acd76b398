"""Two files are copied as they were at one moment, beside somebody who goes on writing to both."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from backend.kit import copies
from backend.kit.copies import copy_database, one_moment
from backend.kit.errors import OperatorError

LOOKS = 200


def a_file(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE one (n INTEGER)")
        connection.execute("INSERT INTO one VALUES (0)")
        connection.commit()
    return path


def number(connection: sqlite3.Connection) -> int:
    return connection.execute("SELECT n FROM one").fetchone()[0]


def count_up(files: list[Path], stop: threading.Event) -> None:
    connections = [sqlite3.connect(file, isolation_level=None, timeout=30) for file in files]
    while not stop.is_set():
        for connection in connections:
            connection.execute("UPDATE one SET n = n + 1")
    for connection in connections:
        connection.close()


@pytest.fixture
def files(tmp_path):
    return [a_file(tmp_path / name) for name in ("rows.db", "spaces.db")]


def test_both_files_are_seen_at_one_moment(files):
    """Whoever writes the first file and then the second is never seen to have written the second alone."""
    stop = threading.Event()
    writer = threading.Thread(target=count_up, args=(files, stop))
    writer.start()
    try:
        for _ in range(LOOKS):
            with one_moment(files) as [first, second]:
                assert number(first) - number(second) in (0, 1)
    finally:
        stop.set()
        writer.join()


def test_a_copy_shows_the_moment_and_not_what_was_written_since(files, tmp_path):
    with one_moment(files) as seen:
        for file in files:
            with sqlite3.connect(file, timeout=1) as writer:  # nobody waits for the copying
                writer.execute("UPDATE one SET n = 7")
        for connection, name in zip(seen, "ab", strict=True):
            copy_database(connection, tmp_path / name)
    assert sorted(file.name for file in tmp_path.glob("[!rs]*")) == ["a", "b"]
    for name in "ab":
        with closing(sqlite3.connect(tmp_path / name)) as copy:
            assert number(copy) == 0
            assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_who_holds_one_file_for_long_holds_nobody_up_at_the_other(files):
    """A backup that cannot have both gives back the one it has, and begins again."""
    with closing(sqlite3.connect(files[1], isolation_level=None)) as busy, ThreadPoolExecutor(1) as beside:
        busy.execute("BEGIN IMMEDIATE")
        looked = beside.submit(both_numbers, files)
        for _ in range(20):
            with closing(sqlite3.connect(files[0], isolation_level=None, timeout=30)) as other:
                other.execute("UPDATE one SET n = n + 1")
        busy.execute("COMMIT")
        assert looked.result(60) == (20, 0)


def both_numbers(files):
    with one_moment(files) as [first, second]:
        return number(first), number(second)


def test_a_file_that_is_never_let_go_of_is_told_of(files, monkeypatch):
    monkeypatch.setattr(copies, "PATIENCE", 0)
    with closing(sqlite3.connect(files[1], isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperatorError, match="without a pause"), one_moment(files):
            pass


def test_a_damaged_file_is_not_copied_as_if_it_were_whole(files, tmp_path):
    with closing(sqlite3.connect(files[0])) as connection:
        connection.execute("CREATE TABLE two (text)")
        connection.executemany("INSERT INTO two VALUES (?)", [("x" * 500,)] * 100)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with files[0].open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 2000)
    with one_moment(files) as [seen, _], pytest.raises((OperatorError, sqlite3.DatabaseError)):
        copy_database(seen, tmp_path / "copy")
    assert not list(tmp_path.glob("*copy*"))
