"""`interlink rebuild`: everything that is made from documents, made again."""

import asyncio
from pathlib import Path

import rich_click as click

from backend.cli.options import data_option, settings_with
from backend.conflicts.actions import Conflicts
from backend.house import open_house
from backend.kit.settings import Settings
from backend.projections.everything import follower
from backend.replication.registry import TYPES


@click.command
@data_option
def rebuild(data: Path | None) -> None:
    """Make published processes, members' names, the words of search and the list of conflicts again from the documents.

    Changes nothing that was right.
    """
    new = asyncio.run(_rebuild(settings_with(data=data)))
    click.echo(f"Made again; {new} documents were not right." if new else "Made again; everything was right.")


async def _rebuild(settings: Settings) -> int:
    async with open_house(settings) as house:
        await Conflicts(house.store, TYPES).follow(0)
        before = house.store.number
        await follower(house.store, house.spaces, house.clock, TYPES).rebuild()
        new = house.store.number - before
        await house.search.rebuild()
        return new
