"""The server is killed without a warning, over and over, while people write: what it acknowledged is there.

write ──▶ answer ──▶ write ──▶ ✂   life n       each life opens the file that the one before left behind
                               └──▶ recover ──▶ look at everything ──▶ write ──▶ ✂   life n + 1
"""

import os
import socket
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

from crash_load import DEAD, Client, Follower, Writer
from nursery import a_nursery

LIVES = 1000 if os.environ.get("INTERLINK_SOAK") else 100
WRITERS = 4


def a_free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


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


def test_nothing_acknowledged_is_lost_when_the_server_is_killed_again_and_again(tmp_path):
    seed = int(os.environ.get("INTERLINK_SEED", "1"))
    random, port = Random(seed), a_free_port()
    writers, follower = [Writer(f"w{n}") for n in range(WRITERS)], Follower()
    with a_nursery() as (start, kill), ThreadPoolExecutor(WRITERS + 1) as people:
        for life in range(LIVES + 1):
            start("serve", "--data", str(tmp_path), "--port", str(port))
            client = a_client_of_the_new_server(port)
            if life == 0:
                client.ask("PUT", "/home")
            for one in writers:
                one.looks(client)
            follower.reads(client)
            client.close()
            whole(tmp_path / "spaces.db")
            working = [people.submit(one.work, port) for one in (*writers, follower)]
            time.sleep(random.uniform(0.02, 0.3))
            kill()
            for one in working:
                one.result()
    assert sum(one.batches for one in writers) > LIVES
