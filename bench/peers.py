"""Who is measured: our engine, PouchDB Server, and the CouchDB whose address COUCHDB_URL names. All on loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.request import urlopen

HERE = Path(__file__).parent
STARTS_WITHIN = 30.0  # seconds
OURS = "interlink sync"
POUCHDB = "pouchdb-server"
COUCHDB = "couchdb"


class Peer(NamedTuple):
    """A running server and the address in front of its database names."""

    name: str
    base: str
    pid: int | None = None

    def cpu(self) -> float | None:
        """Seconds of processor that the server has used; None where that cannot be known (elsewhere, no /proc)."""
        stat = Path(f"/proc/{self.pid}/stat")
        if self.pid is None or not stat.exists():
            return None
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]  # proc(5): utime and stime
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running() -> Iterator[list[Peer]]:
    """Start every peer that can be had, and stop it at the end."""
    with ExitStack() as stack:
        peers = [stack.enter_context(_ours()), stack.enter_context(_pouchdb_server())]
        if url := os.environ.get("COUCHDB_URL"):
            peers.append(Peer(COUCHDB, url))
        yield peers


@contextmanager
def _ours() -> Iterator[Peer]:
    port = _free_port()
    with TemporaryDirectory() as data:
        command = [sys.executable, "-m", "sync", "serve", "--data", data, "--port", str(port)]
        with _started(command, f"http://127.0.0.1:{port}/", Path(data)) as pid:
            yield Peer(OURS, f"http://127.0.0.1:{port}", pid)


@contextmanager
def _pouchdb_server() -> Iterator[Peer]:
    program = HERE / "node_modules" / ".bin" / "pouchdb-server"
    if not program.exists():
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=HERE, check=True)
    port = _free_port()
    with TemporaryDirectory() as data:
        places = ["--dir", data, "--config", f"{data}/config.json", "--no-stdout-logs"]
        command = [str(program), *places, "--host", "127.0.0.1", "--port", str(port)]
        with _started(command, f"http://127.0.0.1:{port}/", Path(data)) as pid:
            yield Peer(POUCHDB, f"http://127.0.0.1:{port}", pid)


@contextmanager
def _started(command: list[str], address: str, folder: Path) -> Iterator[int]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
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
