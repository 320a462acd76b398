"""Write the fixture of this release: `make release-fixture`.

It runs the release as people run it: the demo's command, a server, and devices that read through the replication door.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

from backend.replication.registry import TYPES
from tests.makers import Server, a_client, a_demo, a_server
from tests.releases.releases import HERE

PEOPLE = ("ilze", "janis", "anna", "marta", "edgars", "lucia")
ROOT = Path(__file__).parents[2]
LIMIT = 3_000_000  # bytes; every clone carries every release


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        data = a_demo(Path(scratch) / "data")
        _packs(data, folder / "data.tar.xz", Path(scratch) / "copy")
        with a_server(data, log=Path(scratch) / "server.log") as server:
            corpus = _corpus(server)
    (folder / "documents.json").write_text(json.dumps(corpus, ensure_ascii=False, indent=1) + "\n")
    for old in folder.glob("*.whl"):
        old.unlink()
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*pip, str(folder), str(ROOT)], check=True)
    size = sum(file.stat().st_size for file in folder.iterdir())
    sys.stdout.write(f"{folder}: {size:,} bytes, {len(corpus)} kinds of documents\n")
    if size > LIMIT:
        sys.exit(f"A release fixture may have {LIMIT:,} bytes.")


def _packs(data: Path, archive: Path, copy: Path) -> None:
    """The data folder without secrets, its databases as single files."""
    shutil.copytree(data, copy, ignore=shutil.ignore_patterns("secrets", "backups", "*.db", "*.db-*", "*.lock"))
    for database in data.glob("*.db"):
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy / database.name)) as target:
            source.backup(target)
            target.execute("VACUUM")
    with tarfile.open(archive, "w:xz", preset=9) as packed:
        for entry in sorted(copy.iterdir()):
            packed.add(entry, entry.name)


def _corpus(server: Server) -> list[dict[str, Any]]:
    """The fullest document of each type and version that the demo's people can read."""
    fullest: dict[tuple[str, int], dict[str, Any]] = {}
    for name in PEOPLE:
        with a_client(server, name) as client:
            for space in client.get("/api/v1/spaces").json()["spaces"]:
                rows = client.get(f"/db/{space['name']}/_changes", params={"include_docs": "true"}).json()["results"]
                for document in (row["doc"] for row in rows if not row.get("deleted")):
                    kind = (document["type"], document["v"])
                    fullest[kind] = max(fullest.get(kind, document), document, key=lambda one: len(json.dumps(one)))
    missing = sorted(set(TYPES.versions().items()) - set(fullest))
    if missing:
        sys.exit(f"The demo holds no document of {missing}: a corpus needs one of each.")
    return [fullest[kind] for kind in sorted(fullest)]


if __name__ == "__main__":
    main(HERE / version("interlink"))
