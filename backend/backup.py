"""What a backup is, and how it is known to be whole.

    <backup>/rows.db spaces.db     people and rights; documents, held ones too: both of one moment (`kit/copies.py`)
             files/<space>/<partition>/<sha256>
             secrets/              keys of sessions and push; `server.id`, which devices know this server by, always
             manifest.json         format, when, by which version, what is in it
             SHA256SUMS            a digest of every other file, as `sha256sum --check` reads them

Files are copied after the moment. They never change and have the name of their digest, so a file that came later is
one that nobody knows yet, and one that was removed meanwhile is asked for again when somebody needs it.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from backend.house import FILES, SPACES
from backend.kit.copies import copy_database, make_durable, one_moment
from backend.kit.errors import OperatorError
from backend.kit.secrets import FOLDER as SECRETS
from backend.kit.secrets import SERVER_ID
from backend.kit.settings import Settings
from backend.meta import our_version
from backend.rows import ROWS

FORMAT = 1
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


class Manifest(msgspec.Struct):
    """What a backup says of itself. `format` 0 is one without a manifest, as `deploy/backup.sh` once made it."""

    format: int
    made: datetime | None = None
    """The moment of both databases."""
    version: str = ""
    """Of the Interlink that made it."""
    rows: bool = True
    """Whether people and rights are in it; not when they live in PostgreSQL."""
    secrets: bool = True
    files: int = 0
    bytes: int = 0
    """Of everything together."""


def take(settings: Settings, to: Path, now: datetime, *, secrets: bool = True) -> Manifest:
    """Copy a data folder, in use or not, into a new folder that appears whole or not at all."""
    data = settings.data
    databases = [data / name for name in ([] if settings.database_url else [ROWS]) + [SPACES]]
    for file in databases:
        if not file.is_file():
            raise OperatorError(f"{data} is not a data folder of Interlink: {file.name} is missing.")
    if to.exists():
        raise OperatorError(f"{to} is there already, and a backup never writes over anything: choose another name.")
    to.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{to.name}.", dir=to.parent))
    try:
        with one_moment(databases) as seen:
            for file, connection in zip(databases, seen, strict=True):
                copy_database(connection, part / file.name)
        files = _copy_files(data / FILES, part / FILES)
        _copy_secrets(data / SECRETS, part / SECRETS, whole=secrets)
        size = sum(file.stat().st_size for file in _files_in(part))
        rows = settings.database_url is None
        manifest = Manifest(FORMAT, now, our_version(), rows=rows, secrets=secrets, files=files, bytes=size)
        (part / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
        sums = [f"{_digest(file)}  {file.relative_to(part)}\n" for file in _files_in(part)]
        (part / SUMS).write_text("".join(sums))
        os.sync()
        part.rename(to)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    make_durable(to.parent)
    return manifest


def look_at(backup: Path) -> Manifest:
    """Read what a backup says of itself, without checking it. Raises OperatorError for what is none of ours."""
    if not (backup / SUMS).is_file():
        raise OperatorError(f"{backup} is not a backup: {SUMS} is missing.")
    try:
        told = (backup / MANIFEST).read_bytes()
    except FileNotFoundError:
        return Manifest(0, rows=(backup / ROWS).exists(), secrets=(backup / SECRETS).exists())
    try:
        number = msgspec.json.decode(told, type=_Numbered).format
        if number > FORMAT:
            raise OperatorError(f"{backup} was made by a newer Interlink (format {number}): install that version.")
        return msgspec.json.decode(told, type=Manifest)
    except msgspec.MsgspecError:
        raise OperatorError(f"The backup is damaged ({MANIFEST}); nothing was restored.") from None


def check(backup: Path) -> None:
    """Compare every file with its digest. Raises OperatorError when one differs, is missing, or was never listed."""
    listed = dict(_listed(backup))
    found = {str(file.relative_to(backup)): file for file in _files_in(backup)}
    found.pop(SUMS, None)
    for name in sorted(listed.keys() | found.keys()):
        file = found.get(name)
        if file is None or file.is_symlink() or listed.get(name) != _digest(file):
            raise OperatorError(f"The backup is damaged ({name}); nothing was restored.")


class _Numbered(msgspec.Struct):
    format: int


def _listed(backup: Path) -> Iterator[tuple[str, str]]:
    for line in (backup / SUMS).read_text(errors="replace").splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            raise OperatorError(f"The backup is damaged ({SUMS}); nothing was restored.")
        yield found[2].removeprefix("./"), found[1]


def _copy_files(files: Path, copy: Path) -> int:
    """Copy all whole files; what is still arriving (a folder that begins with a dot) its sender still has."""
    count = 0
    for folder in sorted(files.glob("[!.]*/*")) if files.is_dir() else []:
        target = copy / folder.relative_to(files)
        target.mkdir(parents=True)
        for file in folder.iterdir():
            try:
                shutil.copyfile(file, target / file.name)
            except FileNotFoundError:  # removed meanwhile
                continue
            count += 1
    return count


def _copy_secrets(secrets: Path, copy: Path, *, whole: bool) -> None:
    copy.mkdir(mode=0o700)
    wanted: Iterable[Path] = secrets.glob("[!.]*") if whole else [secrets / SERVER_ID]
    for file in wanted:
        if file.is_file():
            shutil.copyfile(file, copy / file.name)


def _files_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_symlink() or not file.is_dir())


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
