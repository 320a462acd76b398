"""`interlink new-push-key`: another key for push messages, without silencing anybody."""

import asyncio
from pathlib import Path

import rich_click as click

from backend.cli.options import data_option, settings_with
from backend.house import open_house
from backend.kit.settings import Settings
from backend.notices.keys import change_key


@click.command
@data_option
def new_push_key(data: Path | None) -> None:
    """Make a new key for push messages; stop the server first.

    The former one stays for the devices that are bound to it, which change to the new one when they next open the
    app. Former keys that no device needs any more are thrown away.
    """
    needed, thrown = asyncio.run(_change(settings_with(data=data)))
    click.echo(f"There is a new key. Former keys: {needed} kept for devices that have them, {thrown} thrown away.")


async def _change(settings: Settings) -> tuple[int, int]:
    async with open_house(settings):
        return await change_key(settings.data)
