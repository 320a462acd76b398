"""A device that runs the real PouchDB in Node, led from Python."""

import json
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("pouchdb_device.mjs")


class DeviceError(Exception):
    """PouchDB said no: `status`, `name` and its message."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error.get('status')} {error.get('name')}: {error.get('message')}")
        self.status = error.get("status")


class Device:
    """Its methods are the commands of the script: `device.put(doc={…})`, `device.push()`, `device.pull()`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, command: str, **arguments: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": command, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the device died in {command}"
        answer = json.loads(line)
        if "error" in answer:
            raise DeviceError(answer["error"])
        return answer.get("value")

    def put(self, **document: Any) -> str:
        """Write a document here; return its new revision."""
        return self.ask("put", doc=document)["rev"]

    def get(self, document: str, **options: Any) -> dict[str, Any]:
        return self.ask("get", id=document, options=options)

    def remove(self, document: str) -> None:
        self.ask("remove", id=document)

    def all(self) -> dict[str, dict[str, Any]]:
        """Every document that is not deleted, by id, with `_conflicts` where there are."""
        return {document["_id"]: document for document in self.ask("all")}

    def attach(self, document: str, name: str, data: bytes, kind: str = "application/octet-stream") -> None:
        self.ask("attach", id=document, name=name, data=b64encode(data).decode(), type=kind)

    def attachment(self, document: str, name: str) -> bytes:
        return b64decode(self.ask("attachment", id=document, name=name))

    def push(self, **options: Any) -> dict[str, Any]:
        return self.ask("push", options=options)

    def pull(self, **options: Any) -> dict[str, Any]:
        return self.ask("pull", options=options)


def installed() -> Path:
    """Where the packages of npm are, installed once."""
    npm = shutil.which("npm")
    assert npm, "no npm on PATH"
    modules = SCRIPT.with_name("node_modules")
    if not modules.exists():
        command = [npm, "ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"]
        subprocess.run(command, cwd=SCRIPT.parent, check=True)
    return modules


@contextmanager
def a_device(remote: str, headers: Mapping[str, str] | None = None) -> Iterator[Device]:
    """Start a device that replicates with the database at `remote`."""
    node = shutil.which("node")
    assert node, "no Node on PATH"
    installed()
    command = [node, str(SCRIPT), remote, json.dumps(dict(headers or {}))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Device(process)
        finally:
            assert process.stdin
            process.stdin.close()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
