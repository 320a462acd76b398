"""PouchDB's own integration suite against our engine: `python -m tests.interop.pouchdb_suite DIR`.

DIR is a checkout of PouchDB's repository in which `npm install` and `BUILD_NODE=1 npm run build-modules` were run. Each
file of the suite runs against a server of its own (some cases expect the numbers of a new server); the cases that fail
must be those that `docs/replication.md` names with their reason.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.interop.conftest import serving

DOWN = 3010
"""The port on which one case wants a server that answers everything with 500."""
DOCUMENT = Path(__file__).parents[2] / "docs" / "replication.md"
_ROW = re.compile(r"^\| (\w+) \| (.+?) \| ([a-z, -]+) \|$", re.MULTILINE)


def main() -> int:
    """Run the suite; 1 when other cases fail than those that are known to."""
    parser = argparse.ArgumentParser(description="Run PouchDB's integration suite against python -m sync serve.")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--only", default="*", help="files to run: test.<only>.js")
    parser.add_argument("--patience", type=int, default=10, help="seconds that a case may take (10); more when busy")
    arguments = parser.parse_args()
    known, counts, unexpected = _known(), Counter[str](), list[str]()
    with _down_server():
        for file in sorted((arguments.checkout / "tests" / "integration").glob(f"test.{arguments.only}.js")):
            told = _run(arguments.checkout, file, arguments.patience)
            counts += Counter({kind: told["stats"][kind] for kind in ("passes", "failures", "pending")})
            failed = {_named(file, one["fullTitle"]): one["err"].get("message", "") for one in told["failures"]}
            unexpected += [f"{name}: {failed[name]}" for name in failed.keys() - known]
            _say(f"{file.name}: {told['stats']['passes']} pass, {len(failed)} fail")
    _say(f"{counts['passes']} pass, {counts['failures']} fail, {counts['pending']} skipped")
    _say("\n".join(["Not expected to fail:", *unexpected] if unexpected else ["Every failure is a known one."]))
    return 1 if unexpected else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _known() -> set[tuple[str, str, str]]:
    """File, kind of the two ends, and title of each case that may fail, as the documentation names them."""
    rows = _ROW.findall(DOCUMENT.read_text())
    return {(file, ends, title) for file, title, many in rows for ends in many.split(", ")}


def _named(file: Path, title: str) -> tuple[str, str, str]:
    """The same of a case that failed: mocha tells `suite test.file.js-ends title`, or after which case its hook did."""
    title = re.sub(r'"after each" hook for "(.*)"$', r"\1", title)
    found = re.search(rf"{re.escape(file.name)}-([a-z-]+) (.*)", title)
    ends, name = found.groups() if found else ("", title)
    return file.name.split(".")[1], ends, name


def _run(checkout: Path, file: Path, patience: int) -> dict[str, Any]:
    """Run one file, each case for so many seconds at most; mocha's report."""
    settings = {"ADAPTERS": "memory", "VIEW_ADAPTERS": "memory", "SERVER": "couchdb-master"}
    npx = shutil.which("npx") or "npx"
    with TemporaryDirectory() as folder, serving(Path(folder)) as root:
        report = Path(folder) / "report.json"
        command = [
            npx,
            "mocha",
            "--exit",
            "--timeout",
            str(patience * 1000),
            "--require=./tests/integration/node.setup.js",
        ]
        command += ["--grep", "http", "--reporter", "json", "--reporter-option", f"output={report}", str(file)]
        address = root.replace("://", "://admin:admin@")
        environment = {**os.environ, **settings, "COUCH_HOST": address}
        subprocess.run(command, cwd=checkout, env=environment, stdout=subprocess.DEVNULL, check=False)
        return json.loads(report.read_text())


class _Down(BaseHTTPRequestHandler):
    """Answers everything with 500."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        self.send_response(500)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _down_server() -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", DOWN), _Down)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()


if __name__ == "__main__":
    sys.exit(main())
