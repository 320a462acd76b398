"""Rows on PostgreSQL, for the tests that ask for them: a server of their own, and in it a database for each test.

`INTERLINK_TEST_POSTGRESQL=1 pytest tests/backend/people` runs what otherwise runs on SQLite. The server comes from
Debian's package, listens on loopback and on no known port, and ends with the tests.
"""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from backend.kit.settings import Settings
from backend.rows import open_rows
from tests.makers import a_free_port

WANTED = bool(os.environ.get("INTERLINK_TEST_POSTGRESQL"))
TEMPLATE = "of_all"  # has the tables; each test's database is a copy
OWNER = "postgres"  # PostgreSQL refuses to be run by root

_addresses: list[str] = []  # of the server, while it runs
_numbers = count()
_known: dict[Path, str] = {}


@contextmanager
def postgresql() -> Iterator[None]:
    """Run PostgreSQL, where tests are to use it; `rows_of` then leads there."""
    if not WANTED:
        yield
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name))
    assert programs, "no PostgreSQL in /usr/lib/postgresql: make test-tools"
    folder, port = Path(tempfile.mkdtemp(prefix="interlink-postgresql-")), a_free_port()
    owner = _owner(folder)

    def run(program: str, *said: str) -> None:
        told = [programs[-1] / program, "-D", folder / "data", *said]
        subprocess.run(told, check=True, capture_output=True, cwd=folder, user=owner)

    try:
        run("initdb", "-A", "trust", "-U", OWNER, "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-l", str(folder / "log"), "-o", options, "-w", "start")
        _addresses.append(f"postgresql://{OWNER}@127.0.0.1:{port}")
        try:
            asyncio.run(_make_template())
            yield
        finally:
            _addresses.clear()
            run("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


async def rows_of(data: Path) -> dict[str, Any]:
    """Return the settings that say where the rows of this data folder lie: in it, or in a database of their own."""
    if not WANTED:
        return {}
    if data not in _known:
        _known[data] = f"of_test_{next(_numbers)}"
        await _ask("postgres", f"CREATE DATABASE {_known[data]} TEMPLATE {TEMPLATE}")
    return {"database_url": _at(_known[data])}


def _at(database: str) -> str:
    return f"{_addresses[0]}/{database}"


async def _make_template() -> None:
    await _ask("postgres", f"CREATE DATABASE {TEMPLATE}")
    async with open_rows(Settings(database_url=_at(TEMPLATE)), datetime.now(UTC)):
        pass


async def _ask(database: str, question: str) -> None:
    connection = await asyncpg.connect(_at(database))
    try:
        await connection.execute(question)
    finally:
        await connection.close()


def _owner(folder: Path) -> int | None:
    """Whose program it is, where root starts it: the package's own user, who then needs the folder."""
    if os.getuid() != 0:
        return None
    owner = pwd.getpwnam(OWNER)
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return owner.pw_uid
