"""Releases as they were: their data, their documents, their program."""

import json
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Release:
    """One folder beside this file."""

    version: str

    @property
    def folder(self) -> Path:
        return HERE / self.version

    def documents(self) -> list[dict[str, Any]]:
        """The corpus: documents of each type and version this release could write."""
        return json.loads((self.folder / "documents.json").read_text())

    def unpack_data(self, into: Path) -> Path:
        """Its data folder, put into `into`."""
        with tarfile.open(self.folder / "data.tar.xz") as archive:
            archive.extractall(into, filter="data")
        return into

    def unpack_program(self, into: Path) -> Path:
        """Its packages and its PWA (`backend/static`), put into `into`, which may stand on PYTHONPATH."""
        (wheel,) = self.folder.glob("interlink-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(into)
        return into


def releases() -> list[Release]:
    """All releases that left a fixture, oldest first."""
    found = [folder.name for folder in HERE.iterdir() if (folder / "documents.json").is_file()]
    return [Release(version) for version in sorted(found, key=lambda text: [int(part) for part in text.split(".")])]
