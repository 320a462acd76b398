"""What a long list and a large tree cost the app, counted: a busy machine changes no number of questions and requests.

The app's own modules are asked, with PouchDB over an IndexedDB in memory, by one of its unit tests
(`pwa/src/lib/worker/counted.test.ts`), which fails when a number depends on the size.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

PWA = Path(__file__).parents[1] / "pwa"
TEST = "src/lib/worker/counted.test.ts"


def counts() -> Mapping[str, Mapping[str, float]]:
    """Return the numbers by the name and size of what was counted."""
    npx = shutil.which("npx") or "npx"
    with TemporaryDirectory() as folder:
        told = Path(folder) / "counts.json"
        environment = {**os.environ, "INTERLINK_COUNTS": str(told)}
        command = [npx, "vitest", "run", "--silent", "--reporter=dot", TEST]
        subprocess.run(command, cwd=PWA, env=environment, stdout=subprocess.DEVNULL, check=True)
        return msgspec.json.decode(told.read_bytes(), type=dict[str, dict[str, float]])
