"""Who is measured: ourselves, PouchDB Server, and the CouchDB whose address COUCHDB_URL names. All on loopback.

Ourselves are the whole application, as a member with 20 partitions meets it (`house.py`); with `--engine` the engine
alone too (`python -m sync serve`), which shows what the gate and the rest of the house cost.
"""

import asyncio
import os
import resource
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from bench.client import Client
from bench.documents import Place, ulid
from bench.house import Furnished, furnish

HERE = Path(__file__).parent
STARTS_WITHIN = 60.0  # seconds
OURS = "interlink"
ENGINE = "engine alone"
POUCHDB = "pouchdb-server"
COUCHDB = "couchdb"
PARTITIONS = 16
_SCHEDULED = 2
"""What Linux makes of a process in clock_getcpuclockid(3): processor time, to the nanosecond (ticks are too long)."""
UNHURRIED = {
    "INTERLINK_DOCUMENTS_PER_MINUTE": "100000000",
    "INTERLINK_MEGABYTES_PER_MINUTE": "100000",
    "INTERLINK_REQUESTS_AT_ONCE": "10000",
    "INTERLINK_FEEDS_AT_ONCE": "10000",
    "INTERLINK_CONNECTIONS": "20000",
    "INTERLINK_LOG_LEVEL": "warning",
}
"""One client here does the work of thousands of people, so what holds up a single one is lifted.

Nor is each request logged: PouchDB Server is started without its log, too.
"""


@dataclass
class Peer:
    """A running server: the address in front of its database names, and how one signs in."""

    name: str
    base: str
    fresh: Callable[["Peer"], Place]
    """Gives an empty database."""
    pid: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    house: Furnished | None = None
    """What our own house was furnished with."""

    def client(self) -> Client:
        return Client(self.base, self.headers)

    def place(self) -> Place:
        return self.fresh(self)

    def cpu(self) -> float | None:
        """Seconds of processor that the server has used; None where that cannot be known (elsewhere, no /proc)."""
        if self.pid is None or not Path(f"/proc/{self.pid}/stat").exists():
            return None
        return time.clock_gettime((~self.pid << 3) | _SCHEDULED)

    def memory(self) -> int | None:
        """Bytes of memory that are the server's own or shared (resident set); None where that cannot be known."""
        pages = Path(f"/proc/{self.pid}/statm")
        if self.pid is None or not pages.exists():
            return None
        return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def running(*, engine: bool, places: int, feeds: tuple[int, ...], waiting: int) -> Generator[list[Peer]]:
    """Start every peer that can be had, and stop it at the end."""
    _many_files()
    with ExitStack() as stack:
        peers = [stack.enter_context(_ours(places, feeds, waiting))]
        if engine:
            peers.append(stack.enter_context(_engine()))
        peers.append(stack.enter_context(_pouchdb_server()))
        if url := os.environ.get("COUCHDB_URL"):
            peers.append(Peer(COUCHDB, url, _database))
        else:
            print("COUCHDB_URL names no CouchDB: it is not measured.")
        yield peers


def _database(peer: Peer) -> Place:
    """Make a database where everybody may everything."""
    client = peer.client()
    name = f"/bench-{secrets.token_hex(6)}"
    client.ask("PUT", name)
    client.close()
    return Place(name, tuple(ulid(number) for number in range(PARTITIONS)), ulid(PARTITIONS))


@contextmanager
def _ours(places: int, feeds: tuple[int, ...], waiting: int) -> Generator[Peer]:
    port = _free_port()
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        house = asyncio.run(furnish(data, places=places, feeds=feeds, waiting=waiting))
        left = iter(house.places)
        address = f"http://127.0.0.1:{port}"
        headers = {"Cookie": house.cookie, "Origin": address}
        command = [sys.executable, "-m", "backend", "serve", "--data", str(data), "--port", str(port)]
        with _started(command, f"{address}/db/", Path(folder)) as pid:
            yield Peer(OURS, f"{address}/db", lambda _: next(left), pid, headers, house)


@contextmanager
def _engine() -> Generator[Peer]:
    port = _free_port()
    with TemporaryDirectory() as data:
        command = [sys.executable, "-m", "sync", "serve", "--data", data, "--port", str(port)]
        with _started(command, f"http://127.0.0.1:{port}/", Path(data)) as pid:
            yield Peer(ENGINE, f"http://127.0.0.1:{port}", _database, pid)


@contextmanager
def _pouchdb_server() -> Generator[Peer]:
    program = HERE / "node_modules" / ".bin" / "pouchdb-server"
    if not program.exists():
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=HERE, check=True)
    port = _free_port()
    with TemporaryDirectory() as data:
        places = ["--dir", data, "--config", f"{data}/config.json", "--no-stdout-logs"]
        command = [str(program), *places, "--host", "127.0.0.1", "--port", str(port)]
        with _started(command, f"http://127.0.0.1:{port}/", Path(data)) as pid:
            yield Peer(POUCHDB, f"http://127.0.0.1:{port}", _database, pid)


def _many_files() -> None:
    """Allow as many open connections as the system lets us have; the servers inherit it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def _started(command: list[str], address: str, folder: Path) -> Generator[int]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **UNHURRIED}, stdout=log, stderr=log)
        try:
            _wait_for(address, process, folder / "server.log")
            yield process.pid
        finally:
            process.terminate()
            process.wait(STARTS_WITHIN)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = f"{address} did not start:\n{log.read_text()[-2000:]}"
    raise RuntimeError(message)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
