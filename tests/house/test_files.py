"""A file is read in one sitting and has one idea; what a program wrote is exempt."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST = 300  # lines
WRITTEN = {".py", ".ts", ".svelte", ".css", ".sh"}
GENERATED = ("backend/migrations/", "pwa/src/lib/model/documents.ts")


def test_no_file_is_longer_than_one_sitting():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    files = [name for name in listed if Path(name).suffix in WRITTEN and not name.startswith(GENERATED)]
    assert len(files) > 100
    long = [name for name in files if (ROOT / name).is_file() and (ROOT / name).read_text().count("\n") > MOST]
    assert long == []
