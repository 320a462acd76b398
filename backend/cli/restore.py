"""`interlink restore`: a backup becomes a data folder, and another life of the same house.

Phones remember how far they had sent and read. After a restore that memory is wrong: they would never again send what
the backup lacks. So the restored store gets another uuid, another epoch for each database, and forgets all checkpoints;
every device then compares its work once and sends what is missing (design: `docs/decisions/0011-…`).

Everything is made ready in a folder inside the data folder, which may be a mounted volume, and then moved up. While
that folder is there, nobody opens the house, so half a restore is never taken for a whole one.
"""

import asyncio
import shutil
from pathlib import Path

import rich_click as click

from backend.backup import MANIFEST, SUMS, Manifest, check, look_at
from backend.cli.examination import steps
from backend.cli.options import data_option, settings_with
from backend.house import LOCK, RESTORING, SPACES, alone
from backend.kit.copies import make_durable
from backend.kit.errors import OperatorError
from sync.stores.sqlite import SqliteStore


@click.command()
@click.argument("backup", metavar="FROM", type=click.Path(path_type=Path, exists=True, file_okay=False))
@data_option
def restore(backup: Path, data: Path | None) -> None:
    """Put the backup FROM into an empty data folder. Never writes over anything; stop the server before."""
    folder = settings_with(data=data).data
    manifest = look_at(backup)
    _must_be_empty(folder)
    check(backup)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with alone(folder):
        _fill(folder, backup)
    _tell(folder, manifest)


def _must_be_empty(folder: Path) -> None:
    """Refuse a folder that holds anything but an attempt that was broken off before it moved anything up."""
    inside = {one.name for one in folder.iterdir()} if folder.is_dir() else set[str]()
    if inside - {LOCK, RESTORING}:
        with alone(folder):  # a server that is running is told of first
            raise OperatorError(f"{folder} is not empty: move it away first; nothing was restored.")


def _fill(folder: Path, backup: Path) -> None:
    part = folder / RESTORING
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(backup, part, ignore=shutil.ignore_patterns(MANIFEST, SUMS))
    try:
        _refuse_newer(part)
        asyncio.run(_renew(part / SPACES))
    except BaseException:
        shutil.rmtree(part)
        raise
    for one in sorted(part.iterdir()):
        one.rename(folder / one.name)
    make_durable(folder)
    part.rmdir()
    make_durable(folder)


def _refuse_newer(part: Path) -> None:
    for file, done, known in steps(part):
        if done > known:
            raise OperatorError(f"{file.name} was written by a newer Interlink: install that version first.")


async def _renew(file: Path) -> None:
    store = SqliteStore(file)
    try:
        await store.renew()
    finally:
        await store.close()


def _tell(folder: Path, manifest: Manifest) -> None:
    when = f" of {manifest.made:%Y-%m-%d %H:%M} UTC" if manifest.made else ""
    click.echo(f"{folder} holds the backup{when}. Start the server; every device will compare its work once.")
    if not manifest.rows:
        click.echo("People and rights were not in it: restore them with pg_restore before you start.")
    click.echo("Rights that were taken, sign-outs and erasures since then are undone: look at them first.")
