import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.makers import a_free_port


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Address of an empty database at `python -m sync serve`."""
    port = a_free_port()
    command = [sys.executable, "-P", "-m", "sync", "serve", "--data", str(tmp_path), "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            root = f"http://127.0.0.1:{port}"
            _wait_for(root, process)
            httpx.put(f"{root}/notes").raise_for_status()
            yield f"{root}/notes"
        finally:
            process.terminate()
            process.wait(10)
            sys.stdout.write((tmp_path / "log").read_text()[-3000:])


def _wait_for(root: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(root, timeout=2).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("python -m sync serve does not answer")
