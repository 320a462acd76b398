"""`interlink backup` and `interlink restore`, as somebody types them: what is in a backup, and what they refuse."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from backend.house import RESTORING
from tests.backend.cli.running import is_one_sentence, run
from tests.makers import a_free_port, interlink


def a_backup(data: Path, to: Path, *options: str) -> Path:
    interlink("backup", str(to), "--data", str(data), *options)
    return to


def asked(database: Path, question: str) -> list[tuple]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(question).fetchall()


@pytest.fixture
def backup(demo: Path, tmp_path: Path) -> Path:
    return a_backup(demo, tmp_path / "backup")


def restored(backup: Path, data: Path) -> Path:
    interlink("restore", str(backup), "--data", str(data))
    return data


def test_everything_comes_back_as_another_life_of_the_same_house(server, serve, tmp_path):
    before = httpx.get(f"{server.address}/db/").json()["uuid"]
    with closing(sqlite3.connect(server.data / "spaces.db")) as connection:
        connection.execute("INSERT INTO local VALUES (1, 'somebody', 'checkpoint', 1, '{}')")
        connection.execute("INSERT INTO held VALUES (1, 1, 'x', '1-a', 'somebody', 'all:task:1', 0, '{}')")
        connection.commit()
    ids = "SELECT id FROM document"
    known_then = set(asked(server.data / "spaces.db", ids))  # the server goes on: it tells people of the demo's calls
    backup = a_backup(server.data, tmp_path / "backup")
    data = restored(backup, tmp_path / "data2")

    documents = "SELECT id, rev FROM document ORDER BY id"
    assert asked(data / "spaces.db", documents) == asked(backup / "spaces.db", documents)
    assert set(asked(data / "spaces.db", ids)) >= known_then != set()
    accounts = "SELECT id FROM account ORDER BY id"
    assert asked(data / "rows.db", accounts) == asked(server.data / "rows.db", accounts) != []
    assert asked(data / "spaces.db", "SELECT count(*) FROM held") == [(1,)]
    assert asked(data / "spaces.db", "SELECT count(*) FROM local") == [(0,)]
    epochs = "SELECT epoch FROM space"
    assert not set(asked(data / "spaces.db", epochs)) & set(asked(server.data / "spaces.db", epochs))
    files = {file.name for file in (server.data / "files").rglob("*") if file.is_file()}
    assert {file.name for file in (data / "files").rglob("*") if file.is_file()} == files != set()

    again = serve(data)
    assert httpx.get(f"{again.address}/db/").json()["uuid"] != before
    known, now = (httpx.get(f"{one.address}/api/v1/meta").json()["server"] for one in (server, again))
    assert now == known


def test_a_backup_says_what_it_is_and_nobody_else_may_read_it(backup):
    told = json.loads((backup / "manifest.json").read_text())
    assert (told["format"], told["rows"], told["secrets"], told["files"]) == (1, True, True, 2)
    assert {one.stat().st_mode & 0o077 for one in [backup, *backup.rglob("*")]} == {0}


def test_a_backup_writes_over_nothing(demo, tmp_path):
    (tmp_path / "there").mkdir()
    done = run("backup", str(tmp_path / "there"), "--data", str(demo))
    assert is_one_sentence(done)
    assert "never writes over anything" in done.stderr
    assert list((tmp_path / "there").iterdir()) == []


def test_what_is_no_data_folder_is_not_backed_up(tmp_path):
    done = run("backup", str(tmp_path / "backup"), "--data", str(tmp_path))
    assert is_one_sentence(done)
    assert "rows.db is missing" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_finds_no_room_leaves_nothing_behind(demo, tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    place = tmp_path / "closed" / "file"
    (tmp_path / "closed").chmod(0o700)
    place.write_text("no folder")
    done = run("backup", str(place / "backup"), "--data", str(demo))
    assert is_one_sentence(done)
    assert [one.name for one in (tmp_path / "closed").iterdir()] == ["file"]


def test_without_secrets_the_server_keeps_its_name_and_nothing_else(demo, tmp_path):
    backup = a_backup(demo, tmp_path / "backup", "--without-secrets")
    assert [file.name for file in (backup / "secrets").iterdir()] == ["server.id"]
    data = restored(backup, tmp_path / "data2")
    assert (data / "secrets" / "server.id").read_bytes() == (demo / "secrets" / "server.id").read_bytes()


def test_a_photo_that_is_still_arriving_is_not_in_it(demo_copy, tmp_path):
    part = demo_copy / "files" / ".unfinished" / "ilze" / "process-1~t~0.10"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    backup = a_backup(demo_copy, tmp_path / "backup")
    assert not (backup / "files" / ".unfinished").exists()


@pytest.mark.parametrize("name", ["rows.db", "spaces.db", "manifest.json", "secrets/server.id", "SHA256SUMS"])
def test_a_damaged_backup_restores_nothing(backup, tmp_path, name):
    with (backup / name).open("r+b") as file:
        file.seek(5)
        file.write(b"?")
    done = run("restore", str(backup), "--data", str(tmp_path / "data2"))
    assert is_one_sentence(done), done.stderr
    assert "damaged" in done.stderr
    assert not (tmp_path / "data2").exists()


@pytest.mark.parametrize("change", ["missing", "more", "a link"])
def test_a_backup_with_more_or_less_in_it_than_was_made_restores_nothing(backup, tmp_path, change):
    [first, *_] = [file for file in (backup / "files").rglob("*") if file.is_file()]
    if change == "more":
        (backup / "secrets" / "more").write_text("?")
    else:
        first.rename(tmp_path / "elsewhere")
    if change == "a link":
        first.symlink_to(tmp_path / "elsewhere")
    done = run("restore", str(backup), "--data", str(tmp_path / "data2"))
    assert is_one_sentence(done)
    assert "nothing was restored" in done.stderr
    assert not (tmp_path / "data2").exists()


def test_what_is_no_backup_is_told_in_one_sentence(tmp_path):
    done = run("restore", str(tmp_path), "--data", str(tmp_path / "data2"))
    assert is_one_sentence(done)
    assert "is not a backup" in done.stderr


def test_a_backup_of_a_newer_version_is_not_guessed_at(backup, tmp_path):
    (backup / "manifest.json").write_text('{"format": 2, "rows": "somewhere else"}')
    done = run("restore", str(backup), "--data", str(tmp_path / "data2"))
    assert is_one_sentence(done)
    assert "newer Interlink" in done.stderr


def test_newer_databases_are_not_restored_by_an_older_version(demo_copy, tmp_path):
    with closing(sqlite3.connect(demo_copy / "spaces.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    backup = a_backup(demo_copy, tmp_path / "backup")
    done = run("restore", str(backup), "--data", str(tmp_path / "data2"))
    assert is_one_sentence(done)
    assert "spaces.db was written by a newer Interlink" in done.stderr
    assert [one.name for one in (tmp_path / "data2").iterdir()] == [".lock"]


def test_backups_made_before_there_was_a_manifest_can_still_be_restored(backup, tmp_path):
    (backup / "manifest.json").unlink()
    lines = (backup / "SHA256SUMS").read_text().splitlines(keepends=True)
    older = [line.replace("  ", "  ./") for line in lines if "manifest.json" not in line]
    (backup / "SHA256SUMS").write_text("".join(older))
    assert (restored(backup, tmp_path / "data2") / "rows.db").is_file()


def test_a_running_server_is_never_restored_over(server, tmp_path):
    backup = a_backup(server.data, tmp_path / "backup")
    done = run("restore", str(backup), "--data", str(server.data))
    assert is_one_sentence(done)
    assert "Another Interlink is using" in done.stderr
    assert httpx.get(f"{server.address}/api/v1/health").is_success


def test_a_folder_with_data_is_never_restored_over(backup, demo_copy):
    before = (demo_copy / "rows.db").read_bytes()
    done = run("restore", str(backup), "--data", str(demo_copy))
    assert is_one_sentence(done)
    assert "is not empty" in done.stderr
    assert (demo_copy / "rows.db").read_bytes() == before


def test_a_restore_that_was_broken_off_is_not_served_and_can_be_begun_again(backup, tmp_path):
    data = tmp_path / "data2"
    shutil.copytree(backup, data / RESTORING)
    done = run("serve", "--data", str(data), "--port", str(a_free_port()))
    assert is_one_sentence(done)
    assert "did not come to its end" in done.stderr
    assert (restored(backup, data) / "rows.db").is_file()
    assert not (data / RESTORING).exists()


def test_neither_file_is_migrated_when_one_of_them_is_newer(demo_copy):
    with closing(sqlite3.connect(demo_copy / "rows.db")) as connection:
        connection.execute("DELETE FROM migration")
        connection.commit()
    with closing(sqlite3.connect(demo_copy / "spaces.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    done = run("serve", "--data", str(demo_copy), "--port", str(a_free_port()))
    assert is_one_sentence(done)
    assert "version 99" in done.stderr
    assert asked(demo_copy / "rows.db", "SELECT count(*) FROM migration") == [(0,)]
