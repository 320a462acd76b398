"""What the operator does by hand works: back up a running server, restore it elsewhere, go on."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


def script(name, *arguments):
    return subprocess.run(
        [ROOT / "deploy" / name, *map(str, arguments)],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )


def a_backup(data, folder):
    done = script("backup.sh", data, folder)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def documents(data):
    with sqlite3.connect(data / "spaces.db") as connection:
        return connection.execute("SELECT id, rev FROM document ORDER BY id").fetchall()


def the_life_of(server):
    return httpx.get(f"{server.address}/db/").json()["uuid"]


def test_a_backup_of_a_running_server_becomes_another_life_of_the_same_house(server, serve, tmp_path):
    backup = a_backup(server.data, tmp_path / "backups")
    restored = tmp_path / "restored"
    done = script("restore.sh", backup, restored)
    assert done.returncode == 0, done.stderr
    assert documents(restored) == documents(server.data) != []
    again = serve(restored)
    known, now = (httpx.get(f"{one.address}/api/v1/meta").json()["server"] for one in (server, again))
    assert now == known
    assert the_life_of(again) != the_life_of(server)


def test_only_their_owner_can_read_a_backup_and_what_was_restored(server, tmp_path):
    backup = a_backup(server.data, tmp_path / "backups")
    script("restore.sh", backup, tmp_path / "restored")
    for folder in (backup, tmp_path / "restored"):
        assert folder.stat().st_mode & 0o077 == 0


def test_a_damaged_backup_restores_nothing(server, tmp_path):
    backup = a_backup(server.data, tmp_path / "backups")
    with (backup / "spaces.db").open("r+b") as file:
        file.seek(5000)
        file.write(b"damaged")
    done = script("restore.sh", backup, tmp_path / "restored")
    assert done.returncode == 1
    assert "damaged; nothing was restored" in done.stderr
    assert not (tmp_path / "restored").exists()


def test_a_folder_in_use_is_never_overwritten(server, tmp_path):
    backup = a_backup(server.data, tmp_path / "backups")
    before = documents(server.data)
    done = script("restore.sh", backup, server.data)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert documents(server.data) == before


def test_what_is_no_data_folder_is_told_in_one_sentence(tmp_path):
    done = script("backup.sh", tmp_path, tmp_path / "backups")
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path} is not a data folder of Interlink: spaces.db is missing.\n"
    assert not (tmp_path / "backups").exists()
