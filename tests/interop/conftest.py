import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.interop.device import a_device
from tests.interop.house import House
from tests.makers import a_free_port


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Address of an empty database at `python -m sync serve`."""
    with serving(tmp_path) as root:
        httpx.put(f"{root}/notes").raise_for_status()
        yield f"{root}/notes"


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Serve a folder with `python -m sync serve`; the address of the server."""
    port = a_free_port()
    with started_server(data, port) as process:
        yield f"http://127.0.0.1:{port}"
        assert process.poll() is None, "the server died"


@contextmanager
def started_server(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The same as a process that a test may kill."""
    command = [sys.executable, "-P", "-m", "sync", "serve", "--data", str(data), "--port", str(port)]
    with started(command, f"http://127.0.0.1:{port}", data / "log") as process:
        yield process


@contextmanager
def started(command: list[str], address: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the end; what it said at last is printed, for the test that failed."""
    with log.open("ab") as said:
        process = subprocess.Popen(command, cwd=log.parent, stdout=said, stderr=said)
        try:
            _wait_for(address, process)
            yield process
        finally:
            process.terminate()
            process.wait(10)
            sys.stdout.write(log.read_text()[-3000:])


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that happens by itself, however slow the machine is today."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def _wait_for(root: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(root, timeout=2).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"{root} does not answer")


@pytest.fixture
def house(tmp_path):
    with House(tmp_path / "data").running() as house:
        house.write(*({"_id": f"all:task:{item}"} for item in ("t1", "t2")))
        house.write(*({"_id": f"t2:contribution:{n:03}", "n": n} for n in range(20)))
        house.write(*({"_id": f"t1:contribution:{n:03}", "n": n} for n in range(40)))
        yield house


@pytest.fixture
def device(house):
    with ExitStack() as running:

        def start(principal="ilze"):
            address = f"http://127.0.0.1:{house.port}/db/home"
            return running.enter_context(a_device(address, {"Person": principal}))

        yield start
