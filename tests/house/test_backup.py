"""What the system's timer and an operator call in deploy/: a backup with the time as its name, and the way back."""

import subprocess
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


def script(name, *arguments, **variables):
    return subprocess.run(
        [ROOT / "deploy" / name, *map(str, arguments)],
        env={"PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def a_backup(data, folder, **variables):
    done = script("backup.sh", data, folder, **variables)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_a_backup_of_a_running_server_becomes_another_life_of_the_same_house(server, serve, tmp_path):
    backup = a_backup(server.data, tmp_path / "backups")
    done = script("restore.sh", backup, tmp_path / "restored")
    assert done.returncode == 0, done.stderr
    again = serve(tmp_path / "restored")
    known, now = (httpx.get(f"{one.address}/api/v1/meta").json()["server"] for one in (server, again))
    assert now == known
    lives = {httpx.get(f"{one.address}/db/").json()["uuid"] for one in (server, again)}
    assert len(lives) == 2


def test_only_the_newest_backups_are_kept_and_nothing_else_is_touched(demo_copy, tmp_path):
    folder = tmp_path / "backups"
    for name in ("2020-01-01T00-00-00Z", "2021-01-01T00-00-00Z", "mine"):
        (folder / name).mkdir(parents=True)
    newest = a_backup(demo_copy, folder, KEEP="2")
    assert {one.name for one in folder.iterdir()} == {"2021-01-01T00-00-00Z", "mine", newest.name}


def test_a_backup_that_failed_removes_no_older_one(tmp_path):
    older = tmp_path / "backups" / "2020-01-01T00-00-00Z"
    older.mkdir(parents=True)
    done = script("backup.sh", tmp_path, tmp_path / "backups", KEEP="0")
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path} is not a data folder of Interlink: rows.db is missing.\n"
    assert older.exists()


def test_what_goes_wrong_in_a_restore_is_told(server, tmp_path):
    backup = a_backup(server.data, tmp_path / "backups")
    done = script("restore.sh", backup, server.data)
    assert done.returncode == 2
    assert "Another Interlink is using" in done.stderr
