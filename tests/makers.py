"""Things a test asks for: `a_demo`, `a_server`, `a_photo`. Nouns with an article, so that tests read as sentences."""

import os
import random
import signal
import socket
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.warm import start

STARTS_WITHIN = 60.0  # seconds; a server that needs longer on a loaded machine is broken
ENDS_WITHIN = 15.0
LOG_LINES = 60
DEMO_PASSWORD = "interlink-demo"
PROGRAM = (sys.executable, "-P", "-m", "backend")  # -P: the folder pytest was started in decides nothing


@dataclass(frozen=True)
class Server:
    """A running `interlink serve`: where it answers and what it wrote."""

    address: str
    data: Path
    log: Path

    @property
    def port(self) -> int:
        return int(self.address.rsplit(":", 1)[1])


def a_free_port() -> int:
    """A port nobody has, from below those that connections going out take: one of them could take it meanwhile."""
    for port in random.sample(range(15_000, 32_000), 100):
        with socket.socket() as door, suppress(OSError):
            door.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def interlink(*arguments: str, timeout: float = 120) -> str:
    """Run one command of the console script and return what it printed."""
    done = subprocess.run(
        [*PROGRAM, *arguments],
        env=_environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, f"interlink {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}"
    return done.stdout


def a_demo(folder: Path) -> Path:
    """A data folder with the demo: six people, one living process in four languages."""
    interlink("demo", "--data", str(folder))
    return folder


@contextmanager
def a_server(
    data: Path,
    *,
    log: Path,
    code: Path | None = None,
    static: Path | None = None,
    port: int | None = None,
    settings: dict[str, str] | None = None,
    warm: bool = False,
) -> Iterator[Server]:
    """Serve a data folder as a process of its own until the block ends; its log is printed for failed tests.

    `code` is a folder with another version of the packages, `static` one with another version of the built PWA; `port`
    is given where a server comes back to the place of another; `settings` are variables of its environment; `warm`
    begins where the program was read already (`tests/warm.py`), with the code that is tested.
    """
    port = port or a_free_port()
    server = Server(f"http://127.0.0.1:{port}", data, log)
    arguments = ["serve", "--data", str(data), "--host", "127.0.0.1", "--port", str(port)]
    environment = _environment(code, static) | (settings or {})
    try:
        with _running(arguments, environment, log, warm=warm and code is None) as ended:
            _wait_for_health(server, ended)
            yield server
    finally:
        sys.stdout.write(f"--- {server.address}, last lines of its log ---\n{_tail(log)}\n")


@contextmanager
def _running(
    arguments: list[str], environment: dict[str, str], log: Path, *, warm: bool
) -> Iterator[Callable[[], int | None]]:
    """Run the program until the block ends; what is given asks for its exit code, None while it runs."""
    if warm:
        forked = start(arguments, environment, log)
        try:
            yield lambda: forked.exitcode
        finally:
            forked.terminate()
            forked.join(ENDS_WITHIN)
            forked.kill()
            forked.join()
            forked.close()
        return
    with log.open("ab") as out:
        process = subprocess.Popen([*PROGRAM, *arguments], env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield process.poll
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _environment(code: Path | None = None, static: Path | None = None) -> dict[str, str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("INTERLINK_")}
    return plain | ({"PYTHONPATH": str(code)} if code else {}) | ({"INTERLINK_STATIC": str(static)} if static else {})


def _wait_for_health(server: Server, ended: Callable[[], int | None]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    with httpx.Client(timeout=2) as client:
        while time.monotonic() < until:
            assert (code := ended()) is None, f"the server ended with {code}:\n{_tail(server.log)}"
            with suppress(httpx.TransportError):  # not listening yet
                if client.get(f"{server.address}/api/v1/health").is_success:
                    return
            time.sleep(0.1)
    raise AssertionError(f"no health within {STARTS_WITHIN} s:\n{_tail(server.log)}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-LOG_LINES:])


def a_photo(path: Path, *, width: int = 640, height: int = 480) -> Path:
    """A PNG with coloured stripes, written without an imaging library: any browser decodes it."""
    rows = (
        b"\0" + b"".join(bytes(((x * 3 + y) % 256, (x + y * 2) % 256, (x // 40 * 40) % 256)) for x in range(width))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(kind, body) for kind, body in chunks))
    return path


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@contextmanager
def a_client(server: Server, name: str | None = None) -> Iterator[httpx.Client]:
    """A program that talks to the server over HTTP, signed in as one of the demo's people if a name is given."""
    with httpx.Client(base_url=server.address, headers={"X-Interlink": "1", "Origin": server.address}) as client:
        if name:
            body = {"email": f"{name}@demo.example", "password": DEMO_PASSWORD, "device": f"test-{name}"}
            client.post("/api/v1/session", json=body).raise_for_status()
        yield client
