"""The server is killed without a warning, over and over, while people write: what it acknowledged is there.

Beside the writers somebody compacts and somebody makes backups, so deaths fall into these too; and every backup that
was finished is whole, however the server died under it.

write ──▶ answer ──▶ write ──▶ ✂   life n       each life opens the file that the one before left behind
                               └──▶ recover ──▶ look at everything ──▶ write ──▶ ✂   life n + 1
"""

import os
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from random import Random
from threading import Event

import pytest
from crash_load import DEAD, Client, Follower, Keeper, Writer
from nursery import a_nursery

from backend.backup import check
from backend.kit.copies import copy_database, one_moment
from tests.makers import a_free_port

LIVES = 1000 if os.environ.get("INTERLINK_SOAK") else 100
WRITERS = 4


def a_client_of_the_new_server(port):
    end = time.monotonic() + 60
    while True:
        client = Client(port)
        try:
            client.ask("GET", "/_up")
        except DEAD:
            client.close()
            assert time.monotonic() < end, "the server did not come back"
            time.sleep(0.01)
        else:
            return client


def whole(file):
    """The file is well formed, and what it counts and points at is there."""
    connection = sqlite3.connect(file)
    try:
        [problem] = connection.execute("PRAGMA integrity_check").fetchone()
        assert problem == "ok"
        ask = {
            "a body that is missing": "SELECT count(*) FROM document WHERE body NOT IN (SELECT key FROM body)",
            "a number beyond the newest": "SELECT count(*) FROM document, state WHERE document.number > state.number",
            "a body beyond the newest": "SELECT count(*) FROM body, state WHERE body.key > state.body",
            "a wrong count": "SELECT documents - (SELECT count(*) FROM document) FROM space",
            "a wrong count of a partition": "SELECT count(*) FROM partition p WHERE documents !="
            " (SELECT count(*) FROM document WHERE partition = p.key)",
        }
        for name, statement in ask.items():
            [count] = connection.execute(statement).fetchone()
            assert count == 0, name
    finally:
        connection.close()


class Backups:
    """Copies the file while it is written, and looks at each copy: whole, and no batch in it by half."""

    def __init__(self, file, folder):
        self.file, self.folder, self.made = file, folder, 0

    def work(self, over):
        while not over.is_set():
            copy = self.folder / "copy.db"
            copy.unlink(missing_ok=True)
            with one_moment([self.file]) as [seen]:
                copy_database(seen, copy)
            whole(copy)
            with closing(sqlite3.connect(copy)) as connection:
                for n in range(WRITERS):
                    question = "SELECT count(DISTINCT rev) FROM document WHERE id LIKE ?"
                    [together] = connection.execute(question, (f"w{n}:one:%",)).fetchone()
                    assert together <= 1, f"half a batch of w{n} in a backup"
            self.made += 1


@pytest.mark.timeout(900)
def test_nothing_acknowledged_is_lost_when_the_server_is_killed_again_and_again(tmp_path):
    seed = int(os.environ.get("INTERLINK_SEED", "1"))
    random, port = Random(seed), a_free_port()
    data, copies = tmp_path / "data", tmp_path / "copies"
    data.mkdir()
    copies.mkdir()
    writers, follower, keeper = [Writer(f"w{n}") for n in range(WRITERS)], Follower(), Keeper()
    backups = Backups(data / "spaces.db", copies)
    with a_nursery() as (start, kill), ThreadPoolExecutor(WRITERS + 3) as people:
        for life in range(LIVES + 1):
            start("serve", "--data", str(data), "--port", str(port))
            client = a_client_of_the_new_server(port)
            if life == 0:
                client.ask("PUT", "/home")
            for one in writers:
                one.looks(client)
            follower.reads(client)
            client.close()
            whole(data / "spaces.db")
            over = Event()
            working = [people.submit(one.work, port) for one in (*writers, follower, keeper)]
            working.append(people.submit(backups.work, over))
            time.sleep(random.uniform(0.02, 0.3))
            kill()
            over.set()
            for one in working:
                one.result()
    assert sum(one.batches for one in writers) > LIVES
    assert keeper.rounds > 0
    assert backups.made > 0


@pytest.mark.parametrize("seed", range(5))
def test_a_backup_that_is_killed_is_no_backup(tmp_path, demo_copy, seed):
    """Whenever it dies: there is nothing under its name, or all of it, and what it copied from goes on."""
    command = [sys.executable, "-P", "-m", "backend", "backup", str(tmp_path / "backup"), "--data", str(demo_copy)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not list(tmp_path.glob(".backup.*")) and process.poll() is None:
            time.sleep(0.001)
        time.sleep(Random(seed).uniform(0, 0.05))
        process.kill()
    if (tmp_path / "backup").exists():
        check(tmp_path / "backup")
    with closing(sqlite3.connect(demo_copy / "spaces.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
