"""`interlink import-catalogue`: the catalogue of INTERLINK, or one of the same form, into the commons."""

import asyncio
from pathlib import Path

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from backend.catalogue.actions import Counts
from backend.catalogue.actions import import_catalogue as bring_in
from backend.cli.options import data_option, settings_with
from backend.house import open_house
from backend.kit.settings import Settings


@click.command("import-catalogue")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@data_option
def import_catalogue(path: Path, data: Path | None) -> None:
    """Import the catalogue folder PATH as a whole, or nothing of it. A second time changes nothing."""
    counts = asyncio.run(_import(path, settings_with(data=data)))
    click.echo(
        f"{counts.schemas} schemas ({counts.phases} phases, {counts.objectives} objectives, {counts.tasks} tasks), "
        f"{counts.interlinkers} INTERLINKERs, {counts.profiles} problem profiles, {counts.pictures} pictures "
        f"({counts.pictures_left_out} left out); {counts.written} new revisions."
    )


async def _import(path: Path, settings: Settings) -> Counts:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    async with open_house(settings) as house:
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("reading", total=1)
            return await bring_in(
                path,
                house.spaces,
                lambda step, done, total: bar.update(task, description=step, completed=done, total=total),
                house.clock,
            )
